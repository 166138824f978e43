// In a district where stars are found by the hours alone, with a cut-off day and some tenure.
import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { testDistrict } from '../../support/district.ts';
import {
  lei,
  mustChange,
  nominate,
  serve,
  settle,
  starsOfPerson,
  type Town,
} from '../../support/stars.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, may, publish } from '../../support/town.ts';

const level = (number: number, hours: number, more: object = {}) => ({
  ...{ level: number, hours, tenureDays: 0, selected: false, ...more },
});
process.env.DISTRICT = JSON.stringify({
  ...JSON.parse(testDistrict),
  stars: {
    ...{ version: 7, by: 'automatic', cutOff: '10-17', noticeWorkingDays: 3 },
    levels: [
      level(1, 1),
      level(2, 2),
      level(3, 3, { tenureDays: 20 }),
      level(5, 4, { selected: true }),
    ],
  },
});

let town: Town;
beforeEach(async () => {
  await freshTables();
  const founded = await foundTown();
  const days = { startsOn: '2025-10-10', endsOn: '2025-10-18' };
  town = { ...founded, activityId: await publish(founded.ours, days) };
});
const stars = async () =>
  (await starsOfPerson(town.volunteerId)).map(
    (star: { level: number; status: string }) => `${star.level} ${star.status}`,
  );

test('the highest level is found that is reached, and only by days that count', async () => {
  await serve(town, '2025-10-16', { minutes: 59 });
  // Not before the cut-off day.
  await serve(town, '2025-10-18', { minutes: 300 });
  await settle();
  expect(await stars()).toEqual([]);
  await serve(town, '2025-10-17', { minutes: 400 });
  await settle();
  // The third asks for some tenure, and for the fifth people are selected.
  expect(await stars()).toEqual(['2 eligible']);
  expect(await starsOfPerson(town.volunteerId)).toMatchObject([
    {
      ...{ foundOn: '2025-10-18', nominatedOn: null, countedUntil: '2025-10-17' },
      ...{ terms: { policyVersion: 7, cutOff: '10-17' }, organisationId: null },
    },
  ]);
});

test('what was found is nominated by the person, and not found again once it was declined', async () => {
  await serve(town, '2025-10-17', { minutes: 60 });
  await settle();
  const { status, body } = await nominate(town, { token: lei });
  expect([status, body.status, body.foundOn, body.nominatedOn]).toEqual([
    ...[200, 'nominated', '2025-10-18', '2025-11-03'],
  ]);
  await mustChange(body.id, 'decline', { body: { reason: '材料不齐' } });
  await serve(town, '2025-10-16', { minutes: 10 });
  await settle();
  expect(await stars()).toEqual(['1 declined']);
});

test('tenure and selection hold for whoever nominates', async () => {
  await serve(town, '2025-10-17', { minutes: 400 });
  const answer = await nominate(town, { level: 3 });
  expect(answer.body.type).toContain('star-tenure-missing');
  expect((await nominate(town, { level: 5, token: lei })).status).toBe(403);
  expect((await nominate(town, { level: 5 })).body.status).toBe('nominated');
  expect((await nominate(town, { level: 4 })).body.errors).toMatchObject([{ pointer: '#/level' }]);
});

test('of the erased nothing is found', async () => {
  await serve(town, '2025-10-17', { minutes: 60 });
  await may('volunteers', {
    route: 'DELETE /volunteers/{id}',
    params: { id: town.volunteerId },
    token: admin,
  });
  await settle();
  expect(await stars()).toEqual([]);
});
