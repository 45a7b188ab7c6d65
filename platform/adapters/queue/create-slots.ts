/** At most `count` acts at once; the others wait for their turn. */
export function createSlots(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  const take = () => {
    if (free === 0) return new Promise<void>((resolve) => waiting.push(resolve));
    free -= 1;
    return undefined;
  };
  const giveBack = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    use: async <T>(act: () => Promise<T>): Promise<T> => {
      await take();
      try {
        return await act();
      } finally {
        giveBack();
      }
    },
  };
}

export type Slots = ReturnType<typeof createSlots>;
