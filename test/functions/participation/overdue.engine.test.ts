import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { remindOverdue } from '../../../functions/participation/remind-overdue.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  defineArea,
  foundTown,
  ledger,
  logHours,
  must,
  organiserOf,
  publish,
  register,
  verifierOf,
} from '../../support/town.ts';

/** Ten working days after 17 October 2025 end on 31 October, a Friday. */
const friday = Date.parse('2025-10-31T09:00:00+08:00');
const saturday = Date.parse('2025-11-01T09:00:00+08:00');
const monday = Date.parse('2025-11-03T09:00:00+08:00');
const day = 86_400_000;

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const remind = async (at: number): Promise<number> => {
  await deliver(await ledger());
  return remindOverdue(at);
};
const told = async () =>
  (await ledger()).flatMap((event) =>
    event.type === 'RecordsOverdue' ? [{ ...event.data.overdue, event }] : [],
  );
const verify = (id: string, token = verifierOf(town.theirs)) =>
  must('participation', {
    route: 'POST /sheets/{id}/verify',
    params: { id },
    body: { entries: 'all' },
    token,
  });

test('nothing is said while nothing is overdue, or on a day off', async () => {
  const sheet = await logHours(town, town.volunteerId, '2025-10-17');
  expect(await remind(friday)).toBe(0);
  expect(await remind(saturday)).toBe(0);
  await verify(sheet);
  expect(await remind(monday)).toBe(0);
  expect(await told()).toEqual([]);
});

test('it is said once a working day, in figures, for each organisation and area', async () => {
  const people = [town.volunteerId, await register('feng'), await register('wang')];
  for (const each of people) await logHours(town, each, '2025-10-17');
  await logHours(town, town.volunteerId, '2025-10-18');
  // Another area of the same organisation, another organisation, and what was verified in time.
  await defineArea('hongqi-01', { kind: 'community', name: '红旗社区', parentId: 'hongqi' });
  const elsewhere = await publish(town.ours, { areaId: 'hongqi-01' });
  await logHours({ ...town, activityId: elsewhere }, town.volunteerId, '2025-10-18');
  const another = await publish(town.theirs);
  const verified = { ours: town.theirs, activityId: another };
  await verify(await logHours(verified, town.volunteerId, '2025-10-17'), verifierOf(town.ours));
  expect(await remind(monday)).toBe(2);
  expect(await remind(monday + 3_600_000)).toBe(2);
  const figures = (await told()).map(({ event: _, ...overdue }) => overdue);
  const ours = { organisationId: town.ours, on: '2025-11-03' };
  expect(figures).toHaveLength(2);
  expect(figures).toEqual(
    expect.arrayContaining([
      { ...ours, areaId: 'hongqi', lines: 4, sheets: 2, oldest: '2025-10-17' },
      { ...ours, areaId: 'hongqi-01', lines: 1, sheets: 1, oldest: '2025-10-18' },
    ]),
  );
  const [{ event } = { event: undefined }] = await told();
  expect(event?.actor).toEqual({ role: 'district-admin', id: 'leifeng:overdue' });
  for (const person of people) expect(JSON.stringify(await told())).not.toContain(person);
  expect(await remind(monday + day)).toBe(2);
  expect((await told()).map(({ on }) => on).sort()).toEqual([
    ...['2025-11-03', '2025-11-03', '2025-11-04', '2025-11-04'],
  ]);
});

test('an objection that nobody answers is overdue too, also of a line that was verified', async () => {
  const sheet = await logHours(town, town.volunteerId, '2025-10-17');
  await logHours(town, await register('feng'), '2025-10-17');
  await verify(sheet);
  const object = (at: number) =>
    must('participation', {
      route: 'POST /sheets/{id}/object',
      params: { id: sheet },
      body: { entries: 'all', reason: '不是我' },
      token: { sub: 'lei', role: 'volunteer' },
      at,
    });
  await object(monday);
  expect(await remind(monday + day)).toBe(0);
  // Ten working days after 3 November end on 17 November.
  expect(await remind(Date.parse('2025-11-17T09:00:00+08:00'))).toBe(0);
  expect(await remind(Date.parse('2025-11-18T09:00:00+08:00'))).toBe(1);
  expect(await told()).toMatchObject([{ lines: 1, sheets: 1, oldest: '2025-10-17' }]);
  await must('participation', {
    route: 'POST /sheets/{id}/void',
    params: { id: sheet },
    body: { entries: [town.volunteerId], reason: '确非本人' },
    token: organiserOf(town.ours),
  });
  expect(await remind(Date.parse('2025-11-19T09:00:00+08:00'))).toBe(0);
});
