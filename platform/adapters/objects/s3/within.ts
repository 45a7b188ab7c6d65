/** The act's result, or a fault when it takes longer; what it has under way is told to stop. */
export async function within<T>(ms: number, act: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let late: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => {
      reject(new Error(`no answer within ${ms} ms`));
      stop.abort();
    }, ms);
  });
  try {
    return await Promise.race([act(stop.signal), overdue]);
  } finally {
    clearTimeout(late);
  }
}
