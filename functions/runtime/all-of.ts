/** Waits for all of them, and then fails with the first that failed: none goes on by itself. */
export const allOf = async <T>(running: readonly Promise<T>[]): Promise<readonly T[]> => {
  const settled = await Promise.allSettled(running);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
};
