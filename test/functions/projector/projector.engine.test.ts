import '../../support/tables.ts';

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { verify } from '../../../functions/participation/decider.ts';
import { handler } from '../../../functions/projector/projector.ts';
import { awsError, cancelled } from '../../support/aws-error.ts';
import { around } from '../../support/faults.ts';
import { totalsOf } from '../../support/figures.ts';
import { deliveries, history } from '../../support/history.ts';
import { invoke } from '../../support/invoke.ts';
import {
  allViews,
  batchOf,
  deliver,
  deliverAll,
  failedOf,
  storedTotals,
} from '../../support/projecting.ts';
import { activity, eventOf, hours, idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

const arrivals = history.chain((events) => deliveries(events));

describe('the totals are a plain sum over the newest events', () => {
  test('in any order, with any of them twice, in any batches, by two at once', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (batches) => {
        await freshTables();
        const half = Math.ceil(batches.length / 2);
        await deliverAll(batches.slice(0, half), 2);
        expect(await storedTotals()).toEqual(totalsOf(batches.slice(0, half).flat()));
        await deliverAll(batches.slice(half), 2);
        expect(await storedTotals()).toEqual(totalsOf(batches.flat()));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  test('whatever the engine does meanwhile', async () => {
    const fault = fc.constantFrom(
      ...(['none', 'none', 'conflict', 'overtaken', 'busy', 'lost', 'lost-conflict'] as const),
    );
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        fc.array(fault, { minLength: 5, maxLength: 20 }),
        async (batches, faults) => {
          await freshTables();
          const at = (call: number) => faults[call - 1];
          const writes = around('TransactWriteCommand', {
            before: (call) => {
              if (at(call) === 'conflict') throw cancelled('TransactionConflict');
              if (at(call) === 'overtaken') throw cancelled('ConditionalCheckFailed');
              if (at(call) === 'busy') throw awsError('ProvisionedThroughputExceededException');
            },
            // It was done, but nobody heard of it.
            after: (call) => {
              if (at(call) === 'lost') throw awsError('TimeoutError');
              if (at(call) === 'lost-conflict') throw cancelled('ConditionalCheckFailed');
            },
          });
          await deliverAll(batches, 2);
          writes.mockRestore();
          expect(await storedTotals()).toEqual(totalsOf(batches.flat()));
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
  });

  test('also of a batch that needs more than one transaction', async () => {
    await freshTables();
    const entries = Array.from({ length: 60 }, (_, n): DomainEvent[] => {
      const state = {
        ...hours,
        areaId: `area-${n % 20}`,
        volunteerId: idOf('c', n),
        activityId: idOf('b', n % 3),
      };
      const id = idOf('d', n);
      return [
        eventOf({ type: 'HoursLogged', data: { hours: state } }, { id }),
        eventOf(verify(state, 'v'), { id, version: 2 }),
      ];
    });
    const partnerIds = Array.from({ length: 20 }, (_, n) => idOf('a', n));
    const held = Array.from({ length: 6 }, (_, n) => {
      const verified = { ...activity, partnerIds, status: 'verified' as const };
      return eventOf(
        { type: 'ActivityVerified', data: { activity: verified } },
        { id: idOf('b', n), version: 3 },
      );
    });
    const events = [...entries.flat(), ...held];
    expect(failedOf(await invoke(handler, batchOf(events)))).toEqual([]);
    expect(await storedTotals()).toEqual(totalsOf(events));
  });
});

describe('a batch', () => {
  beforeEach(freshTables);

  const good = exampleOf('HoursLogged');
  const poison: [string, string][] = [
    ['is not JSON', '{"detail":'],
    ['is not an object', 'null'],
    ['has no detail', '{}'],
    ['is of a type nobody knows', JSON.stringify({ detail: { ...good, type: 'HoursForgotten' } })],
    ['is of a later version', JSON.stringify({ detail: { ...good, schemaVersion: 3 } })],
    ['has broken data', JSON.stringify({ detail: { ...good, data: { hours: {} } } })],
  ];

  test.each(poison)('with a message that %s takes in the others', async (_, body) => {
    const other = exampleOf('VolunteerRegistered');
    expect(failedOf(await invoke(handler, batchOf([good, body, other])))).toEqual(['m-1']);
    expect(await storedTotals()).toEqual(totalsOf([good, other]));
  });

  test('of poison alone is reported whole', async () => {
    const all = failedOf(await invoke(handler, batchOf(poison.map(([, body]) => body))));
    expect(all).toEqual(poison.map((_, at) => `m-${at}`));
  });

  test('of nothing is nothing', async () => {
    expect(await invoke(handler, batchOf([]))).toEqual({ batchItemFailures: [] });
  });

  test('with events that show nowhere is taken', async () => {
    const events = [exampleOf('CampaignPlanned'), exampleOf('CampaignOpened')];
    expect(failedOf(await invoke(handler, batchOf(events)))).toEqual([]);
    expect(await allViews()).toEqual([]);
  });

  test('that could not be written is reported, every message of it, and counted once later', async () => {
    const id = idOf('d', 1);
    const events = [
      eventOf({ type: 'HoursLogged', data: { hours } }, { id }),
      eventOf(verify(hours, 'v'), { id, version: 2 }),
      exampleOf('VolunteerRegistered'),
    ];
    const writes = around('TransactWriteCommand', {
      before: () => {
        throw awsError('ProvisionedThroughputExceededException');
      },
    });
    expect(failedOf(await invoke(handler, batchOf(events)))).toEqual(['m-0', 'm-1', 'm-2']);
    writes.mockRestore();
    expect(await storedTotals()).toEqual({});
    await deliver(events);
    expect(await storedTotals()).toEqual(totalsOf(events));
  });

  test('that cannot be read back is reported', async () => {
    around('BatchGetCommand', {
      before: () => {
        throw awsError('ProvisionedThroughputExceededException');
      },
    });
    expect(failedOf(await invoke(handler, batchOf([good])))).toEqual(['m-0']);
  });

  test('that cannot be told its generation is reported, message by message', async () => {
    around('GetCommand', {
      before: () => {
        throw awsError('ProvisionedThroughputExceededException');
      },
    });
    const campaign = exampleOf('CampaignOpened');
    expect(failedOf(await invoke(handler, batchOf([good, campaign])))).toEqual(['m-0']);
  });

  test('of more than a slice: what fails takes nothing else with it', async () => {
    // 88 lines and the one cell they are all in make a slice.
    const many = Array.from({ length: 200 }, (_, n) =>
      eventOf({ type: 'HoursLogged', data: { hours } }, { id: idOf('d', n) }),
    );
    around('TransactWriteCommand', {
      before: (call) => {
        if (call === 2) throw awsError('ValidationException');
      },
    });
    const failed = failedOf(await invoke(handler, batchOf(many)));
    expect(failed).toEqual(Array.from({ length: 88 }, (_, n) => `m-${88 + n}`));
    expect(await storedTotals()).toEqual(totalsOf([...many.slice(0, 88), ...many.slice(176)]));
  });

  test('older than what is there changes nothing, not a row', async () => {
    const id = idOf('d', 1);
    const first = eventOf({ type: 'HoursLogged', data: { hours } }, { id });
    const second = eventOf(verify(hours, 'v'), { id, version: 2 });
    await deliver([second]);
    const before = await allViews();
    await deliver([first, second]);
    expect(await allViews()).toEqual(before);
  });
});

describe('somebody who was faster', () => {
  beforeEach(freshTables);

  /** Takes in `first`, while `rival` is taken in between its reading and its writing. */
  const overtaken = async (first: DomainEvent, rival: DomainEvent) => {
    const writes = around('TransactWriteCommand', {
      before: (call) => call === 1 && deliver([rival]),
    });
    await deliver([first]);
    expect(writes.mock.calls.length).toBeGreaterThan(2);
    writes.mockRestore();
  };
  const verified = (n: number) => eventOf(verify(hours, 'v'), { id: idOf('d', n), version: 2 });
  const voided = (n: number) =>
    eventOf(
      { type: 'HoursVoided', data: { hours: { ...hours, status: 'voided' }, reason: '重复' } },
      { id: idOf('d', n), version: 3 },
    );

  test.each([[[]], [[verified(1)]]])(
    'with the same volunteer is not forgotten, with %# there before',
    async (before) => {
      await deliver(before);
      await overtaken(verified(2), verified(3));
      const three = [...before, verified(2), verified(3)];
      expect(await storedTotals()).toEqual(totalsOf(three));
      // A presence that lost a line would now be thought gone while one is left.
      const gone = [...before.map(() => voided(1)), voided(2)];
      await deliver(gone);
      expect(await storedTotals()).toEqual(totalsOf([...three, ...gone]));
      await deliver([voided(3)]);
      expect(await storedTotals()).toEqual({});
    },
  );

  test.each([
    [
      'an older version',
      verified(1),
      eventOf({ type: 'HoursLogged', data: { hours } }, { id: idOf('d', 1) }),
    ],
    ['a newer version', verified(1), voided(1)],
    ['the same version', verified(1), verified(1)],
  ])('with %s of the same entry is counted once', async (_, first, rival) => {
    await overtaken(first, rival);
    expect(await storedTotals()).toEqual(totalsOf([first, rival]));
  });

  test('with a newer version, over one that both have read, is counted once', async () => {
    const logged = eventOf({ type: 'HoursLogged', data: { hours } }, { id: idOf('d', 1) });
    await deliver([logged]);
    await overtaken(verified(1), voided(1));
    expect(await storedTotals()).toEqual({});
  });
});
