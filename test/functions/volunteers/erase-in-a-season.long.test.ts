import '../../support/tables.ts';

import { isDeepStrictEqual } from 'node:util';
import { afterEach, expect, jest, test } from '@jest/globals';
import { chunksOf } from '../../../bench/statistics.ts';
import { entriesOf } from '../../../events/participation.ts';
import { handler as dashboards } from '../../../functions/dashboards/api.ts';
import { handler as notifier } from '../../../functions/notices/notifier.ts';
import { openPerson } from '../../../functions/people/people.ts';
import { leaveWithoutLog } from '../../../functions/people/personal-access.ts';
import { handler as peopleSubscriber } from '../../../functions/volunteers/people-subscriber.ts';
import type { Client } from '../../../infra/season/client.ts';
import { type Dashboard, readDashboard, sumOfLines } from '../../support/dashboards.ts';
import { ask } from '../../support/http-event.ts';
import { areas, months, newestOf, playLargeSeason, themes } from '../../support/large-season.ts';
import { modelViews } from '../../support/model-views.ts';
import { deliver, follow } from '../../support/projecting.ts';
import { recompute, valuesOf } from '../../support/recompute.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, must } from '../../support/town.ts';

/** The dashboards' own function, asked as a client asks the gateway. */
const client = {
  get: async (path: string): Promise<unknown> => {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    const [, kind = '', period = '', ...rest] = pathname.split('/');
    const name = kind === 'totals' ? 'year' : 'month';
    const { body } = await ask(dashboards, {
      route: `GET ${['', kind, `{${name}}`, ...rest].join('/')}`,
      params: { [name]: period },
      query: Object.fromEntries(searchParams),
      token: admin,
    });
    return body;
  },
} as Client;

const parts = [undefined, ...areas].flatMap((area) =>
  [undefined, ...themes].map((theme) => ({ area, theme })),
);
const cells = [...months, '2025'].flatMap((period) => parts.map((part) => ({ period, ...part })));

/** Every dashboard: each month and the year, whole, by area, by theme and by both. */
const everyDashboard = async (): Promise<ReadonlyMap<string, Dashboard>> => {
  const shown = new Map<string, Dashboard>();
  for (const cell of cells) shown.set(JSON.stringify(cell), await readDashboard(client, cell));
  return shown;
};

const byKey = (items: readonly Readonly<Record<string, unknown>>[]) =>
  new Map(items.map((item) => [`${item.pk}|${item.sk}`, item]));

afterEach(() => {
  jest.restoreAllMocks();
});

test('erasing anybody in a season of 10,000 entries changes no total and no figure of a past month', async () => {
  await freshTables();
  const allViews = modelViews();
  const { people, events } = await playLargeSeason();
  const idOf = (name: string): string => people.get(name)?.id ?? '';
  const entered = events.flatMap(({ type, data }) =>
    type === 'HoursLogged' && 'sums' in data ? entriesOf(data) : [],
  );
  expect(entered).toHaveLength(10_000);
  for (const batch of chunksOf(events, 100)) await deliver(batch);

  // Two records were of one person, who is counted once.
  await must('volunteers', {
    route: 'POST /volunteers/{id}/merge',
    params: { id: idOf('v-4') },
    body: { intoId: idOf('v-5'), reason: '同一人两次注册' },
    token: admin,
  });
  const merged = await newestOf('volunteer', [idOf('v-4')]);
  expect(entered.some(({ volunteerId }) => volunteerId === idOf('v-4'))).toBe(true);
  await deliver(merged);

  const before = await everyDashboard();
  const figures = recompute([...events, ...merged]);
  for (const cell of cells)
    expect([cell, valuesOf(before.get(JSON.stringify(cell))?.metrics ?? {})]).toEqual([
      cell,
      figures(cell),
    ]);
  // Of every second activity one person was on duty, on four days.
  const { onDutyParticipations } = before.get(JSON.stringify({ period: '2025' }))?.metrics ?? {};
  expect(onDutyParticipations?.value).toBe(200);
  const views = byKey(allViews());

  const erased = [
    'v-0', // The busiest.
    'v-3', // A Party member.
    'v-1', // Some lines wait, one is objected to, one struck out.
    'v-4', // Merged into the next.
    'v-5',
    'v-8', // Has left.
    'confirmed', // Registered by staff.
    'unconfirmed', // And waiting for their own yes.
  ];
  for (const name of erased) {
    const { id = '', token = null } = people.get(name) ?? {};
    expect([name, (await openPerson(leaveWithoutLog(id)))?.revision]).toEqual([
      name,
      expect.any(Number),
    ]);
    await must('volunteers', {
      route: 'DELETE /volunteers/{id}',
      params: { id },
      token: name === 'v-4' ? admin : token,
      at: Date.UTC(2026, 1, 3, 6),
    });
    expect(await openPerson(leaveWithoutLog(id))).toBeUndefined();
  }
  const gone = await newestOf('volunteer', erased.map(idOf));
  expect(gone.map(({ type }) => type)).toEqual(erased.map(() => 'VolunteerErased'));
  // Everybody who hears of it hears of it twice, as the bus may have it.
  for (const subscriber of [peopleSubscriber, notifier])
    expect(await follow(subscriber, [...gone, ...gone])).toEqual([]);
  await deliver(gone);
  await deliver(gone);

  expect(await everyDashboard()).toEqual(before);
  // Of all that lies in the Views only their own rows are others, and from the month of the erasure on
  // they are registered no more: no earlier total, no sheet, no line, nobody counted.
  const after = byKey(allViews());
  const changed = [...new Set([...views.keys(), ...after.keys()])].filter(
    (key) => !isDeepStrictEqual(views.get(key), after.get(key)),
  );
  const own = erased.flatMap((name) => [
    `volunteer#${idOf(name)}|volunteer`,
    `person#${idOf(name)}|id`,
  ]);
  const running = areas.map((area) => `running|${area}`);
  expect(changed.filter((key) => !running.includes(key)).sort()).toEqual(own.sort());
  for (const key of own.filter((each) => each.startsWith('person#'))) {
    const [of, was] = [after, views].map((items) => {
      const { rev: _, version: __, spells = [], ...line } = Object(items.get(key));
      return { ...line, from: spells.map(({ from }: { from: string }) => from) };
    });
    expect(of).toEqual(was);
  }
  // And what a month shows is what its lines add up to.
  for (const period of months)
    for (const [metric, { value }] of Object.entries(
      before.get(JSON.stringify({ period }))?.metrics ?? {},
    )) {
      const added = await sumOfLines(client, 'any', { period }, metric, 100);
      expect([period, metric, added.value]).toEqual([period, metric, value]);
    }
});
