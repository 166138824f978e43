import '../support/tables.ts';

import { paginateScan, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from '@jest/globals';
import { roles } from '../../events/envelope.ts';
import { volunteerIdOf } from '../../functions/ledger/actor.ts';
import { apis } from '../../functions/reference/contracts.ts';
import { openApi } from '../../functions/reference/openapi.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { type Ask, ask } from '../support/http-event.ts';
import { deliver } from '../support/projecting.ts';
import {
  type Access,
  beyondRights,
  held,
  openedWithoutLog,
  withAccesses,
} from '../support/rights.ts';
import { freshTables } from '../support/tables.ts';
import { admin, foundTown, ledger } from '../support/town.ts';
import { must, newSubject, openPlace, type Place, renewed, type Town, tokenOf } from './place.ts';
import { contact, oneByOne, requests, spoiling } from './requests.ts';
import { type Asker, type Standing, standings, table } from './table.ts';

// Half of all records are in the sample here, so that those that are and those that are not are soon found.
process.env.DISTRICT = JSON.stringify({
  ...JSON.parse(process.env.DISTRICT ?? '{}'),
  auditSample: 500,
});

interface Operation {
  readonly tags: readonly [string];
  readonly security: readonly unknown[];
}
/** Every route there is, by the document that is made of what is served. */
const routes: ReadonlyMap<string, Operation> = new Map(
  Object.entries(openApi().paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Operation>).map(
      ([method, operation]): [string, Operation] => [`${method.toUpperCase()} ${path}`, operation],
    ),
  ),
);
const routeOf = (name: string): string => name.split(' · ')[0] ?? '';

test('every route has a row, and every row a route and a request', () => {
  const rows = Object.keys(table);
  expect([...new Set(rows.map(routeOf))].sort()).toEqual([...routes.keys()].sort());
  expect(Object.keys(requests).sort()).toEqual(rows.sort());
});

const askers: readonly Asker[] = [...roles, 'nobody'];
let town: Town;
/** A place for each standing, for whatever leaves it as it is. */
const shared = new Map<Standing, Place>();

beforeAll(async () => {
  await freshTables();
  const founded = await foundTown();
  const handlers = await Promise.all(
    apis.map(async ({ name, http }) => {
      const { handler } = await import(`../../functions/${name}/api.ts`);
      return [name, held(name, http, handler)];
    }),
  );
  town = { ...founded, handlers: Object.fromEntries(handlers) };
  await must(town, 'organisations', {
    route: 'PUT /areas/{id}',
    params: { id: 'xinhua' },
    body: { kind: 'subdistrict', name: '新华街道', parentId: 'demo' },
    token: admin,
  });
  await must(town, 'organisations', {
    route: 'PUT /organisations/{id}/contact',
    params: { id: town.ours },
    body: contact,
    token: admin,
  });
  await deliver(await ledger());
  for (const standing of standings) shared.set(standing, await openPlace(town, standing));
});

/** Where nothing is changed, or what is changed is not missed. */
const sharedPlace = async (standing: Standing, name: string): Promise<Place> =>
  (spoiling.has(name) ? undefined : shared.get(standing)) ?? (await openPlace(town, standing));

/** What changes a volunteer needs another one each time; all else, something made for the same one. */
const changesVolunteer = (name: string): boolean =>
  // A new certificate is in the way of another one for the same person.
  name === 'POST /certificates/{id}/reissue' ||
  /\/volunteers\/\{id\}(?!\/(trainings|commendations|evaluations))/.test(name);
const placeFor = async (name: string, standing: Standing): Promise<Place> => {
  if (name.startsWith('GET ')) return sharedPlace(standing, name);
  return changesVolunteer(name)
    ? openPlace(town, standing)
    : renewed(await sharedPlace(standing, name));
};

const scanned = async (input: ScanCommandInput): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const { Items = [], Count } of paginateScan({ client: dynamodb }, input))
    found.push(...Items.map((item) => JSON.stringify(item)), String(Count));
  return found.sort();
};

