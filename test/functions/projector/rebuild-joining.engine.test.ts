import '../../support/tables.ts';
import {
  PutCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { rebuild } from '../../../functions/projector/rebuild.ts';
import { reconcile } from '../../../functions/projector/reconcile.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { readGenerations } from '../../../functions/views/generations.ts';
import { awsError } from '../../support/aws-error.ts';
import { deliver } from '../../support/projecting.ts';
import { activity, eventOf, hours, idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);
afterEach(() => {
  jest.restoreAllMocks();
});

const areaOf = (n: number) => `area-${n % 3}`;

const verifiedActivity = (n: number): DomainEvent => {
  const state = { ...activity, areaId: areaOf(n), status: 'verified' as const };
  const data = { activity: { ...state, partnerIds: [idOf('a', 1)] } };
  return eventOf({ type: 'ActivityVerified', data }, { id: idOf('b', n) });
};

const entry = (n: number) => ({
  ...hours,
  areaId: areaOf(n),
  serviceDate: n % 2 === 0 ? '2025-04-12' : '2025-05-12',
  volunteerId: idOf('c', n % 7),
  activityId: idOf('b', n % 5),
});
const logged = (n: number): DomainEvent =>
  eventOf({ type: 'HoursLogged', data: { hours: entry(n) } }, { id: idOf('d', n) });
const verified = (n: number): DomainEvent => {
  const state = { ...entry(n), status: 'verified' as const, verifiedBy: 'verifier-1' };
  return eventOf(
    { type: 'HoursVerified', data: { hours: state } },
    { id: idOf('d', n), version: 2 },
  );
};

const append = async (events: readonly DomainEvent[]): Promise<void> => {
  for (const { aggregate, ...event } of events)
    await dynamodb.send(
      new PutCommand({
        TableName: process.env.LEDGER_TABLE,
        Item: { pk: `${aggregate.type}#${aggregate.id}`, version: aggregate.version, event },
      }),
    );
};

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
/** Sixty entries of five activities, two of three verified. */
const season = [
  ...numbers(5).map(verifiedActivity),
  ...numbers(60).flatMap((n) => (n % 3 === 0 ? [logged(n)] : [logged(n), verified(n)])),
];

type Item = Readonly<Record<string, unknown>>;

/** The items of a generation as if it were the first, without how often they were written. */
const itemsOf = async (generation: number): Promise<ReadonlyMap<string, Item>> => {
  const prefix = generation === 1 ? '' : `${generation}~`;
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: process.env.VIEWS_TABLE }),
  );
  return new Map(
    Items.filter(({ pk }) => pk !== 'generations' && /^\d+~|/.exec(pk)?.[0] === prefix).map(
      ({ revision: _, ...item }) => [
        `${String(item.pk).slice(prefix.length)}|${item.sk}`,
        Object.fromEntries(
          Object.entries(item).map(([name, value]) => [
            name,
            /^(pk|list|month)$/.test(name) ? String(value).slice(prefix.length) : value,
          ]),
        ),
      ],
    ),
  );
};

type Send = (command: object) => Promise<unknown>;

/** Runs `first` before the first command that fits, and sends that one only when it is done. */
const beforeFirst = (fits: (command: object) => boolean, first: (command: object) => unknown) => {
  const send = dynamodb.send.bind(dynamodb) as Send;
  let met = false;
  jest.spyOn(dynamodb as unknown as { send: Send }, 'send').mockImplementation(async (command) => {
    if (!met && fits(command)) {
      met = true;
      await first(command);
    }
    return send(command);
  });
  return send;
};

const steps = (task: 'load' | 'count') => (command: object) =>
  command instanceof TransactWriteCommand &&
  (command.input.TransactItems ?? []).length > 1 &&
  String(command.input.TransactItems?.[0]?.Put?.Item?.sk).includes(`#${task}#`);

test('what is loaded and counted is item by item what the projector makes', async () => {
  await append(season);
  await deliver(season);
  expect(await rebuild(() => true, { waitMs: 1 })).toMatchObject({ state: 'switched' });
  const [projected, rebuilt] = [await itemsOf(1), await itemsOf(2)];
  expect(projected.size).toBeGreaterThan(100);
  expect(Object.fromEntries(rebuilt)).toEqual(Object.fromEntries(projected));
});

test.each(['load', 'count'] as const)(
  'a step to %s of a builder that died does nothing when it arrives late',
  async (task) => {
    await append(season);
    let late: object | undefined;
    const send = beforeFirst(steps(task), (command) => {
      late = command;
      throw awsError('TimeoutError');
    });
    await expect(rebuild(() => true, { waitMs: 1 })).rejects.toThrow('TimeoutError');
    expect(await rebuild(() => true, { waitMs: 1 })).toMatchObject({ state: 'switched' });
    const more = numbers(60)
      .filter((n) => n % 3 === 0)
      .map(verified);
    await append(more);
    await deliver(more);
    const before = await itemsOf(2);
    await expect(send(late as object)).rejects.toThrow('ConditionalCheckFailed');
    expect(await itemsOf(2)).toEqual(before);
    expect(await reconcile(2, 1)).toEqual([]);
  },
);

test('the projector writes nothing into a generation that is being loaded', async () => {
  await append(season);
  expect(await rebuild(() => false)).toMatchObject({ state: 'building' });
  expect(await readGenerations()).toMatchObject({ live: 1, loading: 2, building: null });
  await deliver(season);
  expect((await itemsOf(2)).size).toBe(0);
});

const pointerMoves = (expression: string) => (command: object) =>
  command instanceof UpdateCommand && String(command.input.UpdateExpression).startsWith(expression);

test('what was appended after its part was loaded is taken in when the projector has joined', async () => {
  await append(season);
  const late = [
    ...numbers(60)
      .filter((n) => n % 3 === 0)
      .map(verified),
    logged(60),
  ];
  beforeFirst(pointerMoves('SET building'), () => append(late));
  expect(await rebuild(() => true, { waitMs: 1 })).toMatchObject({ state: 'switched', drift: [] });
  expect(await reconcile(2, 1)).toEqual([]);
  const rebuilt = await itemsOf(2);
  await deliver([...season, ...late]);
  expect(await itemsOf(2)).toEqual(rebuilt);
});

test('what is appended after that the projector takes in, before the switch and after', async () => {
  await append(season);
  const [late, last] = [
    [verified(0), logged(60)],
    [verified(3), logged(61)],
  ];
  const isComparison = (command: object) =>
    command instanceof ScanCommand && ':totals' in (command.input.ExpressionAttributeValues ?? {});
  beforeFirst(isComparison, async () => {
    await append(late);
    await deliver(late);
  });
  expect(await rebuild(() => true, { waitMs: 1 })).toMatchObject({ state: 'switched', drift: [] });
  await append(last);
  await deliver(last);
  expect(await reconcile(2, 1)).toEqual([]);
  expect((await itemsOf(2)).get(`activity#${idOf('b', 1)}|hours#${idOf('d', 61)}`)).toBeDefined();
});
