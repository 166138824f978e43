import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  catalogue,
  type DomainEvent,
  type EventType,
  eventTypes,
} from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { disclose } from '../../../functions/dashboards/disclose.ts';
import { lineOf } from '../../../functions/dashboards/list-lines.ts';
import { baseMetrics, type Metric } from '../../../functions/figures/metrics.ts';
import { lineItem } from '../../../functions/figures/stored-items.ts';
import { projectEvent } from '../../../functions/projector/project-event.ts';
import { disclosures } from '../../../functions/slices.ts';
import { arbitraryOf, uniqueText } from '../../support/arbitrary.ts';

/** Fields whose ids are of things. All others may be of people. */
const things = new Set([
  'activityId',
  'organisationId',
  'recordingUnitId',
  'partnerIds',
  'teamId',
  'importId',
]);

/** Free texts and ids that may be of people, wherever they stand in generated data. */
const secretsIn = (data: unknown, field = ''): readonly string[] => {
  if (typeof data === 'string') {
    const isId = /^[0-9a-f-]{36}$/.test(data) && !things.has(field);
    return isId || data.startsWith('文字') ? [data] : [];
  }
  if (Array.isArray(data)) return data.flatMap((item) => secretsIn(item, field));
  return Object.entries(Object(data)).flatMap(([name, value]) => [
    ...secretsIn(name),
    ...secretsIn(value, name),
  ]);
};

const pseudonym = async (): Promise<string> => 'p-somebody';

/** An event of a type, its data made of its schema, and who did it. */
const eventsOf = (type: EventType): fc.Arbitrary<DomainEvent> =>
  fc
    .record({ data: arbitraryOf(catalogue[type].data), id: fc.uuid(), actorId: uniqueText })
    .map(({ data, id, actorId }) => {
      const example = exampleOf(type);
      const aggregate = { ...example.aggregate, id };
      return { ...example, aggregate, actor: { ...example.actor, id: actorId }, data };
    }) as fc.Arbitrary<DomainEvent>;

/** The lines that an event is, in each figure that it counts in. */
const linesOf = (event: DomainEvent) => {
  const projected = projectEvent(event);
  const { contribution } = projected?.projection ?? {};
  if (!projected || !contribution) return [];
  const metrics = Object.entries(baseMetrics);
  const own = metrics
    .filter(([, { lines }]) => lines === contribution.kind)
    .map(([name, metric]) => ({
      metric,
      line: lineOf({ ...lineItem(projected), pk: '', sk: '' }, name, metric, contribution.month),
    }));
  const present = Object.entries(contribution.present ?? {}).flatMap(([name, members]) => {
    const metric = baseMetrics[name] as Metric;
    return members.map((member) => ({
      metric,
      line: lineOf(
        { pk: '', sk: '', member, lines: { 'hongqi-01|FREE_CLINIC': 1 }, month: '2025-10#x' },
        name,
        metric,
        contribution.month,
      ),
    }));
  });
  return [...own, ...present];
};

test.each(eventTypes)('%s: its lines name nobody and repeat no free text', async (type) => {
  const isPerson = catalogue[type].aggregate === 'volunteer';
  await fc.assert(
    fc.asyncProperty(eventsOf(type), async (event) => {
      const secrets = [
        ...secretsIn(event.data),
        event.actor.id,
        ...(isPerson ? [event.aggregate.id] : []),
      ];
      for (const { line, metric } of linesOf(event)) {
        const text = JSON.stringify(await disclose(line, metric, pseudonym));
        for (const secret of secrets) expect(text).not.toContain(secret);
      }
    }),
    { numRuns: 60 },
  );
});

test.each(eventTypes)('%s: what it counts for has a figure, and is declared', async (type) => {
  const sorts = new Set<string>(Object.values(baseMetrics).map(({ lines }) => lines));
  await fc.assert(
    fc.property(eventsOf(type), (event) => {
      const { kind, present = {} } = projectEvent(event)?.projection.contribution ?? {};
      if (kind === undefined) return;
      expect([...sorts]).toContain(kind);
      expect(Object.keys(disclosures)).toContain(kind.split('.')[0]);
      for (const name of Object.keys(present)) expect(baseMetrics[name]?.lines).toBe('presence');
    }),
    { numRuns: 60 },
  );
});

test('every field of a row that counts is declared', async () => {
  for (const type of eventTypes) {
    const { row, contribution } = projectEvent(exampleOf(type))?.projection ?? {};
    const kind = contribution?.kind.split('.')[0] as keyof typeof disclosures | undefined;
    if (kind)
      expect([type, Object.keys(disclosures[kind]).sort()]).toEqual([
        type,
        ['id', ...Object.keys(row ?? {})].sort(),
      ]);
  }
});

const metric = baseMetrics.creditedMinutes as Metric;
const where = { month: '2025-10', area: 'hongqi-01', theme: null };
const counted = { value: 1, version: 1, recordedAt: null };

test('of a kind that nobody declared nothing is shown but its value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uuid(), fc.object(), uniqueText, async (id, row, secret) => {
      for (const kind of ['story', 'constructor', '__proto__', 'toString']) {
        const line = { ...where, ...counted, id, kind, entry: { ...row, authorId: secret } };
        expect(await disclose(line, metric, pseudonym)).toEqual({
          ...line,
          id: 'p-somebody',
          entry: {},
        });
      }
    }),
  );
});

/** The same data with a field more in every object. */
const withMore = (data: unknown, secret: string): unknown => {
  if (Array.isArray(data)) return data.map((item) => withMore(item, secret));
  if (typeof data !== 'object' || data === null) return data;
  const more = Object.entries(data).map(([name, value]) => [name, withMore(value, secret)]);
  return { ...Object.fromEntries(more), inventedId: secret, constructor: secret };
};

test.each(eventTypes)(
  '%s: a field that nobody declared is not shown, however deep',
  async (type) => {
    await fc.assert(
      fc.asyncProperty(eventsOf(type), uniqueText, async (event, secret) => {
        for (const { line, metric: of } of linesOf(event)) {
          const entry =
            line.kind === 'presence'
              ? line.entry
              : (withMore(line.entry, secret) as Record<string, unknown>);
          const text = JSON.stringify(await disclose({ ...line, entry }, of, pseudonym));
          expect(text).not.toContain(secret);
        }
      }),
      { numRuns: 30 },
    );
  },
);

test('a field that is something else than was declared is not shown', async () => {
  const secret = { name: '欧阳' };
  const entry = {
    status: secret,
    volunteerId: secret,
    enteredBy: [secret, [secret]],
    tags: secret,
  };
  const line = { ...where, ...counted, id: 'x', kind: 'hours', entry };
  expect(JSON.stringify(await disclose(line, metric, pseudonym))).not.toContain('欧阳');
});

test('who is present is shown only where a metric says that it counts things', async () => {
  const line = { ...where, ...counted, id: 'x', kind: 'presence', entry: { lines: {} } };
  const ids = await Promise.all(
    Object.entries(baseMetrics).map(async ([name, of]) => [
      name,
      (await disclose(line, of, pseudonym)).id,
    ]),
  );
  expect(ids.filter(([, id]) => id === 'x').map(([name]) => name)).toEqual([
    'activitiesHeld',
    'partners',
  ]);
});
