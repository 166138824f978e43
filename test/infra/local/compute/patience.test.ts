import { expect, test } from '@jest/globals';
import { createClosing } from '../../../../infra/local/compute/closing.ts';
import { waitWhileMoving } from '../../../../infra/local/compute/patience.ts';

test('waits as long as something moves, far beyond its patience with standing still', async () => {
  let moves = 0;
  await waitWhileMoving({
    isDone: () => moves >= 30,
    progress: () => moves++,
    stillMs: 50,
    waitingFor: () => 'nothing',
  });
  expect(moves).toBeGreaterThanOrEqual(30);
});

test('gives up when nothing has moved, and says what it waited for', async () => {
  const waiting = waitWhileMoving({
    isDone: () => false,
    progress: () => 'the same',
    stillMs: 50,
    waitingFor: () => '3 messages of Inbox',
  });
  await expect(waiting).rejects.toThrow('Nothing has moved for 0.05 seconds: 3 messages of Inbox.');
});

test('everything is closed once, in the opposite order, whatever fails', async () => {
  const closing = createClosing();
  const closed: string[] = [];
  const { error } = console;
  const told: unknown[] = [];
  console.error = (...words) => void told.push(words);
  try {
    closing.add(() => closed.push('first'));
    closing.add(async () => {
      throw new Error('as asked');
    });
    closing.add(() => closed.push('last'));
    await Promise.all([closing.close(), closing.close()]);
    await closing.close();
  } finally {
    console.error = error;
  }
  expect(closed).toEqual(['last', 'first']);
  expect(told).toEqual([['While stopping:', new Error('as asked')]]);
});
