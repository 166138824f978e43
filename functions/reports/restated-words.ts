import type { Restated } from './material.ts';
import { name, type Words } from './pieces.ts';
import type { Writer } from './writer.ts';

/** What was corrected: the metric, or its estimated part. */
export const labelOf = (
  { metric, isEstimate }: Pick<Restated, 'metric' | 'isEstimate'>,
  { say, label }: Pick<Writer, 'say' | 'label'>,
): Words =>
  isEstimate
    ? name(say(`${label(metric).text}（估计数）`, `${label(metric).text} (estimated)`))
    : label(metric);
