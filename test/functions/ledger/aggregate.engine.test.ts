import { entryAt } from '../../support/entries.ts';
import '../../support/tables.ts';

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Activity } from '../../../events/activities.ts';
import type { Fact } from '../../../events/catalogue.ts';
import type { Sheet } from '../../../events/participation.ts';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { append, type Command, load } from '../../../functions/ledger/ledger.ts';
import { actor } from '../../support/actors.ts';
import { awsError, cancelled } from '../../support/aws-error.ts';
import { around } from '../../support/faults.ts';
import { noon } from '../../support/http-event.ts';
import { activity, entry, idOf, place, sheetFact, sheetIdOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

/** A kind of aggregate with a number in its state. */
interface Kind<State> {
  readonly type: 'activity' | 'sheet';
  readonly id: (n: number) => string;
  readonly numberOf: (state: State) => number;
  /** Any state is a fact here: what is tested is how it gets into the Ledger. */
  readonly become: (number: number) => Fact;
}

const ofActivities: Kind<Activity> = {
  type: 'activity',
  id: (n) => idOf('d', n),
  numberOf: ({ outcome }) => outcome?.beneficiaries?.count ?? 0,
  become: (count) => ({
    type: 'ActivityCompleted',
    data: {
      activity: {
        ...activity,
        outcome: { beneficiaries: { count, basis: 'counted' }, outputs: {} },
      },
    },
  }),
};

/** Its events carry only what changed: the state is folded. */
const ofSheets: Kind<Sheet> = {
  type: 'sheet',
  id: (n) => sheetIdOf({ ...place, activityId: idOf('d', n) }),
  numberOf: ({ entries }) => entries.get(entry.volunteerId)?.creditedMinutes ?? 0,
  become: (creditedMinutes) => sheetFact('HoursVerified', [{ ...entry, creditedMinutes }]),
};

const kinds = [ofActivities, ofSheets] as unknown as readonly Kind<unknown>[];

describe.each(kinds)('$type', ({ type, id, numberOf, become }) => {
  const stream = (n: number) => ({ type, id: id(n) });
  const { create, execute, find, get } = aggregate(type) as unknown as ReturnType<
    typeof aggregate<'activity'>
  >;
  const key = (name: string, hash = 'h') => ({ key: name, hash });
  const command = (name: string, hash?: string): Command => ({
    district: 'test',
    actor: { role: 'organiser', id: 'organiser-1' },
    at: noon,
    correlationId: 'c-1',
    idempotency: key(name, hash),
  });

  const minutes = async (n = 1) => {
    const found = await find(id(n));
    return found && numberOf(found.state);
  };
  /** A fact of this kind, as the typed handle takes it. */
  const fact = (number: number) => become(number) as Fact<'ActivityCompleted'>;
  const versions = async (n = 1) =>
    (await load(stream(n))).map(({ event }) => event.aggregate.version);

  const request = (
    name: string | null,
    { hash = 'h', ifMatch }: { hash?: string; ifMatch?: number } = {},
  ) => ({
    actor: actor('organiser-1', null, 'organiser'),
    at: noon,
    correlationId: 'c-1',
    idempotency: name === null ? undefined : key(name, hash),
    ifMatch,
  });

  /** A creation by somebody who may. */
  const may = (name: string, hash?: string) => ({
    request: request(name, hash === undefined ? {} : { hash }),
    authorise: () => 'organiser' as const,
  });

  /** Adds a minute, so that an update that is lost is seen. */
  const addMinute = (of: ReturnType<typeof request>, more: object = {}, n = 1) =>
    execute(id(n), {
      request: of,
      authorise: () => 'organiser',
      decide: (state) => fact(numberOf(state) + 1),
      ...more,
    });

  const rival = async () => {
    const { state, version } = await get(id(1));
    await append([entryAt(stream(1), version + 1, become(numberOf(state)), command('rival'))]);
  };

  beforeEach(async () => {
    await freshTables();
    await create(id(1), {
      ...may('first'),
      prepare: async () => fact(10),
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  describe('execute', () => {
    test('appends the next version and answers with it', async () => {
      const { state, version } = await addMinute(request('a'));
      expect(version).toBe(2);
      expect(numberOf(state)).toBe(11);
      expect(await versions()).toEqual([1, 2]);
      const [, second] = await load(stream(1));
      expect(second?.event).toMatchObject({
        actor: { role: 'organiser', id: 'organiser-1' },
        correlationId: 'c-1',
        recordedAt: new Date(noon).toISOString(),
      });
    });

    test('of what is not there is refused', async () => {
      await expect(addMinute(request('a'), {}, 2)).rejects.toMatchObject({
        code: 'not-found',
        params: { what: type, id: id(2) },
      });
    });

    test('by somebody who may not is refused, and nothing appended', async () => {
      await expect(addMinute(request('a'), { authorise: () => undefined })).rejects.toMatchObject({
        code: 'forbidden',
      });
      expect(await versions()).toEqual([1]);
    });

    test('with nothing to change appends nothing', async () => {
      const { version } = await addMinute(request('a'), { decide: () => null });
      expect(version).toBe(1);
      expect(await versions()).toEqual([1]);
    });

    test('three at once each count once', async () => {
      const done = await Promise.all(['a', 'b', 'c'].map((name) => addMinute(request(name))));
      expect(done.map(({ version }) => version).sort()).toEqual([2, 3, 4]);
      expect(await minutes()).toBe(13);
      expect(await versions()).toEqual([1, 2, 3, 4]);
    });

    test.each([1, 2])('decides again when somebody was faster %i times', async (times) => {
      around('PutCommand', { before: (call) => call <= times && rival() });
      const { version, state } = await addMinute(request('a'));
      expect(version).toBe(times + 2);
      expect(numberOf(state)).toBe(11);
    });

    test('gives up after the third time, having appended nothing', async () => {
      around('PutCommand', { before: rival });
      const decide = jest.fn((state: Activity) => fact(numberOf(state)));
      await expect(addMinute(request('a'), { decide })).rejects.toMatchObject({ code: 'conflict' });
      expect(decide).toHaveBeenCalledTimes(3);
      const entries = await load(stream(1));
      expect(entries.map(({ idempotency }) => idempotency?.key)).toEqual([
        ...['first', 'rival', 'rival', 'rival'],
      ]);
    });
  });

  describe('If-Match', () => {
    test('the present version passes', async () => {
      expect((await addMinute(request('a', { ifMatch: 1 }))).version).toBe(2);
    });

    test.each([0, 2])('version %i does not, and nothing is appended', async (ifMatch) => {
      await expect(addMinute(request('a', { ifMatch }))).rejects.toMatchObject({
        code: 'stale-version',
        params: { version: 1 },
      });
      expect(await versions()).toEqual([1]);
    });

    test('a change between reading and writing makes it stale', async () => {
      around('PutCommand', { before: (call) => call === 1 && rival() });
      await expect(addMinute(request('a', { ifMatch: 1 }))).rejects.toMatchObject({
        code: 'stale-version',
      });
      expect(await minutes()).toBe(10);
    });
  });

  describe('a retry of execute', () => {
    test('gets the same answer and appends nothing, also after others', async () => {
      const answer = await addMinute(request('a'));
      expect(await addMinute(request('a'))).toEqual(answer);
      await addMinute(request('b'));
      expect(await addMinute(request('a'))).toEqual(answer);
      expect(await minutes()).toBe(12);
      expect(await versions()).toEqual([1, 2, 3]);
    });

    test('needs no If-Match to be still right, nor the action to be still allowed', async () => {
      const answer = await addMinute(request('a', { ifMatch: 1 }));
      const refuse = () => {
        throw new Error('not allowed any more');
      };
      expect(await addMinute(request('a', { ifMatch: 1 }), { decide: refuse })).toEqual(answer);
    });

    test('with another body is refused and appends nothing', async () => {
      await addMinute(request('a'));
      await expect(addMinute(request('a', { hash: 'other' }))).rejects.toMatchObject({
        code: 'idempotency-key-reused',
      });
      expect(await versions()).toEqual([1, 2]);
    });

    test('without a key is a new command', async () => {
      await addMinute(request(null));
      await addMinute(request(null));
      expect(await minutes()).toBe(12);
    });

    test('two at once are one', async () => {
      const [one, other] = await Promise.all([addMinute(request('a')), addMinute(request('a'))]);
      expect(other).toEqual(one);
      expect(await versions()).toEqual([1, 2]);
    });

    test('after an outcome nobody knows is one', async () => {
      around('PutCommand', {
        after: (call) => {
          if (call === 1) throw awsError('TimeoutError');
        },
      });
      expect((await addMinute(request('a'))).version).toBe(2);
      expect((await addMinute(request('a'))).version).toBe(2);
      expect(await minutes()).toBe(11);
    });

    test('by the SDK, which then meets its own event, is one', async () => {
      around('PutCommand', {
        after: (call) => {
          if (call === 1) throw awsError('ConditionalCheckFailedException');
        },
      });
      expect((await addMinute(request('a'))).version).toBe(2);
      expect(await minutes()).toBe(11);
      expect(await versions()).toEqual([1, 2]);
    });
  });

  describe('a key that may be a repeat', () => {
    /** How many rows of the stream are read, and with which condition. */
    const reads = () => {
      const seen: (string | undefined)[] = [];
      around('QueryCommand', {
        before: (_call, input) => {
          seen.push((input as { FilterExpression?: string }).FilterExpression);
        },
      });
      return seen;
    };

    test('is looked for; a new one is known by the newest row alone, however many came before', async () => {
      for (let n = 0; n < 20; n += 1) await addMinute(request(`earlier-${n}`));
      const seen = reads();
      await addMinute(request('new'));
      expect(seen).toEqual([undefined]);
      expect((await addMinute(request('earlier-3'))).version).toBe(5);
      // The rows of the key, which a folded state does not need: all its rows are read anyway.
      const looked = type === 'sheet' ? [] : ['#command.#key = :key'];
      expect(seen.filter((filter) => filter !== undefined)).toEqual(looked);
      expect(await minutes()).toBe(31);
    });

    test('is looked for where the keys before are not all known', async () => {
      await addMinute(request('a'));
      const { state, version } = await get(id(1));
      await append([
        entryAt(stream(1), version + 1, become(numberOf(state)), command('elsewhere')),
      ]);
      const answer = await addMinute(request('a'));
      expect(answer.version).toBe(2);
      await addMinute(request('b'));
      expect((await addMinute(request('elsewhere'))).version).toBe(3);
      expect(await versions()).toEqual([1, 2, 3, 4]);
    });

    test('is found after more keys than a row keeps', async () => {
      for (let n = 0; n < 130; n += 1) await addMinute(request(`k${n}`));
      for (const n of [0, 1, 99, 100, 101, 129])
        expect((await addMinute(request(`k${n}`))).version).toBe(n + 2);
      expect(await minutes()).toBe(140);
    });
  });

  describe('create', () => {
    const begin = (name: string, { hash, n = 100 }: { hash?: string; n?: number } = {}) =>
      create(id(n), { ...may(name, hash), prepare: async () => fact(1) });
    const hasBegun = async (n = 100) => (await load(stream(n))).length > 0;

    test('it begins at version 1', async () => {
      const { version, state } = await begin('a');
      expect([version, numberOf(state)]).toEqual([1, 1]);
    });

    test('a retry gives the same answer, also after changes', async () => {
      const answer = await begin('a');
      expect(await begin('a')).toEqual(answer);
      await addMinute(request('b'), {}, 100);
      expect(await begin('a')).toEqual(answer);
      expect(await versions(100)).toEqual([1, 2]);
    });

    test('a retry gets its answer though it could not begin any more', async () => {
      const answer = await begin('a');
      const refuse = async () => {
        throw new Error('not allowed any more');
      };
      expect(await create(id(100), { ...may('a'), prepare: refuse })).toEqual(answer);
    });

    test('a retry gets its answer though its actor may do nothing any more', async () => {
      const answer = await begin('a');
      const refused = {
        ...{ ...may('a'), authorise: () => undefined },
        prepare: async () => fact(1),
      };
      expect(await create(id(100), refused)).toEqual(answer);
      await expect(create(id(200), refused)).rejects.toMatchObject({ code: 'forbidden' });
    });

    test('the key with another body is refused', async () => {
      await begin('a');
      await expect(begin('a', { hash: 'other' })).rejects.toMatchObject({
        code: 'idempotency-key-reused',
      });
      expect(await versions(100)).toEqual([1]);
    });

    test('another key for what there can be one of: exists already', async () => {
      await begin('a');
      await expect(begin('b')).rejects.toMatchObject({ code: 'already-exists' });
      expect(await versions(100)).toEqual([1]);
    });

    test('what prepare refuses begins nothing', async () => {
      const refuse = async () => {
        throw new Error('no');
      };
      await expect(create(id(100), { ...may('a'), prepare: refuse })).rejects.toThrow('no');
      expect(await hasBegun()).toBe(false);
    });

    test('two at once with one key are one', async () => {
      const [one, other] = await Promise.all([begin('a'), begin('a')]);
      expect(other).toEqual(one);
      expect(await versions(100)).toEqual([1]);
    });

    test('an outcome nobody knows is looked up', async () => {
      around('PutCommand', {
        after: (call) => {
          if (call === 1) throw awsError('TimeoutError');
        },
      });
      expect((await begin('a')).version).toBe(1);
      expect(await hasBegun()).toBe(true);
    });

    /** Written with something else, it is a transaction. */
    const beginBeside = () =>
      create(id(100), {
        ...may('a'),
        prepare: async () => fact(1),
        alsoWrite: async () => [
          { Put: { TableName: process.env.VIEWS_TABLE, Item: { pk: 'beside', sk: 'it' } } },
        ],
      });

    test.each([
      [1, true],
      [2, true],
      [3, false],
    ])('%i transaction conflicts are tried again: %p', async (times, done) => {
      around('TransactWriteCommand', {
        before: (call) => {
          if (call <= times) throw cancelled('TransactionConflict');
        },
      });
      const outcome = beginBeside();
      if (done) expect((await outcome).version).toBe(1);
      else await expect(outcome).rejects.toMatchObject({ code: 'conflict' });
      expect(await hasBegun()).toBe(done);
    });

    test.each(['ProvisionedThroughputExceededException', 'ValidationException'])(
      '%s goes to the caller',
      async (name) => {
        around('TransactWriteCommand', {
          before: () => {
            throw awsError(name);
          },
        });
        await expect(beginBeside()).rejects.toThrow(name);
        expect(await hasBegun()).toBe(false);
      },
    );
  });
});

describe('a folded state', () => {
  const { create, execute, findAt } = aggregate('sheet');
  const id = sheetIdOf(place);
  const of = (name: string) => ({
    request: {
      actor: actor('organiser-1', null, 'organiser'),
      at: noon,
      correlationId: 'c-1',
      idempotency: { key: name, hash: 'h' },
      ifMatch: undefined,
    },
    authorise: () => 'organiser' as const,
  });
  const second = { ...entry, volunteerId: idOf('c', 2) };
  const verified = { ...entry, status: 'verified' as const, verifiedBy: ['verifier-1'] };

  test('keeps what earlier events said; a version is read as it was', async () => {
    await freshTables();
    const logged = sheetFact('HoursLogged', [entry, second]) as Fact<'HoursLogged'>;
    await create(id, { ...of('a'), prepare: async () => logged });
    const fact = sheetFact('HoursVerified', [verified], { all: [verified, second] });
    const { state } = await execute(id, {
      ...of('b'),
      decide: () => fact as Fact<'HoursVerified'>,
    });
    expect([...state.entries.values()]).toEqual([verified, second]);
    const before = await findAt(id, 1);
    expect([...(before?.state.entries.values() ?? [])]).toEqual([entry, second]);
    expect(await findAt(id, 3)).toBeUndefined();
  });
});
