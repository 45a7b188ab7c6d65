import { expect, test } from "vitest";
import { createResultUrls } from "./sign-result-url.ts";

const publicUrl = "https://try.example";
const key = (kid: string) => ({ kid, secret: `${kid}-0123456789abcdefghijklmnopqrstuv` });
const now = new Date("2026-11-24T10:00:00Z");

test("a result's address made before the keys were rotated holds until its old key is dropped", () => {
  const made = new URL(createResultUrls({ keys: [key("old")], publicUrl }).make("job", "jobs/job/result-0.jpg", now));
  const until = Number(made.searchParams.get("until"));
  const signature = made.searchParams.get("signature") ?? "";
  const opens = (...kids: string[]) =>
    createResultUrls({ keys: kids.map(key), publicUrl }).assertValid(
      "job",
      "jobs/job/result-0.jpg",
      until,
      signature,
      now,
    );
  expect(() => opens("new", "old")).not.toThrow();
  expect(() => opens("new")).toThrow(expect.objectContaining({ code: "forbidden" }));
});
