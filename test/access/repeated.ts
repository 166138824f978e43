// The same command again: at the same moment, at any point of the first one, or after a crash.
import '../support/tables.ts';

import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { openApi } from '../../functions/reference/openapi.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { awsError } from '../support/aws-error.ts';
import { type Answer, type Ask, ask } from '../support/http-event.ts';
import { deliver } from '../support/projecting.ts';
import { freshTables } from '../support/tables.ts';
import { foundTown, ledger } from '../support/town.ts';
import { openPlace, type Town, tokenOf } from './place.ts';
import { requests } from './requests.ts';
import { type Asker, type Standing, table } from './table.ts';

const routeOf = (name: string): string => name.split(' · ')[0] ?? '';
const slices: ReadonlyMap<string, string> = new Map(
  Object.entries(openApi().paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, { tags: [string] }>).map(
      ([method, { tags }]): [string, string] => [`${method.toUpperCase()} ${path}`, tags[0]],
    ),
  ),
);
/** But for those that a machine signs, which have tests of their own: `inbound/receive`. */
const commands = Object.entries(table).flatMap(([name, row]) =>
  name.startsWith('GET ') || row === 'signed' ? [] : [name],
);

/** What keeps no event, and so no key: the same again comes to the same. */
const keepsNoKey: ReadonlySet<string> = new Set([
  // These change nothing.
  'POST /plans',
  'POST /inbound/{partner}/try',
  'PUT /organisations/{id}/contact',
  // The key is kept with the calendar, and who may not have one any more gets none.
  'POST /volunteers/{id}/calendar',
  'DELETE /volunteers/{id}/calendar',
  'PUT /volunteers/{id}/access-approvals/{readerId}',
  // The receiver gets the test event, with the same id, once more.
  'POST /webhooks/{id}/test',
  // Of a repeated request, nothing is put into the queue again.
  'POST /webhooks/{id}/deliveries/{deliveryId}/resend',
  'POST /webhooks/{id}/recover',
]);

/** What keeps its key, but no event. */
const keepsNoEvent: ReadonlySet<string> = new Set([...keepsNoKey, 'POST /volunteers/look-up']);

/** What is checked again by what the actor may do now: personal data, and the report of a list, which is not kept. */
const readsAgain: ReadonlySet<string> = new Set([
  'POST /volunteers/import',
  'POST /volunteers/look-up',
]);

