import '../../support/tables.ts';
import {
  PutCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { apply } from '../../../functions/figures/apply.ts';
import { deleteOldGenerations } from '../../../functions/projector/delete-old-generations.ts';
import { projectEvent } from '../../../functions/projector/project-event.ts';
import { rebuild } from '../../../functions/projector/rebuild.ts';
import { reconcile } from '../../../functions/projector/reconcile.ts';
import { takeNewer } from '../../../functions/projector/take-newer.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { inGeneration, readGenerations } from '../../../functions/views/generations.ts';
import { awsError } from '../../support/aws-error.ts';
import {
  append,
  logged,
  merged,
  numbers,
  season,
  verified,
  verifiedActivity,
} from '../../support/generations.ts';
import { allViews, deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);
afterEach(() => {
  jest.restoreAllMocks();
});

const always = () => true;
const quick = { waitMs: 1 };
const live = async () => (await readGenerations()).live;

const begin = async (events: readonly DomainEvent[] = season()): Promise<void> => {
  await append(events);
  await deliver(events);
};

/** How many items of each kind a generation has, without those that a merge put ahead of entries. */
const kindsOf = async (generation: number): Promise<Readonly<Record<string, number>>> => {
  const prefix = inGeneration(generation, '');
  const kinds: Record<string, number> = {};
  for (const { pk, h } of await allViews()) {
    const name = String(pk).slice(prefix.length);
    if (!String(pk).startsWith(prefix) || /^(\d+~|generations$)/.test(name)) continue;
    if (h && Object.keys(h).length === 0) continue;
    const [kind = ''] = name.split('#');
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
};

test('a rebuild makes what the projector made, agrees with the Ledger, and is read from then on', async () => {
  await begin();
  expect(await reconcile(1, 1)).toEqual([]);
  expect(await rebuild(always, quick)).toMatchObject({
    state: 'switched',
    generation: 2,
    drift: [],
  });
  expect(await readGenerations()).toMatchObject({ live: 2, loading: null, building: null });
  expect(await reconcile(2, 1)).toEqual([]);
  expect(await kindsOf(2)).toEqual(await kindsOf(1));
});

test('a sheet of which the projector has only the last event is taken in whole', async () => {
  await append(season());
  const before = logged(1);
  const events = season().filter(
    ({ aggregate: { id, version } }) => id !== before.aggregate.id || version > 1,
  );
  expect(events.length).toBe(season().length - 1);
  const projected = events.flatMap((event) => projectEvent(event) ?? []);
  expect(await apply(projected, 2)).toEqual([]);
  await takeNewer(2);
  expect(await reconcile(2, 1)).toEqual([]);
});

test('interrupted at every step and called again, it comes to the same', async () => {
  await begin();
  let calls = 0;
  for (;;) {
    calls += 1;
    let asked = 3;
    const { state } = await rebuild(() => asked-- > 0, quick);
    if (state !== 'building') break;
    expect(await live()).toBe(1);
  }
  expect(calls).toBeGreaterThan(3);
  expect(await live()).toBe(2);
  expect(await reconcile(2, 1)).toEqual([]);
});

type Send = (command: object) => Promise<unknown>;

/** Runs `first` before the nth command that fits, and sends that one only when it is done. */
const beforeThe = (
  n: number,
  fits: (command: object) => boolean,
  first: (command: object) => unknown,
) => {
  const send = dynamodb.send.bind(dynamodb) as Send;
  let met = 0;
  jest.spyOn(dynamodb as unknown as { send: Send }, 'send').mockImplementation(async (command) => {
    if (fits(command)) {
      met += 1;
      if (met === n) await first(command);
    }
    return send(command);
  });
  return { send, met: () => met };
};

const isStep = (command: object): boolean =>
  command instanceof TransactWriteCommand &&
  command.input.TransactItems?.[0]?.Put?.Item?.pk === 'generations';

test('a builder that dies before any of its steps is continued, and its late step does nothing', async () => {
  await begin();
  const counted = beforeThe(0, isStep, () => undefined);
  await rebuild(always, quick);
  const steps = counted.met();
  jest.restoreAllMocks();
  expect(steps).toBeGreaterThan(20);
  for (let n = 1; n <= steps; n += 5) {
    let late: object | undefined;
    const { send } = beforeThe(n, isStep, (command) => {
      late = command;
      throw awsError('TimeoutError');
    });
    await expect(rebuild(always, quick)).rejects.toThrow('TimeoutError');
    expect(await rebuild(always, quick)).toMatchObject({ state: 'switched', drift: [] });
    await expect(send(late as object)).rejects.toThrow('ConditionalCheckFailed');
    jest.restoreAllMocks();
    expect(await reconcile(await live(), 1)).toEqual([]);
  }
});

test('two at once do one rebuild', async () => {
  await begin();
  const both = [rebuild(always, quick), rebuild(always, quick)];
  const reports = await Promise.allSettled(both);
  expect(reports.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(await live()).toBe(2);
  expect(await reconcile(2, 1)).toEqual([]);
});

const late = () => [
  verified(0),
  verified(3),
  ...[12, 13, 14, 15].map(verifiedActivity),
  logged(12),
  merged(2, 6),
];

test('the projector writes nothing into a generation that is being loaded', async () => {
  await append(season());
  expect(await rebuild(() => false)).toMatchObject({ state: 'building' });
  expect(await readGenerations()).toMatchObject({ live: 1, loading: 2, building: null });
  await deliver(season());
  expect(await kindsOf(2)).toEqual({});
});

test('what is appended before the projector joins is taken in from the Ledger', async () => {
  await begin();
  const isJoin = (command: object) =>
    command instanceof UpdateCommand &&
    String(command.input.UpdateExpression).startsWith('SET building');
  beforeThe(1, isJoin, () => append(late()));
  expect(await rebuild(always, quick)).toMatchObject({ state: 'switched', drift: [] });
  expect(await reconcile(2, 1)).toEqual([]);
  await deliver([...season(), ...late()]);
  expect(await reconcile(2, 1)).toEqual([]);
});

test('what is appended after that is taken in by the projector, before the switch and after it', async () => {
  await begin();
  const isSwitch = (command: object) =>
    command instanceof UpdateCommand &&
    String(command.input.UpdateExpression).startsWith('SET live = :generation');
  beforeThe(1, isSwitch, async () => {
    await append(late());
    await deliver(late());
  });
  expect(await rebuild(always, quick)).toMatchObject({ state: 'switched', drift: [] });
  expect(await reconcile(2, 1)).toEqual([]);
  const last = numbers(3).map((n) => logged(13 + n));
  await append(last);
  await deliver(last);
  expect(await reconcile(2, 1)).toEqual([]);
});

test('a generation that contradicts itself is not switched to', async () => {
  await begin();
  const isJoin = (command: object) =>
    command instanceof UpdateCommand &&
    String(command.input.UpdateExpression).startsWith('SET building');
  beforeThe(1, isJoin, () =>
    dynamodb.send(
      new PutCommand({
        TableName: process.env.VIEWS_TABLE,
        Item: { pk: '2~totals#2025', sk: '2025-04#area-0#p', 'V:FREE_CLINIC': 7 },
      }),
    ),
  );
  expect(await rebuild(always, quick)).toMatchObject({ state: 'drift', generation: 2 });
  expect(await live()).toBe(1);
  jest.restoreAllMocks();
  expect(await rebuild(always, { ...quick, restart: true })).toMatchObject({
    state: 'switched',
    generation: 3,
  });
});

test('old generations are deleted, and nothing else, also when one is begun meanwhile', async () => {
  await begin();
  await rebuild(always, quick);
  const { send } = beforeThe(
    1,
    (command) => command instanceof ScanCommand,
    () => undefined,
  );
  expect(send).toBeDefined();
  jest.restoreAllMocks();
  beforeThe(
    1,
    (command) => command instanceof ScanCommand,
    () => rebuild(always, quick),
  );
  await deleteOldGenerations(always, 0);
  jest.restoreAllMocks();
  expect(await live()).toBe(3);
  await deleteOldGenerations(always, 0);
  expect(await kindsOf(1)).toEqual({});
  expect(await reconcile(3, 1)).toEqual([]);
});
