import { createClient } from "@libsql/client";

/**
 * Keeps every other writer off the SQLite database at `url` until `release`; readers go on. The system frees it when
 * the process dies. Null when somebody is writing now.
 */
export async function lockDatabase(url: string): Promise<{ release: () => void } | null> {
  const client = createClient({ url, timeout: 0 });
  try {
    const turn = await client.transaction("write");
    return {
      release: () => {
        turn.close();
        client.close();
      },
    };
  } catch (error) {
    client.close();
    if (error instanceof Error && "code" in error && error.code === "SQLITE_BUSY") return null;
    throw error;
  }
}
