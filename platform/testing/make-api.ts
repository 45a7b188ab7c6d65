import { Hono } from "hono";
import { createImagePreparer, defaultImageLimits } from "../adapters/images/create-image-preparer.ts";
import { createApi } from "../api/app.ts";
import { defaultBodyLimits } from "../api/middleware/limit-body.ts";
import type { ApiServices } from "../api/services.ts";
import type { RequestLimits } from "../core/access/limits.ts";
import { defaultLimits, namedLimits } from "../core/access/limits.ts";
import type { NewApiKey } from "../core/api-keys/create-api-key.ts";
import { createApiKey } from "../core/api-keys/create-api-key.ts";
import { createKeyUseRecorder } from "../core/api-keys/record-key-use.ts";
import type { AuthDeps } from "../core/auth/deps.ts";
import { createPreviewTokens } from "../core/crypto/sign-preview.ts";
import { createResultUrls } from "../core/crypto/sign-result-url.ts";
import type { User } from "../core/model.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";
import type { OpenApiDocument } from "./check-answer.ts";
import { createAnswerCheck } from "./check-answer.ts";
import type { AuthForTest } from "./make-auth.ts";
import { makeAuth, secret, testClient } from "./make-auth.ts";
import type { TryOnsForTest } from "./make-try-ons.ts";
import { makeTryOns } from "./make-try-ons.ts";
import { testTime } from "./rows.ts";

/** One for all of a file: its thread takes long to start, and rests while nobody asks. */
const preparer = createImagePreparer(defaultImageLimits);

export const shopOrigin = "https://shop.example";
const roomy = Object.fromEntries(
  Object.keys(defaultLimits).map((name) => [name, 1_000_000]),
) as unknown as RequestLimits;

function makeServices(
  { service, deps, store, clock }: TryOnsForTest,
  limits: Partial<RequestLimits>,
  auth: AuthForTest,
) {
  return {
    ...deps,
    ...auth,
    tryOns: service,
    limits: namedLimits({ ...roomy, ...limits }),
    bodyLimits: defaultBodyLimits,
    uses: createKeyUseRecorder(store, clock, deps.log),
    resultUrls: createResultUrls({ keys: [secret], publicUrl: "https://platform.example" }),
    previewTokens: createPreviewTokens([secret]),
    publicUrl: "https://platform.example",
    version: "test",
    trustProxyHops: 1,
    shutdown: new AbortController().signal,
    observe: () => {},
  } satisfies ApiServices;
}

/** The REST API over the real services, store and image intake; limits are out of the way unless a test sets them. */
export async function makeApi(
  over: { limits?: Partial<RequestLimits>; deps?: Partial<TryOnDeps>; auth?: Partial<AuthDeps> } = {},
) {
  const kit = await makeTryOns({ preparer, ...over.deps });
  const { store } = kit;
  const auth = makeAuth(kit.deps, over.auth);
  const services = makeServices(kit, over.limits ?? {}, auth);
  const app = new Hono().route("/api/v1", createApi(services));
  // by an address of its own: it must not count on a test's limits
  const aside = { headers: { "x-forwarded-for": "192.0.2.254" } };
  const document: OpenApiDocument = await (await app.request("/api/v1/openapi.json", aside)).json();
  const { check } = createAnswerCheck(document);
  /** Every answer that a test gets is held to the OpenAPI document. */
  const call = async (path: string, init: RequestInit = {}) => {
    const answer = await app.request(`/api/v1${path}`, init);
    await check(init.method ?? "GET", path, answer);
    return answer;
  };

  /** An account with a key; `headers` are what that caller sends. */
  const caller = async (
    kind: "secret" | "publishable" | "session",
    user: Partial<User> = {},
    key: Partial<NewApiKey> = {},
  ) => {
    const seeded = await kit.seedCaller("secret", user);
    if (kind === "session") {
      const session = await services.auth.startApiSession({ user: seeded.user, mfaAt: testTime }, testClient);
      const headers: Record<string, string> = { authorization: `Bearer ${session.accessToken}` };
      return { user: seeded.user, key: null, headers };
    }
    const made = await createApiKey(store, {
      userId: seeded.user.id,
      kind,
      mode: "live",
      name: "test",
      allowedOrigins: [shopOrigin],
      now: testTime,
      ...key,
    });
    const headers: Record<string, string> =
      kind === "secret" ? { "x-api-key": made.secret } : { "x-publishable-key": made.secret, origin: shopOrigin };
    return { user: seeded.user, key: made.apiKey, headers };
  };

  return {
    ...kit,
    services,
    authDeps: auth.authDeps,
    hashes: auth.hashes,
    call,
    caller,
    json: async (path: string, init: RequestInit = {}) => {
      const answer = await call(path, init);
      return { status: answer.status, headers: answer.headers, body: await answer.json() };
    },
    remove: () => kit.remove(),
  };
}

export type ApiForTest = Awaited<ReturnType<typeof makeApi>>;
