import { afterEach, expect, test } from '@jest/globals';
import { createClock } from '../../../../infra/local/compute/clock.ts';
import { latestDue, runSchedules } from '../../../../infra/local/compute/schedules.ts';
import { openQueues } from '../../../../infra/local/messaging/queues.ts';
import { createChaos } from '../../../../infra/local/trial/chaos.ts';
import { until } from '../../../support/until.ts';
import { temporaryFolder } from '../fixture-app.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

const at = (time: string): number => Date.parse(time);
const spec = {
  name: 'nightly',
  daily: { hour: 3, minute: 0 },
  timezone: 'Asia/Shanghai',
  functionName: 'reconcile',
  inputAt: () => ({}),
};

test.each([
  ['Asia/Shanghai', '2026-03-01T02:59:59.999+08:00', '2026-02-28T03:00:00+08:00'],
  ['Asia/Shanghai', '2026-03-01T03:00:00+08:00', '2026-03-01T03:00:00+08:00'],
  ['Asia/Shanghai', '2026-01-01T00:00:00+08:00', '2025-12-31T03:00:00+08:00'],
  ['UTC', '2026-03-01T23:00:00Z', '2026-03-01T03:00:00Z'],
  ['Europe/Berlin', '2026-03-29T12:00:00+02:00', '2026-03-29T03:00:00+02:00'],
  ['Europe/Berlin', '2026-10-25T12:00:00+01:00', '2026-10-25T03:00:00+01:00'],
])('three in the morning in %s, latest before %s', (timezone, now, due) => {
  expect(latestDue({ ...spec, timezone }, at(now))).toBe(at(due));
});

/** A host's worth of schedules: its folder can be opened again, as after a restart. */
const open = (folder = temporaryFolder()) => {
  const clock = createClock();
  const queues = openQueues(`${folder.path}/queues.sqlite`, [], clock, createChaos());
  const ends: (() => void)[] = [];
  let calls = 0;
  const invoke = (): Promise<void> => {
    calls += 1;
    return new Promise((resolve) => ends.push(resolve));
  };
  const start = (now: string) => {
    clock.set(at(now));
    return runSchedules([spec], invoke, clock, queues, () => false, 0);
  };
  let closed = false;
  const close = (): void => {
    if (!closed) queues.close();
    closed = true;
  };
  cleanups.push(close);
  const finish = async (): Promise<void> => {
    const before = queues.scheduledUntil('nightly');
    ends.shift()?.();
    await until(
      () => queues.scheduledUntil('nightly'),
      (now) => now !== before,
    );
  };
  return { folder, clock, start, close, finish, calls: () => calls };
};

test('a schedule of every minute is due at each full minute', () => {
  const everyMinute = { ...spec, daily: null };
  expect(latestDue(everyMinute, at('2026-03-08T06:59:59.999Z'))).toBe(at('2026-03-08T06:59:00Z'));
  expect(latestDue(everyMinute, at('2026-03-08T07:00:00Z'))).toBe(at('2026-03-08T07:00:00Z'));
});

test('a run is told the time it was due, not the time it runs', async () => {
  const clock = createClock();
  const folder = temporaryFolder();
  const queues = openQueues(`${folder.path}/queues.sqlite`, [], clock, createChaos());
  cleanups.push(() => queues.close());
  const events: unknown[] = [];
  const timed = { ...spec, inputAt: (time: string) => ({ time, kept: 1 }) };
  clock.set(at('2026-03-01T12:00:00+08:00'));
  const invoke = async (_: string, event: unknown) => events.push(event);
  const { stop } = runSchedules([timed], invoke, clock, queues);
  clock.set(at('2026-03-02T09:30:00+08:00'));
  await until(
    () => events.length,
    (count) => count > 0,
  );
  expect(events).toEqual([{ time: '2026-03-01T19:00:00Z', kept: 1 }]);
  stop();
});

test('nothing runs at the first start, nor before the time has come', () => {
  const { clock, start, calls } = open();
  const { stop } = start('2026-03-01T12:00:00+08:00');
  clock.set(at('2026-03-02T02:59:00+08:00'));
  expect(calls()).toBe(0);
  stop();
});

test('a clock that jumps a year runs once; one that is set back, not at all', async () => {
  const { clock, start, finish, calls } = open();
  const { stop } = start('2026-03-01T12:00:00+08:00');
  clock.set(at('2027-03-01T12:00:00+08:00'));
  expect(calls()).toBe(1);
  await finish();
  expect(calls()).toBe(1);
  clock.set(at('2025-06-01T12:00:00+08:00'));
  expect(calls()).toBe(1);
  clock.set(at('2025-06-02T12:00:00+08:00'));
  expect(calls()).toBe(2);
  stop();
});

test('never two at a time: what becomes due meanwhile runs once, afterwards', async () => {
  const { clock, start, finish, calls } = open();
  const { stop } = start('2026-03-01T12:00:00+08:00');
  for (const day of ['02', '03', '04', '05']) clock.set(at(`2026-03-${day}T12:00:00+08:00`));
  expect(calls()).toBe(1);
  await finish();
  expect(calls()).toBe(2);
  await finish();
  expect(calls()).toBe(2);
  stop();
});

test('a run that the end of the host cut off is made again, and so is one that it slept through', async () => {
  const first = open();
  const stopping = first.start('2026-03-01T12:00:00+08:00');
  first.clock.set(at('2026-03-02T03:00:00+08:00'));
  expect(first.calls()).toBe(1);
  stopping.stop();
  first.close();

  const second = open(first.folder);
  const again = second.start('2026-03-09T12:00:00+08:00');
  expect(second.calls()).toBe(1);
  await second.finish();
  again.stop();
  second.close();

  const third = open(first.folder);
  third.start('2026-03-09T13:00:00+08:00').stop();
  expect(third.calls()).toBe(0);
  third.close();
  first.folder.remove();
});

test('a clock that is set again and again runs nothing until it is left alone', async () => {
  const clock = createClock();
  const folder = temporaryFolder();
  const queues = openQueues(`${folder.path}/queues.sqlite`, [], clock, createChaos());
  cleanups.push(() => queues.close());
  let calls = 0;
  clock.set(at('2026-03-01T12:00:00+08:00'));
  const { stop } = runSchedules(
    [spec],
    async () => (calls += 1),
    clock,
    queues,
    () => false,
    50,
  );
  for (let day = 2; day < 20; day += 1) {
    clock.set(at(`2026-03-${String(day).padStart(2, '0')}T12:00:00+08:00`));
    expect(calls).toBe(0);
  }
  await until(
    () => calls,
    (count) => count > 0,
  );
  expect(calls).toBe(1);
  stop();
});
