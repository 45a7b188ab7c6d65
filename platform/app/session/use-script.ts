import { useEffect, useState } from "react";

/** Whether the page's script runs: not on the server, nor before the page is hydrated. */
export function useScript(): boolean {
  const [isRunning, setRunning] = useState(false);
  useEffect(() => setRunning(true), []);
  return isRunning;
}
