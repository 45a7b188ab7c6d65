// Makes an admin, on the server and nowhere else: npm run admin:create -- EMAIL
// Reads the platform's own environment. Password, secret and recovery codes are told once, on this terminal.
import { createBcryptHasher, defaultBcryptOptions } from "../adapters/passwords/create-bcrypt-hasher.ts";
import { createAdmin } from "../core/accounts/create-admin.ts";
import { createKeyRing } from "../core/crypto/key-ring.ts";
import { AppError } from "../core/errors.ts";
import { readConfig } from "./config.ts";
import { createLogger } from "./create-logger.ts";
import { openStore } from "./open-store.ts";

async function main([email]: string[]) {
  if (!email) throw new Error("usage: npm run admin:create -- EMAIL");
  const config = readConfig(process.env);
  const store = await openStore(config, createLogger(config.logLevel));
  try {
    const deps = {
      store,
      ring: createKeyRing(config.encryptionKeys),
      passwords: createBcryptHasher(defaultBcryptOptions),
    };
    const { user, password, secret, url, recoveryCodes } = await createAdmin(deps, email, new Date());
    console.log(`
Admin            ${user.email}
Password         ${password ?? "unchanged"}
Authenticator    ${secret}
                 ${url}
Recovery codes   ${recoveryCodes.join("  ")}

Keep these now: they are not shown again.
`);
  } finally {
    await store.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const details = error instanceof AppError ? ` ${JSON.stringify(error.details ?? error.log ?? "")}` : "";
  console.error(`${error instanceof Error ? error.message : error}${details}`);
  process.exit(1);
});
