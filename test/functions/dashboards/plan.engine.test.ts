import '../../support/tables.ts';

import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Campaign } from '../../../events/campaigns.ts';
import { catalogue } from '../../../events/catalogue.ts';
import { handler } from '../../../functions/dashboards/api.ts';
import { append } from '../../../functions/ledger/ledger.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import type { PlanAgainstDone, ThemeDone } from '../../../functions/totals/plan-against-done.ts';
import { type Facts, idOf, themes } from '../../lab/figures/district.ts';
import { months, play } from '../../lab/figures/history.ts';
import { createRandom } from '../../lab/random.ts';
import { documentsOf } from '../../support/documents-of.ts';
import { ask } from '../../support/http-event.ts';
import { putItems } from '../../support/put-items.ts';
import { campaign, eventOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const organisation = idOf('a', 0);
const [left = '', planned = ''] = themes;
const ofYear = months.filter((month) => month.startsWith('2025'));

/** The first random season in which activities of both themes were held after March. */
const seasonWith = (seed: number): Facts => {
  const facts = play(createRandom(seed, 'plan'), 'many');
  const held = (theme: string): boolean =>
    [...facts.sheets.values()].some(({ place, entries }) => {
      const activity = facts.activities.get(place.activityId);
      return (
        activity?.theme === theme &&
        activity.status === 'verified' &&
        ['2025-04', '2025-12'].includes(activity.month) &&
        [...entries.values()].some(({ status }) => status === 'verified')
      );
    });
  return held(left) && held(planned) ? facts : seasonWith(seed + 1);
};
const facts = seasonWith(1);

/** One of the season's themes is in the plan, and the other left it. */
const [sample] = campaign.themes as [Campaign['themes'][number]];
const plan2025: Campaign = {
  ...campaign,
  year: 2025,
  themes: [
    { ...sample, key: planned, title: '乙', months: [3], dates: [] },
    { ...sample, key: 'NOBODY_CAME', title: '丙', months: [1, 12], dates: [] },
  ],
  routines: [{ key: 'TRAFFIC_COURTESY', title: '文明交通劝导' }],
};

beforeAll(async () => {
  await freshTables();
  const unitOf = () => ({ organisationId: organisation, teamId: null });
  await putItems(documentsOf(facts, { pages: 4, unitOf }));
  const named = { ...catalogue.OrganisationRegistered.example.organisation, id: organisation };
  for (const event of [
    eventOf({ type: 'CampaignPlanned', data: { campaign: plan2025 } }, { id: '2025' }),
    eventOf(
      { type: 'OrganisationRegistered', data: { organisation: named } },
      { id: organisation },
    ),
  ])
    await append([{ event, idempotency: undefined, earlierKeys: undefined }]);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const read = async (period: string, query: Record<string, string> = {}, staff = false) => {
  const isYear = period.length === 4;
  const { status, body } = await ask(handler, {
    route: `GET ${isYear ? '/totals/{year}' : '/dashboards/{month}'}${staff ? '/staff' : ''}`,
    params: isYear ? { year: period } : { month: period },
    query,
    ...(staff ? { token: { sub: 'admin', role: 'district-admin' } } : {}),
  });
  expect(status).toBe(200);
  return body;
};

const rowsOf = ({ themes, routines, notPlanned }: PlanAgainstDone): readonly ThemeDone[] => [
  ...themes,
  ...routines,
  ...notPlanned,
];
const names = [
  'activitiesPublished',
  'activitiesHeld',
  'participations',
  'creditedMinutes',
] as const;

test.each<[string, Record<string, string>, boolean]>([
  ['all areas', {}, false],
  ['an area with what lies below it', { areaId: 's1' }, false],
  ['an area alone', { areaId: 'a1', within: 'only' }, false],
  ['an organisation', { organisationId: organisation }, true],
])('the plan of %s says of each theme what the months say', async (_, query, staff) => {
  const year = await read('2025', query, staff);
  const byMonth = new Map<string, Awaited<ReturnType<typeof read>>>();
  for (const month of ofYear) byMonth.set(month, await read(month, query, staff));
  const { plan } = year as { plan: PlanAgainstDone };
  const rows = rowsOf(plan);
  expect(rows.map(({ key }) => key)).toEqual([
    ...[planned, 'NOBODY_CAME', 'TRAFFIC_COURTESY'],
    ...(year.breakdown.theme[left] ? [left] : []),
  ]);
  for (const row of rows) {
    const figures = year.breakdown.theme[row.key] ?? {};
    for (const name of names)
      expect([row.key, row[name]]).toEqual([row.key, figures[name]?.value ?? null]);
    const held = ofYear.filter(
      (month) => byMonth.get(month).breakdown.theme[row.key]?.activitiesHeld.value > 0,
    );
    expect(row.monthsHeld).toEqual(held.map((month) => Number(month.slice(5))));
    for (const month of ofYear) {
      const ofMonth = rowsOf(byMonth.get(month).plan).find(({ key }) => key === row.key);
      const shown = byMonth.get(month).breakdown.theme[row.key];
      for (const name of names)
        expect(ofMonth?.[name] ?? null).toEqual(shown?.[name].value ?? null);
    }
  }
  expect(plan.withoutActivity).toContain('NOBODY_CAME');
});

test('what was held outside the plan is seen, and so is a theme that left it', async () => {
  const { plan } = await read('2025');
  expect(plan.notPlanned).toMatchObject([{ key: left, title: null, monthsOutsidePlan: [] }]);
  const [theme] = plan.themes as ThemeDone[];
  expect(theme?.monthsOutsidePlan).toEqual(theme?.monthsHeld.filter((month) => month !== 3));
  expect(theme?.monthsOutsidePlan.length).toBeGreaterThan(0);
});

test('a theme that is asked for is the only one', async () => {
  const { plan } = await read('2025', { theme: planned });
  expect(rowsOf(plan).map(({ key }) => key)).toEqual([planned]);
});

test('a year without a plan has none', async () => {
  expect((await read('2026')).plan).toBeNull();
});

test.each(['2025', '2025-03'])(
  'of %s costs one query of the Ledger and none of the Views',
  async (period) => {
    const sent: string[] = [];
    const send = dynamodb.send.bind(dynamodb) as (command: object) => Promise<unknown>;
    jest
      .spyOn(dynamodb as unknown as { send: typeof send }, 'send')
      .mockImplementation((command) => {
        const { TableName, ExpressionAttributeValues = {} } = (
          command as { input: { TableName?: string; ExpressionAttributeValues?: object } }
        ).input;
        const { ':pk': pk } = ExpressionAttributeValues as { ':pk'?: string };
        if (TableName === process.env.LEDGER_TABLE || pk?.startsWith('totals#'))
          sent.push(pk ?? '');
        return send(command);
      });
    await read(period);
    const documents = period.length === 4 ? 'totals#2025#year' : 'totals#2025';
    expect(sent.sort()).toEqual(['campaign#2025', documents]);
  },
);
