import { describe } from "vitest";
import { hasMongo, makeMongoStore } from "../../../testing/make-mongo-store.ts";
import { describeStore } from "../contract/describe-store.ts";

describe.skipIf(!hasMongo())("MongoDB", () => {
  describeStore("mongo", makeMongoStore);
});
