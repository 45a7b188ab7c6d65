import { makeStore } from "../../../testing/make-store.ts";
import { describeStore } from "../contract/describe-store.ts";

describeStore("sqlite", makeStore);