let town: Town;
// One for each command: events are counted by a scan, and a scan of all commands' events takes long.
beforeEach(async () => {
  await freshTables();
  const founded = await foundTown();
  const handlers = await Promise.all(
    [...new Set(slices.values())].map(async (slice) => [
      slice,
      (await import(`../../functions/${slice}/api.ts`)).handler,
    ]),
  );
  town = { ...founded, handlers: Object.fromEntries(handlers) };
  await deliver(await ledger());
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Somebody who may; the nearest, for the others' areas are not there. */
const allowed = (name: string): { readonly asker: Asker; readonly standing: Standing } => {
  const row = table[name];
  for (const [asker, standings] of Object.entries(typeof row === 'object' ? row : {})) {
    const standing = (['near', 'ownNear', 'own', 'far'] as const).find((each) =>
      standings.includes(each),
    );
    if (standing) return { asker: asker as Asker, standing };
  }
  throw new Error(`nobody may ${name}`);
};

let keys = 0;
/** A command that was not made before, with its key. */
const newRequest = async (name: string): Promise<Ask> => {
  const { asker, standing } = allowed(name);
  const place = await openPlace(town, standing);
  const arranged = await requests[name]?.(place);
  if (!arranged) throw new Error(`there is no request for ${name}`);
  const { sub = place.sub, query, ...request } = arranged;
  const { dryRun: _, ...asks } = query ?? {};
  keys += 1;
  return {
    ...request,
    ...(query ? { query: asks } : {}),
    route: routeOf(name),
    token: tokenOf({ town, sub }, asker, standing),
    key: `repeated-${keys}`,
  };
};
const send = (request: Ask): Promise<Answer> =>
  ask(town.handlers[slices.get(request.route) ?? ''], request);

const countEvents = async (): Promise<number> => {
  let count = 0;
  const pages = paginateScan(
    { client: dynamodb },
    {
      TableName: process.env.LEDGER_TABLE,
      Select: 'COUNT',
      FilterExpression: '#version > :none',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':none': 0 },
    },
  );
  for await (const { Count = 0 } of pages) count += Count;
  return count;
};
const eventsOf = async <Result>(act: () => Promise<Result>): Promise<[Result, number]> => {
  const before = await countEvents();
  const result = await act();
  return [result, (await countEvents()) - before];
};

type Send = (command: object) => Promise<unknown>;
/**
 * Does something before or after the so manyth call that the client makes of the database, or with
 * 0 nothing, and counts the calls. What it does calls the database undisturbed.
 */
const atCall = async <Result>(
  wanted: number,
  { before, after }: { before?: () => Promise<unknown>; after?: () => void },
  act: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly calls: readonly string[] }> => {
  const sendOn = dynamodb.send.bind(dynamodb) as Send;
  const calls: string[] = [];
  let isInside = false;
  const spy = jest
    .spyOn(dynamodb as unknown as { send: Send }, 'send')
    .mockImplementation(async (command) => {
      if (isInside) return sendOn(command);
      calls.push(command.constructor.name);
      const isWanted = calls.length === wanted;
      if (isWanted && before) {
        isInside = true;
        try {
          await before();
        } finally {
          isInside = false;
        }
      }
      const result = await sendOn(command);
      if (isWanted) after?.();
      return result;
    });
  try {
    return { result: await act(), calls };
  } finally {
    spy.mockRestore();
  }
};

const shown = ({ status, headers, body }: Answer) => {
  const text = JSON.stringify(body)?.replace(/"latencyMs":\d+/, '"latencyMs":0');
  return { status, etag: headers.etag, text };
};

/** The command's only answer: all of them are the same, and the events are those of one. */
const expectOne = (answers: readonly Answer[], count: number, expected: number): void => {
  const [first, ...others] = answers.map(shown);
  expect(first?.status).toBeLessThan(300);
  for (const other of others) expect(other).toEqual(first);
  expect(count).toBe(expected);
};

/** How closely a repetition is looked at. */
interface Thoroughness {
  /** Whether the same command also comes at each call of the database of the first one, or after a lost answer. */
  readonly atEachCall: boolean;
}

const testAtEachCall = async (
  name: string,
  calls: readonly string[],
  events: number,
): Promise<void> => {
  // The same request is made, and done, at every point of the first one.
  for (const at of calls.keys()) {
    const request = await newRequest(name);
    let twin: Answer | undefined;
    const before = async () => {
      twin = await send(request);
    };
    const [{ result }, count] = await eventsOf(() =>
      atCall(at + 1, { before }, () => send(request)),
    );
    expectOne([result, ...(twin ? [twin] : [])], count, events);
  }
  // The answer to a write is lost.
  for (const [at, call] of calls.entries()) {
    if (!/^(Put|TransactWrite)/.test(call)) continue;
    const request = await newRequest(name);
    const after = () => {
      throw awsError('TimeoutError');
    };
    const [answers, count] = await eventsOf(async () => {
      const { result } = await atCall(at + 1, { after }, () => send(request));
      const again = [await send(request), await send(request)];
      return result.status < 300 ? [result, ...again] : again;
    });
    expectOne(answers, count, events);
  }
};

const testRepeating = async (name: string, { atEachCall }: Thoroughness): Promise<void> => {
  const [once, events] = await eventsOf(async () => {
    const request = await newRequest(name);
    return eventsOf(() => atCall(0, {}, () => send(request)));
  }).then(([inner]) => inner);
  expect(once.result.status).toBeLessThan(300);
  expect(events > 0).toBe(!keepsNoEvent.has(name));

  for (const times of [2, 3]) {
    const request = await newRequest(name);
    const [answers, count] = await eventsOf(() =>
      Promise.all(Array.from({ length: times }, () => send(request))),
    );
    expectOne(answers, count, events);
  }
  if (atEachCall) await testAtEachCall(name, once.calls, events);
  if (keepsNoKey.has(name)) return;
  const request = await newRequest(name);
  const first = await send(request);
  if (!readsAgain.has(name)) {
    const powerless = (asked: Ask): Ask => ({
      ...asked,
      token: { ...asked.token, role: 'nothing' },
    });
    expect(shown(await send(powerless(request)))).toEqual(shown(first));
    // So does a command that found nothing to change.
    const another = { ...request, key: `${request.key}-again` };
    const [unchanged, count] = await eventsOf(() => send(another));
    if (unchanged.status < 300 && count === 0)
      expect(shown(await send(powerless(another)))).toEqual(shown(unchanged));
  }
  const { body } = request;
  const other = { ...request, body: body === undefined ? {} : `${asText(body)}\n` };
  const answer = await send(other);
  expect([answer.status, answer.body.type]).toEqual([
    422,
    'urn:leifeng:problem:idempotency-key-reused',
  ]);
};

const asText = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** Defines the tests of repeated commands. */
export const testRepeated = (thoroughness: Thoroughness): void => {
  test('every command there is has a row', () => {
    const all = [...slices.keys()].filter(
      (route) => !route.startsWith('GET ') && table[route] !== 'signed',
    );
    expect([...new Set(commands.map(routeOf))].sort()).toEqual(all.sort());
  });

  test.each(commands)('%s: again, it gives the same answer and nothing happens twice', (name) =>
    testRepeating(name, thoroughness),
  );

  test('the same key of somebody else is another command', async () => {
    const name = 'POST /activities';
    const request = await newRequest(name);
    const { body } = await send(request);
    const other = await send({ ...request, token: { ...request.token, sub: 'somebody-else' } });
    expect(other.status).toBe(201);
    expect(other.body.id).not.toBe(body.id);
  });
};