/** What there is, as far as a request can change it: no event goes, and a sealed record counts its changes. */
const everything = async () => ({
  events: await scanned({ TableName: process.env.LEDGER_TABLE, Select: 'COUNT' }),
  people: await scanned({
    TableName: process.env.PEOPLE_TABLE,
    ProjectionExpression: 'pk, sk, revision, #until',
    ExpressionAttributeNames: { '#until': 'until' },
  }),
});

const asked = async (name: string, place: Place, token: (sub: string) => Ask['token']) => {
  const arranged = await requests[name]?.(place);
  if (!arranged) throw new Error(`there is no request for ${name}`);
  const { sub = place.sub, ...request } = arranged;
  return { ...request, route: routeOf(name), token: token(sub) } as Ask;
};

interface Cell {
  readonly asker: Asker;
  readonly standing: Standing;
}
/** Only an auditor minds a sample. */
const cells: readonly Cell[] = askers.flatMap((asker) =>
  standings
    .filter((standing) => standing !== 'sampled' || asker === 'auditor')
    .map((standing) => ({ asker, standing })),
);

const each = async <One>(
  all: readonly One[],
  width: number,
  run: (one: One) => Promise<void>,
): Promise<void> => {
  const left = [...all];
  const worker = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await run(one);
  };
  await Promise.all(Array.from({ length: width }, worker));
};

/** Somebody, or an entry or list about people, that nobody ever registered. */
const unknownIds = new Map<boolean, string>();
beforeAll(async () => {
  for (const sampled of [true, false])
    unknownIds.set(sampled, volunteerIdOf('test', await newSubject(sampled)));
});

/** The same request about a person who is not there; undefined when it is about no person. */
const aboutNobody = (
  name: string,
  request: Ask,
  { volunteerId }: Place,
  standing: Standing,
): Ask | undefined => {
  const nobody = unknownIds.get(standing === 'sampled') ?? '';
  const isSheet = / \/sheets\/\{id\}/.test(name);
  const phone = /"phone":"(\d+)"/.exec(JSON.stringify(request.body ?? {}))?.[1];
  const isCalled = name.endsWith('/entries') && phone !== undefined;
  const unknown = isSheet ? `${nobody}~2025-10-18~1` : isCalled ? '13700000000' : nobody;
  const text = JSON.stringify(request);
  if (isCalled) return JSON.parse(text.replaceAll(phone, unknown));
  const named = /^(GET|POST) \/(sheets|imports)\/\{id\}|\/confirm$/.test(name)
    ? (request.params?.id ?? '')
    : volunteerId;
  return text.includes(named) ? JSON.parse(text.replaceAll(named, unknown)) : undefined;
};

