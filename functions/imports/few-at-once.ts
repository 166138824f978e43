/** Does something for each, in order, at most so many at a time. The first failure ends it. */
export const fewAtOnce = async <T, R>(
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
