import type { Failure, Projected } from './projected.ts';

/**
 * Takes events into the Views of one generation: in any order, any number of times, by several
 * projectors at once.
 *
 * @returns the events that could not be taken in; they are to be delivered again
 */
export const apply = async (
  _all: readonly Projected[],
  _generation: number,
): Promise<readonly Failure[]> => {
  throw new Error('not written yet');
};
