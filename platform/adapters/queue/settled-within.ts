/** Whether all of them end within the time. */
export async function settledWithin(runs: Iterable<Promise<void>>, graceMs: number): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const overdue = new Promise<false>((resolve) => {
    late = setTimeout(() => resolve(false), graceMs);
  });
  const inTime = await Promise.race([Promise.all(runs).then(() => true), overdue]);
  clearTimeout(late);
  return inTime;
}
