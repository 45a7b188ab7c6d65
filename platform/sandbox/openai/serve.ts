// The stand-in as a process of its own, for development: node platform/sandbox/openai/serve.ts [PORT]
import { startOpenAiStandIn } from "./start-openai-stand-in.ts";

const apiKey = "sk-stand-in";
const port = Number(process.argv[2] ?? 8010);
const { baseUrl, origin } = await startOpenAiStandIn({ apiKey, port });
console.log(`ENGINE=openai OPENAI_API_KEY=${apiKey} OPENAI_BASE_URL=${baseUrl}`);
console.log(
  `Faults: curl -X POST ${origin}/_control -H 'content-type: application/json' -d '{"fault":"rate_limit","times":1}'`,
);
