import { expect } from '@jest/globals';
import type { Rejection } from '../../functions/refusals/decision.ts';

/** What a decider threw: its code and where it points. Fails when it threw nothing. */
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
