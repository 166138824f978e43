import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import type { Hours } from '../../../events/participation.ts';
import { handler } from '../../../functions/dashboards/api.ts';
import { baseMetrics } from '../../../functions/figures/metrics.ts';
import { type Ask, ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { eventOf, hours, idOf, volunteer } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const lei = idOf('c', 1);
const feng = idOf('c', 2);
const linked = idOf('c', 3);
const auditor = { sub: 'auditor', role: 'auditor' };
const verifier = { sub: 'verifier', role: 'verifier' };

const verified = (n: number, changes: Partial<Hours>) =>
  eventOf(
    {
      type: 'HoursVerified',
      data: { hours: { ...hours, status: 'verified', verifiedBy: 'verifier', ...changes } },
    },
    { id: idOf('d', n) },
  );

beforeAll(async () => {
  await freshTables();
  const selfDeclared: Partial<Hours> = {
    origin: 'self-declared',
    enteredBy: ['subject-of-feng'],
  };
  await deliver([
    verified(1, { volunteerId: lei }),
    verified(2, { volunteerId: lei, serviceDate: '2025-11-01' }),
    verified(3, { volunteerId: feng, ...selfDeclared }),
    verified(4, { volunteerId: lei, serviceDate: '2024-10-18' }),
    eventOf(
      { type: 'ActivityVerified', data: catalogue.ActivityVerified.example },
      { id: hours.activityId },
    ),
    eventOf(
      {
        type: 'VolunteerConfirmed',
        data: {
          volunteer: {
            ...volunteer,
            selfId: linked,
            mergedFrom: [{ id: idOf('c', 7), selfId: idOf('c', 8), awaiting: idOf('c', 7) }],
          },
        },
      },
      { id: lei },
    ),
  ]);
});

const page = async (period: string, query: Record<string, string>, token: Ask['token']) => {
  const [route, params] =
    period.length === 4
      ? ['GET /totals/{year}/lines', { year: period }]
      : ['GET /dashboards/{month}/lines', { month: period }];
  const request = { route, params, query, token } as Ask;
  return (await ask(handler, request)).body;
};
// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
const lines = async (period: string, metric: string, token: Ask['token']): Promise<any[]> =>
  (await page(period, { metric }, token)).items;

const metrics = ['creditedMinutes', 'distinctVolunteers', 'registeredVolunteers', 'activitiesHeld'];

test.each(metrics)('%s: an auditor is shown every line, and no volunteer’s id', async (metric) => {
  const shown = await lines('2025', metric, auditor);
  const known = await lines('2025', metric, verifier);
  expect(known.length).toBeGreaterThan(0);
  expect(shown.map(({ value }) => value)).toEqual(known.map(({ value }) => value));
  const text = JSON.stringify(shown);
  for (const secret of [
    lei,
    feng,
    linked,
    idOf('c', 7),
    idOf('c', 8),
    'subject-of-feng',
    'verifier',
  ])
    expect(text).not.toContain(secret);
});

test('a pseudonym is one person’s through a year, and another’s in another', async () => {
  const ofYear = async (year: string) => {
    const entries = await lines(year, 'creditedMinutes', auditor);
    return Object.fromEntries(entries.map(({ id, entry }) => [id, entry.volunteerId]));
  };
  const [first, before] = [await ofYear('2025'), await ofYear('2024')];
  expect(first[idOf('d', 1)]).toMatch(/^p-[\w-]{22}$/);
  expect(first[idOf('d', 2)]).toBe(first[idOf('d', 1)]);
  expect(first[idOf('d', 3)]).not.toBe(first[idOf('d', 1)]);
  expect(before[idOf('d', 4)]).not.toBe(first[idOf('d', 1)]);
  const persons = await lines('2025', 'distinctVolunteers', auditor);
  expect(persons.map(({ id }) => id).sort()).toEqual([...new Set(Object.values(first))].sort());
});

test('lines that are listed in several years connect no lines of one year', async () => {
  const shown: { year: string; mark: string; pseudonyms: readonly string[] }[] = [];
  for (const year of ['2024', '2025', '2026'])
    for (const metric of Object.keys(baseMetrics))
      for (const line of await lines(year, metric, auditor)) {
        const { kind, month, version, recordedAt } = line;
        const pseudonyms = JSON.stringify(line).match(/p-[\w-]{22}/g) ?? [];
        shown.push({ year, mark: [kind, month, version, recordedAt].join(), pseudonyms });
      }
  const isAgain = ({ year, mark }: (typeof shown)[number]): boolean =>
    shown.some((other) => other.mark === mark && other.year !== year);
  const inYears = new Set(shown.filter(isAgain).flatMap(({ pseudonyms }) => pseudonyms));
  const inOne = shown.filter((each) => !isAgain(each)).flatMap(({ pseudonyms }) => pseudonyms);
  expect(inYears.size).toBeGreaterThan(0);
  expect(inOne.length).toBeGreaterThan(0);
  expect(inOne.filter((each) => inYears.has(each))).toEqual([]);
});

test('what was held stays what it is', async () => {
  const [held] = await lines('2025-10', 'activitiesHeld', auditor);
  expect(held?.id).toBe(hours.activityId);
});

test('no cursor names anybody, is changed or is good for another list', async () => {
  const query = { metric: 'distinctVolunteers', limit: '1' };
  const first = await page('2025', query, auditor);
  expect(Buffer.from(first.next, 'base64url').toString('latin1')).not.toContain('present#');
  const second = await page('2025', { ...query, cursor: first.next }, auditor);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(2);
  expect(second.next).toBeNull();
  const open = await page('2025', query, verifier);
  for (const [wrong, period] of [
    [{ ...query, cursor: open.next }, '2025'],
    [
      { ...query, cursor: `${first.next.startsWith('A') ? 'B' : 'A'}${first.next.slice(1)}` },
      '2025',
    ],
    [{ ...query, metric: 'creditedMinutes', cursor: first.next }, '2025'],
    [{ ...query, cursor: first.next }, '2024'],
  ] as const)
    expect((await page(period, wrong, auditor)).type).toMatch(/invalid-cursor$/);
});
