import { expect } from '@jest/globals';
import type { Rejection, Rejections } from '../../functions/refusals/decision.ts';

/** The code and pointer of the rejection that a decider threw. Fails if it threw none. */
export const rejectionOf = (decide: () => unknown): { code: string; pointer?: string } => {
  try {
    decide();
  } catch (error) {
    const { name, code, pointer } = error as Rejection;
    expect(name).toBe('Rejection');
    return pointer ? { code, pointer } : { code };
  }
  throw new Error('nothing was refused');
};

/** The codes and pointers of all rejections that a decider threw together. Fails if it threw none. */
export const rejectionsOf = (
  decide: () => unknown,
): readonly { code: string; pointer: string | undefined }[] => {
  try {
    decide();
  } catch (error) {
    const { name, all } = error as Rejections;
    expect(name).toBe('Rejections');
    return all.map(({ code, pointer }) => ({ code, pointer }));
  }
  throw new Error('nothing was refused');
};
