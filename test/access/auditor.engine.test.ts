import '../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import { baseMetrics } from '../../functions/figures/metrics.ts';
import { volunteerIdOf } from '../../functions/ledger/actor.ts';
import { apis } from '../../functions/reference/contracts.ts';
import type { Ask } from '../support/http-event.ts';
import { deliver } from '../support/projecting.ts';
import { freshTables } from '../support/tables.ts';
import { foundTown, ledger } from '../support/town.ts';
import { admin, mergeAnother, must, openPlace, type Place } from './place.ts';
import { requests } from './requests.ts';
import { table } from './table.ts';

const auditor = { sub: 'auditor', role: 'auditor' };
const verifier = { sub: 'verifier', role: 'verifier' };

/**
 * Where ids stand as they are. The log of readings is there to name the readers. A team's leader and
 * those in charge of an activity are named to everybody, and no line shows them. Who wrote a story is named beside who approved it,
 * because they have to be others.
 */
const named: ReadonlySet<string> = new Set(['actorId', 'authorIds', 'leaderId', 'responsibleId']);

let place: Place;
/** Records and subjects of everybody but the sampled volunteer. */
let others: ReadonlySet<string>;

const asked = async (name: string, token: Ask['token']): Promise<Ask> => ({
  ...(await requests[name]?.(place)),
  route: name.split(' · ')[0] ?? '',
  token,
});

beforeAll(async () => {
  await freshTables();
  const town = await foundTown();
  const handlers = await Promise.all(
    apis.map(async ({ name }) => {
      const { handler } = await import(`../../functions/${name}/api.ts`);
      return [name, handler] as const;
    }),
  );
  place = await openPlace({ ...town, handlers: Object.fromEntries(handlers) }, 'sampled');
  await mergeAnother(place.town, place.volunteerId);
  for (const [slice, name, token] of [
    ['participation', 'POST /sheets/{id}/verify · leader-roll', verifier],
    ['volunteers', 'POST /volunteers/{id}/credentials', admin],
    ['volunteers', 'GET /volunteers/{id}/person', admin],
    ['teams', 'POST /teams/{id}/members', admin],
  ] as const)
    await must(place.town, slice, await asked(name, token));
  const events = await ledger();
  await deliver(events);
  const ids = events.flatMap(({ actor, aggregate }) => [
    actor.id,
    volunteerIdOf('test', actor.id),
    ...(aggregate.type === 'volunteer' ? [aggregate.id] : []),
  ]);
  others = new Set(ids.filter((id) => id !== place.volunteerId));
});

/** The texts of an answer with the names of their fields. */
const textsOf = (value: unknown, field = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[field, value]];
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, field));
  return Object.entries(value ?? {}).flatMap(([name, item]) => textsOf(item, name));
};

const answerTo = async (name: string, token: Ask['token'], query: object = {}) => {
  const request = await asked(name, token);
  const [slice] = apis.flatMap(({ name: slice, contract }) =>
    Object.values(contract).some(({ key }) => key === request.route) ? [slice] : [],
  );
  const { body } = await must(place.town, slice ?? '', {
    ...request,
    query: { ...request.query, ...query },
  });
  return body;
};

const namesIn = (body: unknown): readonly (readonly [string, string])[] =>
  textsOf(body).filter(([field, text]) => !named.has(field) && others.has(text));

/** Without the documents of the API: they name roles, and some subjects here are named like roles. */
const readable = Object.entries(table).flatMap(([name, row]) =>
  name.startsWith('GET ') &&
  !name.endsWith('.json') &&
  (typeof row === 'string' ? row === 'public' : row.auditor?.includes('sampled'))
    ? [name]
    : [],
);

test.each(readable)('%s: an auditor reads nobody’s id but that of who is sampled', async (name) => {
  expect(namesIn(await answerTo(name, auditor))).toEqual([]);
});

test.each(Object.keys(baseMetrics))(
  'the lines of %s: an auditor reads nobody’s id',
  async (metric) => {
    for (const name of ['GET /dashboards/{month}/lines', 'GET /totals/{year}/lines'])
      expect(namesIn(await answerTo(name, auditor, { metric }))).toEqual([]);
  },
);

test('others do read them there, so there is something to find', async () => {
  const sheet = await answerTo('GET /sheets/{id}', verifier);
  expect(namesIn(sheet).map(([field]) => field)).toEqual(['enteredBy', 'verifiedBy']);
  const record = await answerTo('GET /volunteers/{id}', admin);
  expect(
    namesIn(record)
      .map(([field]) => field)
      .sort(),
  ).toEqual(['awaiting', 'checkedBy', 'id']);
});

test('staff have pseudonyms on the sheet that an auditor reads, the same at each reading', async () => {
  const read = async () => (await answerTo('GET /sheets/{id}', auditor)).entries;
  const [entry, ...more] = await read();
  expect(more).toEqual([]);
  expect(entry.volunteerId).toBe(place.volunteerId);
  const staff = [...entry.enteredBy, ...entry.verifiedBy];
  expect(new Set(staff).size).toBe(2);
  for (const one of staff) expect(one).toMatch(/^p-[\w-]{22}$/);
  expect(await read()).toEqual([entry]);
});
