import '../../support/tables.ts';

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { catalogue, type DomainEvent } from '../../../events/catalogue.ts';
import { handler } from '../../../functions/dashboards/api.ts';
import { baseMetrics } from '../../../functions/figures/metrics.ts';
import { append } from '../../../functions/ledger/ledger.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { areaIds, type Facts, idOf, themes } from '../../lab/figures/district.ts';
import { fold } from '../../lab/figures/fold.ts';
import { months, play } from '../../lab/figures/history.ts';
import { createRandom } from '../../lab/random.ts';
import { documentsOf } from '../../support/documents-of.ts';
import { type Ask, ask } from '../../support/http-event.ts';
import { putItems } from '../../support/put-items.ts';
import { campaign, eventOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const verifier = { sub: 'verifier', role: 'verifier' };
const auditor = { sub: 'auditor', role: 'auditor' };
const admin = { sub: 'admin', role: 'district-admin' };

const organisation = idOf('a', 0);
const unitOf = () => ({ organisationId: organisation, teamId: null });

/** The first random season that has people of several records, partners and outputs. */
const seasonWith = (seed: number): Facts => {
  const facts = play(createRandom(seed, 'engine'), 'many');
  const isRich =
    [...facts.people.values()].filter(({ mergedInto }) => mergedInto !== null).length > 1 &&
    fold(facts).get('2025|*|*|P') !== undefined &&
    (fold(facts).get('2025|*|*|V') ?? 0) > 3;
  return isRich ? facts : seasonWith(seed + 1);
};
const facts = seasonWith(1);

const put = async (pages = 4): Promise<void> => {
  await freshTables();
  await putItems(documentsOf(facts, { pages, unitOf }));
};

/** Appends an event to the Ledger. */
const given = (event: DomainEvent): Promise<void> =>
  append([{ event, idempotency: undefined, earlierKeys: undefined }]);

type Query = Readonly<Record<string, string | undefined>>;

const requestOf = (period: string, rest: string, query: Query, token?: Ask['token']): Ask => {
  const isYear = period.length === 4;
  return {
    route: `GET ${isYear ? '/totals/{year}' : '/dashboards/{month}'}${rest}`,
    params: isYear ? { year: period } : { month: period },
    query: Object.fromEntries(
      Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
    ...(token ? { token } : {}),
  };
};
const read = (period: string, query: Query = {}) => ask(handler, requestOf(period, '', query));
const listed = (period: string, query: Query, token: Ask['token'] = verifier) =>
  ask(handler, requestOf(period, '/lines', query, token));

/** All lines of a metric, page by page. */
const allLines = async (period: string, query: Query, token: Ask['token'] = verifier) => {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
  const items: any[] = [];
  for (let cursor: string | undefined, pages = 0; pages < 60; pages += 1) {
    const { status, body } = await listed(period, { ...query, cursor }, token);
    expect([query, status]).toEqual([query, 200]);
    expect(body.restarted).toBe(false);
    items.push(...body.items);
    if (body.next === null) return items;
    cursor = body.next;
  }
  throw new Error('the list does not end');
};

const sumOf = (values: readonly (number | null | undefined)[]): number | null => {
  const known = values.flatMap((value) => value ?? []);
  return known.length > 0 ? known.reduce((a, b) => a + b) : null;
};

describe('a season in documents', () => {
  beforeAll(() => put());

  test('anybody reads the figures of any cell', async () => {
    const figures = fold(facts);
    for (const period of [...months, '2025', '2026'])
      for (const area of [undefined, ...areaIds])
        for (const theme of [undefined, ...themes]) {
          const { status, body } = await read(period, { areaId: area, theme });
          const at = [period, area ?? '*', theme ?? '*'].join('|');
          // There is no campaign here: a theme is known that has figures anywhere in the year.
          const ofTheme = `${period.slice(0, 4)}|*|${theme}|`;
          const known = [...figures.keys()].some((name) => name.startsWith(ofTheme));
          expect([at, status]).toEqual([at, theme && !known ? 404 : 200]);
          if (status !== 200) continue;
          for (const [name, metric] of [
            ['participations', 'participations'],
            ['activitiesHeld', 'activitiesHeld'],
            ['V', 'distinctVolunteers'],
            ['P', 'partners'],
          ] as const) {
            const wanted = figures.get(`${at}|${name}`) ?? null;
            expect([at, metric, body.metrics[metric].value]).toEqual([at, metric, wanted]);
          }
        }
  });

  test('the lines of every figure add up to it, however long its pages are', async () => {
    const metrics = [...Object.keys(baseMetrics), 'outputs.binsWiped'];
    for (const period of ['2025-03', '2025-12', '2025'])
      for (const [area, within] of [[undefined], ['s1'], ['s1', 'only'], ['a1']] as const) {
        const { body } = await read(period, { areaId: area, within });
        for (const metric of metrics)
          for (const limit of ['1000', '2']) {
            const lines = await allLines(period, { metric, areaId: area, within, limit });
            const at = { period, area, within, metric, limit };
            const shown = body.metrics[metric];
            if (shown?.aggregation === 'ratio') {
              for (const part of ['numerator', 'denominator']) {
                const sum = sumOf(lines.map((line) => line[part]));
                expect({ ...at, [part]: sum }).toEqual({ ...at, [part]: shown[part] });
              }
              expect(lines.every(({ value }) => value === null)).toBe(true);
              continue;
            }
            const added = sumOf(lines.map((line) => line.value));
            // Those who have left have no line: the figure of those who stay is 0 then.
            const value = shown?.aggregation === 'last' && shown.value === 0 ? (added ?? 0) : added;
            expect({ ...at, value }).toEqual({ ...at, value: shown?.value ?? null });
            if (shown?.estimated !== undefined)
              expect(sumOf(lines.map((line) => line.estimated))).toBe(shown.estimated);
            const ids = lines.map(({ id, month }) => `${id} ${month}`);
            expect(new Set(ids).size).toBe(ids.length);
          }
      }
  });

  test('a person of several records is one line', async () => {
    const lines = await allLines('2025', { metric: 'distinctVolunteers' });
    const merged = new Set(
      [...facts.people.values()].flatMap(({ id, mergedInto }) => (mergedInto === null ? [] : [id])),
    );
    expect(lines.map(({ id }) => id).filter((id) => merged.has(id))).toEqual([]);
    for (const { kind, partCount, parts } of lines) {
      expect([kind, partCount]).toEqual(['person', parts.length]);
      for (const { id, version } of parts)
        expect([id, version]).toEqual([id, (facts.sheets.get(id)?.entries.size ?? 0) + 1]);
    }
  });

  test('a line of a sheet says at which version to read it', async () => {
    const { body } = await listed('2025', { metric: 'participations' });
    expect(body.items.length).toBeGreaterThan(0);
    for (const line of body.items) {
      const sheet = facts.sheets.get(line.id);
      expect(line).toMatchObject({
        kind: 'sheet',
        areaId: sheet?.place.areaId,
        theme: sheet?.place.theme,
        organisationId: organisation,
        version: (sheet?.entries.size ?? 0) + 1,
      });
    }
    expect(body).toMatchObject({ asOf: '2026-02-01T00:00:00.000Z', next: null, restarted: false });
    const sum = sumOf(body.items.map((line: { value: number }) => line.value));
    expect(body.value).toBe(sum);
  });

  test('a page whose documents have changed is the first page again', async () => {
    const query = { metric: 'participations', limit: '1' };
    const first = await listed('2025', query);
    const again = await listed('2025', { ...query, cursor: first.body.next });
    expect(again.body.restarted).toBe(false);
    const [area] = areaIds;
    const page = documentsOf(facts, { pages: 4, unitOf }).find(
      ({ pk, sk }) => pk === 'totals#2025' && /#\d$/.test(String(sk)),
    );
    expect(area).toBeDefined();
    await dynamodb.send(
      new PutCommand({ TableName: process.env.VIEWS_TABLE, Item: { ...page, rev: 99 } }),
    );
    const restarted = await listed('2025', { ...query, cursor: first.body.next });
    expect(restarted.body).toMatchObject({ restarted: true, items: first.body.items });
    expect(restarted.body.next).not.toBe(first.body.next);
    await put();
  });

  test('an auditor sees every line, and nobody’s id', async () => {
    const secrets = [...facts.people.keys()];
    const counted = ['participations', 'distinctVolunteers', 'registeredVolunteers', 'partners'];
    for (const metric of counted) {
      const known = await allLines('2025', { metric, limit: '3' });
      const shown = await allLines('2025', { metric, limit: '3' }, auditor);
      expect(shown.map(({ value }) => value)).toEqual(known.map(({ value }) => value));
      expect(known.length).toBeGreaterThan(0);
      const text = JSON.stringify(shown);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    const { body } = await listed('2025', { metric: 'distinctVolunteers', limit: '1' }, auditor);
    const cursor = Buffer.from(body.next, 'base64url').toString('latin1');
    for (const secret of secrets) expect(cursor).not.toContain(secret);
  });

  test('pseudonyms connect no two years, but for registrations, which are in all of them', async () => {
    const ids = async (period: string, metric: string) =>
      (await allLines(period, { metric }, auditor)).map(({ id }) => id);
    const [now, next] = [
      await ids('2025', 'distinctVolunteers'),
      await ids('2026', 'distinctVolunteers'),
    ];
    const registered = await ids('2025', 'registeredVolunteers');
    expect(now.length * registered.length).toBeGreaterThan(0);
    expect(now.filter((id) => next.includes(id) || registered.includes(id))).toEqual([]);
    expect((await ids('2025-12', 'distinctVolunteers')).every((id) => now.includes(id))).toBe(true);
    const later = await ids('2026', 'registeredVolunteers');
    expect(registered.filter((id) => later.includes(id)).length).toBeGreaterThan(0);
  });

  test('the order of persons says nothing of their ids', async () => {
    for (const metric of ['distinctVolunteers', 'volunteersRegistered']) {
      const ids = (await allLines('2025', { metric })).map(({ id }) => id);
      expect([metric, ids]).not.toEqual([metric, [...ids].sort()]);
    }
  });

  test('a cursor is good for its own list only', async () => {
    const query = { metric: 'participations', limit: '1' };
    const { body } = await listed('2025', query);
    const cursor = body.next;
    for (const wrong of [
      { ...query, cursor: 'nonsense' },
      { ...query, cursor: `${cursor}A` },
      { ...query, cursor: `,${cursor}` },
      { ...query, metric: 'creditedMinutes', cursor },
      { ...query, areaId: 's1', cursor },
      { ...query, areaId: 's1', within: 'only', cursor },
    ]) {
      const { status, body: problem } = await listed('2025', wrong);
      expect([wrong, status, problem.type]).toEqual([
        wrong,
        400,
        'urn:leifeng:problem:invalid-cursor',
      ]);
    }
    expect((await listed('2026', { ...query, cursor })).status).toBe(400);
  });
});

describe('what is not there', () => {
  beforeEach(() => put(1));

  test('an area or theme that nobody knows', async () => {
    for (const query of [
      { areaId: 'nowhere' },
      { theme: 'NOPE' },
      { areaId: 'a1', theme: 'NOPE' },
    ]) {
      for (const period of ['2025-03', '2025']) {
        const answer = await read(period, query);
        expect([query, answer.status, answer.body.type]).toEqual([
          query,
          404,
          'urn:leifeng:problem:not-found',
        ]);
        for (const metric of ['participations', 'distinctVolunteers'])
          expect((await listed(period, { ...query, metric })).status).toBe(404);
      }
    }
  });

  test('a theme of the campaign without figures is known, and unknown figures are null', async () => {
    const planned = { ...campaign, year: 2027 };
    await given(eventOf({ type: 'CampaignPlanned', data: { campaign: planned } }, { id: '2027' }));
    const { status, body } = await read('2027', { theme: 'FREE_CLINIC' });
    expect([status, body.asOf, body.breakdown]).toEqual([200, null, { area: {}, theme: {} }]);
    for (const name of Object.keys(baseMetrics)) expect(body.metrics[name].value).toBeNull();
    expect(body.metrics.registeredVolunteers.reason).toBe('not-by-theme');
    expect(body.metrics.evidenceShare.reason).toBe('not-recorded');
    expect(body.metrics.onTimeRecordShare).toMatchObject({ numerator: null, denominator: null });
    expect((await read('2027', { theme: 'NOPE' })).status).toBe(404);
  });

  test('an area that was defined a moment ago', async () => {
    expect((await read('2025', { areaId: 'new-area' })).status).toBe(404);
    await putItems([
      {
        pk: 'areas',
        sk: 'new-area',
        row: { id: 'new-area', parentId: 'd', parents: [{ fromYear: 0, parentId: 'd' }] },
      },
    ]);
    expect((await read('2025', { areaId: 'new-area' })).status).toBe(200);
  });

  test('a figure that does not exist', async () => {
    for (const metric of ['stars', 'constructor', 'volunteersRegistered ']) {
      const { status, body } = await listed('2025', { metric });
      expect([status, body.type]).toEqual([400, 'urn:leifeng:problem:unknown-metric']);
    }
  });
});

describe('who may see what', () => {
  beforeAll(() => put(1));

  test('figures by organisation are for staff', async () => {
    const query = { organisationId: organisation };
    expect((await read('2025', query)).body.type).toBe('urn:leifeng:problem:staff-only');
    const status = async (token: Ask['token']) =>
      (await ask(handler, requestOf('2025', '/staff', query, token))).status;
    expect(await status(null)).toBe(401);
    expect(await status({ sub: 'somebody', role: 'volunteer' })).toBe(403);
    expect(await status({ sub: 'somebody', role: 'organiser' })).toBe(403);
  });

  test('they are sums; persons and partners are not counted by organisation', async () => {
    const sample = catalogue.OrganisationRegistered.example.organisation;
    const registered = { ...sample, id: organisation, areaId: 'a1' };
    await given(
      eventOf(
        { type: 'OrganisationRegistered', data: { organisation: registered } },
        { id: organisation },
      ),
    );
    for (const token of [verifier, auditor, admin]) {
      for (const period of ['2025-03', '2025']) {
        const all = await read(period);
        const { status, body } = await ask(
          handler,
          requestOf(period, '/staff', { organisationId: organisation }, token),
        );
        expect(status).toBe(200);
        for (const metric of ['participations', 'activitiesHeld', 'creditedMinutes'])
          expect(body.metrics[metric].value).toBe(all.body.metrics[metric].value);
        for (const metric of ['distinctVolunteers', 'partners', 'registeredVolunteers', 'teams'])
          expect(body.metrics[metric]).toMatchObject({
            value: null,
            reason: 'not-by-organisation',
          });
      }
    }
    const other = { sub: 'o', role: 'organiser', organisation };
    const own = await ask(
      handler,
      requestOf('2025', '/staff', { organisationId: organisation }, other),
    );
    expect([own.status, own.body.filter.organisationId]).toEqual([200, organisation]);
    const nobody = { organisationId: idOf('a', 77) };
    expect((await ask(handler, requestOf('2025', '/staff', nobody, admin))).status).toBe(404);
    expect((await ask(handler, requestOf('2025', '/staff', nobody, other))).status).toBe(403);
  });

  test('lines are for staff', async () => {
    const query = { metric: 'participations' };
    expect((await ask(handler, requestOf('2025', '/lines', query))).status).toBe(401);
    const volunteer = { sub: 'somebody', role: 'volunteer' };
    expect((await listed('2025', query, volunteer)).status).toBe(403);
  });
});
