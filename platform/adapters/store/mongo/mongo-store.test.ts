import { describe } from "vitest";
import { hasMongo, makeMongoStore } from "../../../testing/make-mongo-store.ts";
import { describeAuthStore } from "../contract/describe-auth-store.ts";
import { describeStore } from "../contract/describe-store.ts";

describe.skipIf(!hasMongo())("MongoDB", () => {
  describeStore("mongo", makeMongoStore);
  describeAuthStore("mongo", makeMongoStore);
});
