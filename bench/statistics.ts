/** The quantile `share` (0–1) of the values. NaN for no values. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

export const milliseconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
export const perSecond = (count: number, ms: number): number => count / (ms / 1000);
export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const ratio = (value: number): string => value.toFixed(value < 0.1 ? 3 : 2);

/** Calls `run` for all, `width` at a time. The first failure ends it. */
export const inParallel = async <T>(
  all: Iterable<T> | AsyncIterable<T>,
  width: number,
  run: (one: T) => Promise<unknown>,
): Promise<void> => {
  const iterator =
    Symbol.asyncIterator in all
      ? all[Symbol.asyncIterator]()
      : (all as Iterable<T>)[Symbol.iterator]();
  let ended = false;
  const worker = async (): Promise<void> => {
    while (!ended) {
      const { done, value } = await iterator.next();
      if (done) ended = true;
      else await run(value as T);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
};

/** Lists of `size` each; the last may be shorter. */
export function* chunksOf<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = [];
  for (const one of all) {
    chunk.push(one);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
