import '../../support/tables.ts';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { handler as projector } from '../../../functions/projector/projector.ts';
import { reconcile } from '../../../functions/projector/reconcile.ts';
import { handler as memberships } from '../../../functions/teams/keep-memberships.ts';
import { around } from '../../support/faults.ts';
import { invoke } from '../../support/invoke.ts';
import { batchOf, failedOf, follow } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must } from '../../support/town.ts';
import { endWaits } from '../../support/waits.ts';

const people = ['lei', 'wang', 'zhao'] as const;
type Person = (typeof people)[number];
const tokenOf = (sub: Person) => ({ sub, role: 'volunteer' });

let ids: Record<Person, string>;
let ours: string;
let teamIds: readonly string[];

const registrationOf = async (sub: Person): Promise<string> => {
  const body = { areaId: 'hongqi', consentVersion: '1' };
  const route = 'POST /volunteers';
  return (await must('volunteers', { route, body, token: tokenOf(sub) })).body.id;
};
const teamLedBy = (leaderId: string | null) =>
  may('teams', {
    route: 'POST /teams',
    body: {
      name: '义诊队',
      specialty: 'medical',
      areaId: 'hongqi',
      organisationId: ours,
      joining: 'open',
      leaderId,
    },
    token: admin,
  });
const setUp = async () => {
  await freshTables();
  const town = await foundTown();
  ours = town.ours;
  ids = {
    lei: town.volunteerId,
    wang: await registrationOf('wang'),
    zhao: await registrationOf('zhao'),
  };
  teamIds = [(await teamLedBy(null)).body.id, (await teamLedBy(null)).body.id];
};

const join = (sub: Person, team: number) =>
  may('teams', {
    route: 'POST /teams/{id}/members',
    params: { id: teamIds[team] ?? '' },
    body: {},
    token: tokenOf(sub),
  });
const invite = (sub: Person, team: number) =>
  may('teams', {
    route: 'POST /teams/{id}/members',
    params: { id: teamIds[team] ?? '' },
    body: { volunteerId: ids[sub] },
    token: admin,
  });
const onRecord = (sub: Person, route: string, body?: object) =>
  may('volunteers', { route, params: { id: ids[sub] }, body, token: admin });
const erase = (sub: Person) => onRecord(sub, 'DELETE /volunteers/{id}');
const merge = (from: Person, into: Person) =>
  onRecord(from, 'POST /volunteers/{id}/merge', { intoId: ids[into], reason: '同一人' });

/** Hands events to a subscriber; those that it could not handle. */
const hand = async (
  subscriber: typeof memberships | typeof projector,
  ...events: readonly DomainEvent[]
): Promise<readonly DomainEvent[]> => {
  if (subscriber === memberships) return follow(memberships, events);
  const failed = new Set(failedOf(await invoke(projector, batchOf(events))));
  return events.filter((_, at) => failed.has(`m-${at}`));
};

/** Projects and follows until there is nothing left to do. */
const settle = async () => {
  for (let before = 0, now = -1; before !== now; ) {
    before = (await ledger()).length;
    expect(await hand(projector, ...(await ledger()))).toEqual([]);
    expect(await hand(memberships, ...(await ledger()))).toEqual([]);
    now = (await ledger()).length;
  }
};

/** What is broken, seen at once: nothing is under way. */
const breaches = () => reconcile(1, 1);

let waits: ReturnType<typeof endWaits>;
beforeAll(() => {
  waits = endWaits();
});
afterAll(() => waits.mockRestore());

