import { jest } from '@jest/globals';
import { waits } from '../../functions/views/check-projected.ts';

/** Ends the waits for the projector at once, in a test that projects itself. Undone by `mockRestore`. */
export const endWaits = () => {
  const real = globalThis.setTimeout;
  return jest
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation(((work: () => void, ms?: number) =>
      real(work, waits.includes(ms ?? 0) ? 0 : ms)) as typeof setTimeout);
};
