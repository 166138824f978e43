import { expect } from '@jest/globals';
import type { Rejection } from '../../functions/refusals/decision.ts';

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
