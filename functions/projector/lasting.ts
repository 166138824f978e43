import { pause } from '../runtime/dynamodb.ts';
import type { Difference } from './compare-year.ts';

const idOf = ({ item, found, law }: Difference): string => `${law} ${item} ${found}`;

/** How often what differs is looked at again. */
const repetitions = 3;

/**
 * What still differs, in the same way, after a wait. Events in transit cause differences for a moment.
 * @param look compares once
 * @param waitMs longer than an event is in transit between two writes
 */
export const lasting = async (
  look: () => Promise<readonly Difference[]>,
  waitMs: number,
): Promise<readonly Difference[]> => {
  let left = await look();
  for (let again = 0; again < repetitions && left.length > 0; again += 1) {
    await pause(waitMs);
    const before = new Set(left.map(idOf));
    left = (await look()).filter((difference) => before.has(idOf(difference)));
  }
  return left;
};