/** The kinds of the partitions that were read, but for the areas there are, which are cached. */
const kindsOf = (accesses: readonly Access[]): readonly string[] =>
  accesses
    .filter(({ action }) => /Get|Query/.test(action))
    .map(({ pk }) => pk)
    .filter((pk) => !/^area#.*(demo|hongqi|xinhua)$/.test(pk))
    .map((pk) => pk.split('#')[0] ?? '')
    .sort();

/** Whoever reads any entry of hours is told that there is none. */
const maySeeThere = (name: string, { asker, standing }: Cell): boolean => {
  const reads = table['GET /sheets/{id}'];
  return (
    name.startsWith('POST /sheets/{id}') &&
    typeof reads === 'object' &&
    !!reads[asker]?.includes(standing)
  );
};

test.each(Object.entries(table))('%s', async (name, row) => {
  const operation = routes.get(routeOf(name));
  const handler = town.handlers[operation?.tags[0] ?? ''];
  const statusOf = async (request: Ask): Promise<number> => (await ask(handler, request)).status;
  const withoutToken = await asked(name, await sharedPlace('far', name), () => null);
  if (row === 'public') {
    expect(operation?.security).toEqual([]);
    expect(await statusOf(withoutToken)).toBe(200);
    return;
  }
  if (row === 'signed') {
    expect(operation?.security).toEqual([{ signature: [] }]);
    const before = await everything();
    for (const asker of askers) {
      const token = (sub: string) => tokenOf({ town, sub }, asker, 'near');
      expect(await statusOf(await asked(name, await sharedPlace('near', name), token))).toBe(401);
    }
    expect(await statusOf(withoutToken)).toBe(401);
    expect(await everything()).toEqual(before);
    return;
  }
  expect(operation?.security).toEqual([{ bearer: [] }]);

  const isAllowed = ({ asker, standing }: Cell) => row[asker]?.includes(standing) ?? false;
  const answers: string[] = [];
  const note = ({ asker, standing }: Cell, status: number) => {
    answers.push(`${asker}, ${standing}: ${status > 299 ? status : 'allowed'}`);
  };
  const expected = cells.map(
    (cell) => `${cell.asker}, ${cell.standing}: ${isAllowed(cell) ? 'allowed' : 403}`,
  );
  const refused = cells.filter((cell) => !isAllowed(cell));
  const attempts = await Promise.all(
    refused.map(async (cell) => {
      const place = await sharedPlace(cell.standing, name);
      const token = (sub: string) => tokenOf({ town, sub }, cell.asker, cell.standing);
      return { cell, place, request: await asked(name, place, token) };
    }),
  );
  const before = await everything();
  expect(await statusOf(withoutToken)).toBe(401);
  await each(attempts, 8, async ({ cell, place, request }) => {
    const { answer, accesses } = await withAccesses(() => ask(handler, request));
    note(cell, answer.status);
    expect({ cell, opened: openedWithoutLog(accesses) }).toEqual({ cell, opened: [] });
    const isOwn = cell.standing === 'own' || cell.standing === 'ownNear';
    // Who may at anybody else's record is told that this one may be their own.
    const isBarred = cell.standing === 'waiting' && isAllowed({ ...cell, standing: 'far' });
    const other = aboutNobody(routeOf(name), request, place, cell.standing);
    if (other && !isOwn && !isBarred && !maySeeThere(name, cell)) {
      const { answer: absent, accesses: more } = await withAccesses(() => ask(handler, other));
      expect({ cell, ...absent }).toEqual({ cell, ...answer });
      // Nor does the time tell it: areas are cached, and everything else is read alike. A record that
      // took part in a merge is read once more, for a repeated command.
      const isMerged = cell.standing === 'waiting' || /\/(accept-|un)merge$/.test(name);
      if (!isMerged)
        expect({ cell, reads: kindsOf(more) }).toEqual({ cell, reads: kindsOf(accesses) });
    }
  });
  expect(await everything()).toEqual(before);

  // What is changed is made anew for each who may.
  await each(cells.filter(isAllowed), oneByOne.has(name) ? 1 : 8, async (cell) => {
    const place = await placeFor(name, cell.standing);
    const token = (sub: string) => tokenOf({ town, sub }, cell.asker, cell.standing);
    const request = await asked(name, place, token);
    const { answer, accesses } = await withAccesses(() => ask(handler, request));
    note(cell, answer.status);
    // Staff open no record of a person without an entry in its log, whatever they do with it.
    if (!place.isOwn)
      expect({ cell, opened: openedWithoutLog(accesses) }).toEqual({ cell, opened: [] });
  });
  expect(answers.sort()).toEqual([...expected].sort());
});

test('each function did what its slice says that it may, and nothing else', async () => {
  expect(beyondRights()).toEqual([]);
  const { handler } = await import('../../functions/campaigns/api.ts');
  await ask(held('campaigns', {}, handler), {
    route: 'GET /campaigns/{year}',
    params: { year: '2025' },
  });
  expect(beyondRights()).toEqual(['functions/campaigns/slice.ts lacks ledger: campaign']);
});
