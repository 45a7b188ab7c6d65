import { describeRateLimiter } from "./contract/describe-rate-limiter.ts";
import { createMemoryRateLimiter } from "./create-memory-rate-limiter.ts";

describeRateLimiter("memory", async () => ({ limiter: createMemoryRateLimiter(), remove: async () => {} }));
