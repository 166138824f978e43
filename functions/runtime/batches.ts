/** Splits a list into pieces of at most `size`, in order. */
export const chunksOf = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
    all.slice(n * size, (n + 1) * size),
  );

/** Like Promise.all, but waits until every promise has settled. */
export const allOf = async <T>(running: readonly Promise<T>[]): Promise<readonly T[]> => {
  const settled = await Promise.allSettled(running);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
};

/** Applies a function to each element, in order, with limited concurrency. The first failure ends it. */
export const inParallel = async <T, R>(
  lanes: number,
  all: readonly T[],
  act: (each: T) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = [];
  const waiting = all.entries();
  const lane = async () => {
    for (const [at, each] of waiting) results[at] = await act(each);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
};
