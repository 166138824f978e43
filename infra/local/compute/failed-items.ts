/**
 * The items of a batch that a function reported as failed (ReportBatchItemFailures). An empty answer
 * means none. An id that is empty or not in the batch fails the whole batch, as with Lambda.
 */
export const failedItems = (answer: unknown, ids: readonly string[]): ReadonlySet<string> => {
  const all = new Set(ids);
  if (answer === null || answer === undefined || answer === '') return new Set();
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const reported = failures.map((one) => (one as { itemIdentifier?: unknown })?.itemIdentifier);
  const known = reported.every((id) => typeof id === 'string' && all.has(id));
  return known ? new Set(reported as string[]) : all;
};
