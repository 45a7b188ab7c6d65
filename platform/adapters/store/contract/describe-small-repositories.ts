import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { testTime } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { fifty, later } from "./store-kit.ts";

/** The contract of the Store port: settings, prompts, events, messages, leases. */
export function describeSmallRepositories(kit: StoreKit) {
  test("settings are written and replaced", async () => {
    const settings = {
      user_id: uuidv7(),
      photo_retention_hours: 24,
      result_retention_hours: 24,
      shopper_daily_cap: 10,
      allowed_modes: ["top", "full"] as ("top" | "full")[],
      widget_texts: { button: "Anprobieren" },
      widget_look: {},
      allow_garment_bytes: false,
      show_shopper_results: false,
      monthly_key_budget: null,
      daily_key_budget: 5,
      created_at: testTime,
      updated_at: testTime,
    };
    expect(await kit.store.settings.find(settings.user_id)).toBeNull();
    await kit.store.settings.upsert(settings);
    const changed = { ...settings, photo_retention_hours: 0, allowed_modes: ["top" as const], updated_at: later(1) };
    await kit.store.settings.upsert(changed);
    expect(await kit.store.settings.find(settings.user_id)).toEqual(changed);
  });

  test("of 50 processes that seed one version of a prompt exactly one does", async () => {
    const prompt = (version: number) => ({
      id: uuidv7(),
      name: "System",
      type: "full_outfit" as const,
      content: "…",
      version,
      is_active: false,
      created_by: "seed",
      notes: null,
      activated_at: null,
      created_at: testTime,
    });
    const seeded = await Promise.all(fifty.map(() => kit.store.prompts.insertOnce(prompt(1))));
    expect(seeded.filter(Boolean)).toHaveLength(1);
    expect(await kit.store.prompts.insertOnce(prompt(2))).toBe(true);
  });

  test("the active prompt of a type is found", async () => {
    const prompt = {
      id: uuidv7(),
      name: "Top",
      type: "top_only" as const,
      content: "…",
      version: 1,
      is_active: true,
      created_by: "seed",
      notes: null,
      activated_at: testTime,
      created_at: testTime,
    };
    await kit.store.prompts.insert({ ...prompt, id: uuidv7(), version: 2, is_active: false });
    await kit.store.prompts.insert(prompt);
    expect(await kit.store.prompts.findActive("top_only")).toEqual(prompt);
    expect(await kit.store.prompts.findActive("system")).toBeNull();
  });

  test("a key's new origin is noted once; other events are all kept, newest first", async () => {
    const user_id = uuidv7();
    const event = (kind: string, at = testTime) => ({
      id: uuidv7(),
      kind,
      user_id,
      api_key_id: "key",
      detail: { origin: `https://${user_id}.example` },
      ip_address: null,
      created_at: at,
    });
    const noted = await Promise.all(fifty.map(() => kit.store.authEvents.insertNewOrigin(event("new_origin"))));
    expect(noted.filter(Boolean)).toHaveLength(1);
    const burst = event("burst", later(1));
    await kit.store.authEvents.insert(burst);
    const events = await kit.store.authEvents.listByUser(user_id, 10);
    expect(events).toHaveLength(2);
    expect(events[0]).toEqual(burst);
  });

  test("pending messages are listed when they are due", async () => {
    const message = {
      id: uuidv7(),
      user_id: uuidv7(),
      channel: "mail" as const,
      type: "key_budget_reached",
      payload: { key: "Shop" },
      state: "pending" as const,
      attempts: 0,
      last_error: null,
      next_attempt_at: later(1000),
      sent_at: null,
      created_at: testTime,
    };
    await kit.store.outbox.insert(message);
    expect(await kit.store.outbox.listPending(testTime, 10)).toEqual([]);
    expect(await kit.store.outbox.listPending(later(1000), 10)).toEqual([message]);
    expect(await kit.store.outbox.listPending(later(1000), 10, "mail")).toEqual([message]);
    expect(await kit.store.outbox.listPending(later(1000), 10, "webhook")).toEqual([]);
    const claims = await Promise.all(fifty.map(() => kit.store.outbox.claim(message, later(5000))));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await kit.store.outbox.listPending(later(4999), 10)).toEqual([]);
    const [again] = await kit.store.outbox.listPending(later(5000), 10);
    expect(again).toEqual({ ...message, attempts: 1, next_attempt_at: later(5000) });
    expect(await kit.store.outbox.deleteSettled(later(1), 10)).toBe(0);
    await kit.store.outbox.settle(message.id, { state: "sent", last_error: null, sent_at: later(6000) });
    expect(await kit.store.outbox.listPending(later(9000), 10)).toEqual([]);
    expect(await kit.store.outbox.deleteSettled(later(1), 10)).toBe(1);
  });

  test("of 50 holders one has the lease, until it ends or is released", async () => {
    const name = uuidv7();
    const acquire = (holder: string, now: Date) =>
      kit.store.leases.acquire(name, holder, now, new Date(now.getTime() + 1000));
    const got = await Promise.all(fifty.map((index) => acquire(`h${index}`, testTime)));
    expect(got.filter(Boolean)).toHaveLength(1);
    const holder = `h${got.indexOf(true)}`;
    expect(await acquire(holder, later(500))).toBe(true);
    expect(await acquire("next", later(1499))).toBe(false);
    expect(await acquire("next", later(1500))).toBe(true);
    await kit.store.leases.release(name, holder);
    expect(await acquire("third", later(1600))).toBe(false);
    await kit.store.leases.release(name, "next");
    expect(await acquire("third", later(1600))).toBe(true);
  });
}