describe('whoever left', () => {
  beforeEach(setUp);

  test('before the Views had that they joined, is in no team at once', async () => {
    await join('wang', 0);
    await erase('wang');
    const events = await ledger();
    const of = (type: string) => events.find((event) => event.type === type) as DomainEvent;
    expect(await hand(memberships, of('VolunteerErased'))).toEqual([]);
    expect(await hand(projector, of('VolunteerErased'), of('TeamMemberJoined'))).toEqual([]);
    expect((await breaches()).map(({ law }) => law)).toContain('teams-of-active-volunteers-only');
    expect(await hand(memberships, of('TeamMemberJoined'))).toEqual([]);
    await settle();
    expect(await breaches()).toEqual([]);
  });

  test('after they joined and before the Views had it, is checked until the Views have it', async () => {
    await join('wang', 0);
    const joined = (await ledger()).find(({ type }) => type === 'TeamMemberJoined') as DomainEvent;
    // It comes again and again until the row is there.
    expect(await hand(memberships, joined)).toEqual([joined]);
    expect(await hand(projector, joined)).toEqual([]);
    expect(await hand(memberships, joined)).toEqual([]);
    await erase('wang');
    await settle();
    expect(await breaches()).toEqual([]);
  });

  test('while they were joining, is in no team', async () => {
    // The command has read that they are active; then they are erased, and all of that is followed.
    const faults = around('PutCommand', {
      before: async (call) => {
        if (call > 1) return;
        await erase('wang');
        await settle();
      },
    });
    const { status } = await join('wang', 0);
    faults.mockRestore();
    expect(status).toBe(201);
    expect(await breaches()).not.toEqual([]);
    await settle();
    expect(await breaches()).toEqual([]);
  });
});

/** A command, a projection or a following; the numbers pick an event, modulo how many there are. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('join'), fc.nat(2), fc.nat(1)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('invite'), fc.nat(2), fc.nat(1)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('form'), fc.nat(2), fc.constant(0)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('erase'), fc.nat(2), fc.constant(0)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('merge'), fc.nat(2), fc.nat(2)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('deactivate'), fc.nat(2), fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('reactivate'), fc.nat(2), fc.constant(0)) },
  { weight: 8, arbitrary: fc.tuple(fc.constant('project'), fc.nat(99), fc.constant(0)) },
  { weight: 8, arbitrary: fc.tuple(fc.constant('follow'), fc.nat(99), fc.constant(0)) },
);
type Step = readonly [string, number, number];

/** Runs steps, some of them at once; then all is projected and followed, some events at a time. */
const play = async (rounds: readonly (readonly Step[])[], sizes: readonly number[]) => {
  await setUp();
  const projected = new Set<string>();
  const followed = new Set<string>();
  const deliver = async (
    subscriber: typeof memberships | typeof projector,
    done: Set<string>,
    of: (left: readonly DomainEvent[]) => readonly DomainEvent[],
  ) => {
    const some = of((await ledger()).filter(({ id }) => !done.has(id)));
    const failed = await hand(subscriber, ...some);
    for (const event of some) if (!failed.includes(event)) done.add(event.id);
    return some.length;
  };
  const one = (number: number) => (left: readonly DomainEvent[]) =>
    left.slice(number % Math.max(1, left.length)).slice(0, 1);
  const run = ([kind, a, b]: Step): Promise<unknown> => {
    const [who, other] = [people[a] ?? 'lei', people[b] ?? 'lei'];
    switch (kind) {
      case 'join':
        return join(who, b);
      case 'invite':
        return invite(who, b);
      case 'form':
        return teamLedBy(ids[who]);
      case 'erase':
        return erase(who);
      case 'merge':
        return merge(who, other);
      case 'deactivate':
        return onRecord(who, 'POST /volunteers/{id}/deactivate', { reason: '迁出' });
      case 'reactivate':
        return onRecord(who, 'POST /volunteers/{id}/reactivate', {});
      case 'project':
        return deliver(projector, projected, one(a));
      default:
        return deliver(memberships, followed, one(a));
    }
  };
  for (const round of rounds) await Promise.all(round.map(run));
  for (let turn = 0, left = 1; left > 0; turn += 1) {
    expect(turn).toBeLessThan(200);
    const size = sizes[turn % sizes.length] ?? 1;
    left = await deliver(memberships, followed, (all) => all);
    left += await deliver(projector, projected, (all) => all.slice(-size));
  }
  // A follow-up that comes again, a quarter of an hour later, changes nothing.
  const before = await ledger();
  await hand(memberships, ...before);
  expect(await ledger()).toHaveLength(before.length);
};

test('nobody stays in a team, or leads one, who is no volunteer any more, in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }),
      async (rounds, sizes) => {
        await play(rounds, sizes);
        expect(await breaches()).toEqual([]);
      },
    ),
    { numRuns: 20, endOnFailure: true },
  );
});
