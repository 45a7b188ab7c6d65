import type { Config } from "../config.ts";
import { readConfig } from "../config.ts";
import type { Finding } from "./finding.ts";
import { doubtful, well, wrong } from "./finding.ts";

const makeKeys = 'a list of kid:secret, made by: echo "a:$(openssl rand -base64 32)"';
const remedies: Record<string, string> = {
  JWT_SECRET: makeKeys,
  ENCRYPTION_KEYS: makeKeys,
  METRICS_TOKEN: "made by: openssl rand -hex 24",
  PUBLIC_URL: "the address that browsers see, for example https://try.example.com",
  DATA_DIR: "an absolute folder that belongs to the platform's user, for example /var/lib/trailroom",
  OUTBOUND_ALLOW_ORIGINS: "leave it out: it is for the demo on one machine",
  ENGINE: "leave it out for the local engine",
  OPENAI_BASE_URL: "leave it out",
  HOST: "leave it out, or 127.0.0.1",
};
const readTheManual = "see the table of variables in docs/operations.md";

/** Every fault of the configuration, each with how to mend it; the configuration itself when there is none. */
export function checkConfig(environment: Record<string, string | undefined>): {
  config: Config | null;
  findings: Finding[];
} {
  try {
    const config = readConfig(environment);
    return {
      config,
      findings: [well("configuration", `complete, for ${config.mode}`), ...doubts(config, environment)],
    };
  } catch (error) {
    const faults = String(error instanceof Error ? error.message : error)
      .split("\n- ")
      .slice(1);
    const findings = faults.map((fault) => {
      const variable = /[A-Z][A-Z0-9_]{2,}/.exec(fault)?.[0] ?? "";
      // "NAME: NAME is missing" says its name once too often
      return wrong("configuration", fault.replace(/^(\w+): (?=.*\1)/, ""), remedies[variable] ?? readTheManual);
    });
    return { config: null, findings };
  }
}

/** What is allowed and seldom meant. */
function doubts(config: Config, environment: Record<string, string | undefined>): Finding[] {
  const findings: Finding[] = [];
  const warn = (text: string, remedy: string) => findings.push(doubtful("configuration", text, remedy));
  if (environment.NODE_ENV === undefined) warn("NODE_ENV is unset, which means production", "set NODE_ENV=production");
  if (config.mode === "production" && config.trustProxyHops === 0) {
    warn(
      "TRUST_PROXY is 0: behind a proxy every shopper counts as one address in the limits",
      "set it to the number of proxies in front",
    );
  }
  const secretsOf = (keys: { secret: string }[]) => keys.map(({ secret }) => secret);
  const shared = secretsOf(config.signingKeys).some((secret) => secretsOf(config.encryptionKeys).includes(secret));
  if (shared) {
    warn("JWT_SECRET and ENCRYPTION_KEYS share a secret", "give each its own: who learns one must not have both");
  }
  return findings;
}
