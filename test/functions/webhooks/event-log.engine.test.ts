import '../../support/tables.ts';

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { holdsEvent } from '../../../functions/ledger/ledger.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { handler as api } from '../../../functions/webhooks/api.ts';
import { addToLog, readLog, type Told } from '../../../functions/webhooks/event-log.ts';
import { handler } from '../../../functions/webhooks/log-events.ts';
import { around } from '../../support/faults.ts';
import { ask } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, defineArea, foundTown, ledger, publish } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;

type Row = Readonly<Record<string, unknown>>;
/** The Ledger's rows as its stream has them: those of an aggregate in order. */
const rows = async (): Promise<readonly Row[]> => {
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: process.env.LEDGER_TABLE, ConsistentRead: true }),
  );
  return Items.sort((one, other) => Number(one.version) - Number(other.version));
};
const context = { getRemainingTimeInMillis: () => 60_000 } as never;
const stream = (of: readonly Row[], seconds = 1_760_000_000) =>
  handler(
    {
      Records: of.map((row) => ({
        eventName: 'INSERT',
        dynamodb: { NewImage: marshall(row), ApproximateCreationDateTime: seconds },
      })),
    },
    context,
  );

const pull = async (query: Record<string, string> = {}, token: object = admin) => {
  const { status, body } = await ask(api, { route: 'GET /events', query, token: token as never });
  return { status, ...body };
};
/** All events, page after page. */
const pullAll = async (query: Record<string, string> = {}, token: object = admin) => {
  const items: {
    id: string;
    type: string;
    data: { aggregate: { id: string; version: number } };
  }[] = [];
  let after: string | undefined;
  for (let page = 0; page < 100; page += 1) {
    const got = await pull({ ...query, ...(after === undefined ? {} : { after }) }, token);
    items.push(...got.items);
    after = got.next;
    if (got.retryAfterSeconds > 0) break;
  }
  return { items, after: after ?? '' };
};

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

test('every event is there once, in order for each aggregate, in pages of any size', async () => {
  await publish(town.ours);
  const all = await rows();
  for (const row of all) await stream([row]);
  for (const limit of ['1', '3', '100']) {
    const { items, after } = await pullAll({ limit });
    expect(items.map(({ id }) => id).sort()).toEqual((await ledger()).map(({ id }) => id).sort());
    const seen = new Map<string, number>();
    for (const { data } of items) {
      expect(data.aggregate.version).toBe((seen.get(data.aggregate.id) ?? 0) + 1);
      seen.set(data.aggregate.id, data.aggregate.version);
    }
    // Nothing more comes until something more happens; then that and nothing else.
    expect(await pull({ after })).toMatchObject({ items: [], next: after, retryAfterSeconds: 30 });
  }
  const { after } = await pullAll();
  await defineArea('xinhua', { kind: 'subdistrict', name: '新华街道', parentId: 'demo' });
  await stream((await rows()).filter((row) => row.pk === 'area#xinhua'));
  expect((await pull({ after })).items).toMatchObject([{ type: 'AreaDefined' }]);
});

test('where the district lets nobody wait, the answer comes at once and says when to ask again', async () => {
  let reads = 0;
  const counting = around('QueryCommand', {
    before: () => {
      reads += 1;
    },
  });
  const got = await pull({ waitSeconds: '20' });
  counting.mockRestore();
  expect([got.retryAfterSeconds, reads]).toEqual([30, 1]);
});

test('a batch that is repeated, or whose end was unknown, adds nothing twice', async () => {
  const all = await rows();
  await stream(all);
  await stream(all);
  await stream(all.slice(0, 3));
  expect((await pullAll()).items).toHaveLength(all.filter(holdsEvent).length);
});

test('of two that write at once, each finds its place', async () => {
  const all = await rows();
  const half = Math.floor(all.length / 2);
  const faults = around('PutCommand', {
    before: async () => {
      faults.mockRestore();
      await stream(all.slice(half));
    },
  });
  await stream(all.slice(0, half));
  expect((await pullAll()).items).toHaveLength(all.filter(holdsEvent).length);
});

