import { jest } from '@jest/globals';
import { robotGapMs } from '../../functions/webhooks/robots.ts';

/**
 * Lets the pauses between messages to a robot pass at once, until mocks are restored. A pause is a little
 * shorter than the gap, since the message took some time; the AWS SDK has timers of exactly 1 and 3 s.
 * @param passed gets how long each pause would have lasted, ms
 */
export const passRobotGaps = (passed: (ms: number) => void): void => {
  const { setTimeout: real } = globalThis;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(((
    work: () => void,
    ms = 0,
    ...given: []
  ) => {
    const isGap = ms > robotGapMs / 2 && ms < robotGapMs;
    if (isGap) passed(ms);
    return real(work, isGap ? 0 : ms, ...given);
  }) as typeof setTimeout);
};