test('a reader misses nothing, however many write at once and whatever their clocks say', async () => {
  const told = (n: number): Told => ({
    head: {
      ...{ id: `${n}`, type: 'AreaDefined', district: 'test', correlationId: 'c' },
      aggregate: { type: 'area', id: `${n}`, version: 1 },
      recordedAt: '2025-10-18T06:00:00.000Z',
    },
    part: { areaId: null, theme: null, organisationId: null, figures: {} },
    areaIds: [],
  });
  const seen: string[] = [];
  let place = { number: 0, index: 0 };
  const follow = async (): Promise<void> => {
    const page = await readLog(place, 100, () => true);
    seen.push(...page.events.map(({ head }) => head.id));
    place = page.place;
  };
  let writing = true;
  const reading = (async () => {
    while (writing) await follow();
  })();
  const write = async (first: number): Promise<void> => {
    for (let n = first; n < first + 20; n += 1)
      await addToLog([told(n)], 1_760_000_000_000 - Math.floor(Math.random() * 2_000));
  };
  await Promise.all([write(0), write(100), write(200)]);
  writing = false;
  await reading;
  await follow();
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
});

test('a clock that goes back leads nobody astray', async () => {
  const [first = {}, second = {}] = (await rows()).filter(holdsEvent);
  await stream([first], 1_760_000_000);
  const { after } = await pullAll();
  await stream([second], 1_000_000_000);
  expect((await pull({ after })).items).toHaveLength(1);
});

test('what cannot be read holds up nobody', async () => {
  const all = (await rows()).filter(holdsEvent);
  const broken = { ...all[0], event: { ...Object(all[0]?.event), type: 'Nothing' } };
  await stream([broken, ...all.slice(1)]);
  expect((await pullAll()).items).toHaveLength(all.length - 1);
  await handler({ from: '2000-01-01T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' }, context);
  expect(new Set((await pullAll()).items.map(({ id }) => id)).size).toBe(all.length);
});

test('filters: types, theme, organisation, and an area with what lies in it', async () => {
  await stream(await rows());
  const typesOf = async (query: Record<string, string>) =>
    (await pullAll(query)).items.map(({ type }) => type);
  expect(await typesOf({ types: 'AreaDefined' })).toEqual(['AreaDefined', 'AreaDefined']);
  expect(await typesOf({ areaId: 'demo', types: 'ActivityPublished,CampaignOpened' })).toEqual([
    'ActivityPublished',
  ]);
  expect(await typesOf({ theme: 'FREE_CLINIC' })).toEqual(['ActivityPublished']);
  expect(await typesOf({ theme: 'NOTHING' })).toEqual([]);
  expect(await typesOf({ organisationId: town.theirs })).toEqual(['OrganisationRegistered']);
  expect((await pull({ types: 'Nothing' })).status).toBe(400);
});

test('a machine sees its organisation, an auditor public figures, the district all', async () => {
  await stream(await rows());
  const partner = { sub: 'machine', role: 'partner', organisation: town.ours };
  const own = (await pullAll({}, partner)).items;
  expect(own.map(({ type }) => type).sort()).toEqual([
    'ActivityPublished',
    'OrganisationRegistered',
  ]);
  for (const [query, token] of [
    [{ organisationId: town.theirs }, partner],
    [{ content: 'full' }, partner],
    [{ content: 'full' }, { sub: 'auditor', role: 'auditor' }],
    [{}, { sub: 'machine', role: 'partner' }],
    [{}, { sub: 'somebody', role: 'organiser', organisation: town.ours }],
  ] as const)
    expect((await pull(query, token)).status).toBe(403);
  const asAuditor = JSON.stringify((await pullAll({}, { sub: 'auditor', role: 'auditor' })).items);
  expect(asAuditor).not.toContain(town.volunteerId);
  expect(JSON.stringify((await pullAll({ content: 'full' })).items)).toContain(town.volunteerId);
});

test('a reader may begin at a time, and cursors of other lists are refused', async () => {
  const all = (await rows()).filter(holdsEvent);
  // The stream says when something arrived to the minute, before it was recorded.
  const noonSeconds = Date.parse('2025-10-18T06:00:00Z') / 1_000;
  for (const [at, row] of all.entries()) await stream([row], noonSeconds + at * 3_600);
  const times = (await ledger()).map(({ recordedAt }) => recordedAt);
  for (const since of new Set(times)) {
    const { items } = await pullAll({ since });
    expect(items).toHaveLength(times.filter((each) => each >= since).length);
  }
  expect((await pullAll({ since: '2300-01-01T00:00:00Z' })).items).toEqual([]);
  expect((await pullAll({ since: '9999-12-31T23:59:59Z' })).items).toEqual([]);
  const since = '2025-10-01T00:00:00Z';
  expect((await pull({ after: 'nonsense' })).status).toBe(400);
  expect((await pull({ since, after: (await pull()).next })).status).toBe(400);
});
