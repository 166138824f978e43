import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Volunteer } from '../../../events/volunteers.ts';
import { register } from '../../../functions/people/registration.ts';
import { Rejection } from '../../../functions/refusals/decision.ts';
import { confirm, deactivate, erase, reactivate } from '../../../functions/volunteers/decider.ts';
import {
  acceptMerge,
  merge,
  receiveMerged,
  releaseMerged,
  settleDuplicate,
  suspectDuplicates,
  unmerge,
} from '../../../functions/volunteers/merge-decider.ts';
import { rejectionOf } from '../../support/given.ts';
import { volunteer } from '../../support/samples.ts';

const today = '2025-10-18';
const ids = ['a', 'b', 'c', 'd', 'e'] as const;
type Id = (typeof ids)[number];
type World = Map<string, Volunteer>;

const of = (world: World, id: string): Volunteer => {
  const found = world.get(id);
  if (!found) throw new Error(`no record ${id}`);
  return found;
};
const aboveIn = (world: World, id: string): readonly string[] => {
  const { mergedInto } = of(world, id);
  return mergedInto === null ? [] : [mergedInto, ...aboveIn(world, mergedInto)];
};

/** Each command as its use case runs it: all of its events, or none. */
const commands: Readonly<Record<string, (world: World, id: Id, other: Id) => World | null>> = {
  merge: (world, id, intoId) => {
    const [from, into] = [of(world, id), of(world, intoId)];
    const fact = merge(from, { id, intoId, into, reason: 'x' });
    const received = receiveMerged({ ...into, id: intoId }, { ...from, id });
    const { id: _, ...after } = (received?.data.volunteer ?? into) as Volunteer & { id?: string };
    return new Map([...world, [id, fact.data.volunteer], [intoId, after]]);
  },
  accept: (world, id, fromId) => {
    const from = of(world, fromId);
    const fact = acceptMerge(of(world, id), { id, fromId, from, by: 'self' });
    return fact && new Map([...world, [id, fact.data.volunteer]]);
  },
  unmerge: (world, id) => {
    const record = of(world, id);
    const above = aboveIn(world, id).map((each) => ({ id: each, volunteer: of(world, each) }));
    const fact = unmerge(record, { id, above, until: today, reason: 'x' }, today);
    const released = above.map(
      (each) =>
        [
          each.id,
          releaseMerged(each.volunteer, { id, mergedFrom: record.mergedFrom }).data.volunteer,
        ] as const,
    );
    return new Map([...world, [id, fact.data.volunteer], ...released]);
  },
  confirm: (world, id) =>
    new Map([
      ...world,
      [id, confirm(of(world, id), { consentVersion: '1' }, `self-${id}`, today).data.volunteer],
    ]),
  leave: (world, id) =>
    new Map([...world, [id, deactivate(of(world, id), 'x', '2025-11-01').data.volunteer]]),
  comeBack: (world, id) =>
    new Map([...world, [id, reactivate(of(world, id), '2025-12-01').data.volunteer]]),
};

const begin = (): World =>
  new Map(
    ids.map((id, n) => [
      id,
      register(
        { ...volunteer, registeredBy: n % 2 === 0 ? 'self' : 'organiser', selfId: null },
        '2025-09-01',
      ).data.volunteer,
    ]),
  );

const step = fc.tuple(
  fc.constantFrom(...Object.keys(commands), 'merge', 'merge', 'unmerge'),
  fc.constantFrom(...ids),
  fc.constantFrom(...ids),
);

const play = (world: World, [name, id, other]: readonly [string, Id, Id]): World => {
  try {
    return commands[name]?.(world, id, other) ?? world;
  } catch (error) {
    if (error instanceof Rejection) return world;
    throw error;
  }
};

test('after any merges and unmerges a record has taken in exactly the records that lead to it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let world = begin();
      for (const each of steps) {
        world = play(world, each);
        for (const id of ids) {
          const leading = ids.filter((other) => aboveIn(world, other).includes(id));
          expect([
            each,
            id,
            of(world, id)
              .mergedFrom.map((one) => one.id)
              .sort(),
          ]).toEqual([each, id, leading.sort()]);
          expect(of(world, id).status === 'merged').toBe(of(world, id).mergedInto !== null);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('an unmerge leaves every record as it was before the merge, but that they are told apart', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 20 }),
      fc.constantFrom(...ids),
      fc.constantFrom(...ids),
      (steps, id, intoId) => {
        const before = steps.reduce(play, begin());
        const merged = play(before, ['merge', id, intoId]);
        fc.pre(merged !== before && of(before, id).status !== 'merged');
        const after = play(merged, ['unmerge', id, id]);
        for (const each of ids) {
          const { distinctFrom, possibleDuplicates: _, ...now } = of(after, each);
          const { distinctFrom: known, possibleDuplicates: __, ...then } = of(before, each);
          expect(now).toEqual(then);
          const told = each === id ? [intoId] : each === intoId ? [id] : [];
          expect([...distinctFrom].sort()).toEqual([...new Set([...known, ...told])].sort());
        }
      },
    ),
  );
});

const merged = merge(volunteer, { id: 'a', intoId: 'b', into: volunteer, reason: 'x' }).data
  .volunteer;
const undo = (record: Volunteer, awaiting: string | null, day: string) =>
  unmerge(
    record,
    {
      id: 'a',
      above: [
        { id: 'b', volunteer: { ...volunteer, mergedFrom: [{ id: 'a', selfId: null, awaiting }] } },
      ],
      until: '2025-11-17',
      reason: '误合并',
    },
    day,
  );

test('an accepted merge is undone until the last day, any other whenever', () => {
  expect(undo(merged, null, '2025-11-17').data.volunteer.status).toBe('active');
  expect(rejectionOf(() => undo(merged, null, '2025-11-18'))).toEqual({ code: 'merge-settled' });
  expect(undo(merged, 'a', '2030-01-01').data.volunteer.status).toBe('active');
  // Nobody can have accepted for a record that nobody confirmed.
  const pending = { ...merged, confirmedOn: null, spells: [] };
  expect(undo(pending, null, '2030-01-01').data.volunteer.status).toBe('pending');
});

test('only a merged record is unmerged', () => {
  for (const record of [volunteer, erase(merged, today).data.volunteer])
    expect(rejectionOf(() => undo(record, 'a', today))).toEqual({ code: 'illegal-transition' });
});

test('who was told apart is suspected again by a new number only', () => {
  const apart = { ...volunteer, distinctFrom: ['b'] };
  expect(suspectDuplicates(apart, { ids: ['b'] })).toBeNull();
  expect(suspectDuplicates(apart, { ids: ['b', 'c'] })?.data.volunteer).toMatchObject({
    possibleDuplicates: ['c'],
    distinctFrom: ['b'],
  });
  expect(suspectDuplicates(apart, { ids: ['b'], anew: true })?.data.volunteer).toMatchObject({
    possibleDuplicates: ['b'],
    distinctFrom: [],
  });
  const flagged = { ...apart, possibleDuplicates: ['gone'] };
  expect(settleDuplicate(flagged, 'gone', 'b')?.data.volunteer.possibleDuplicates).toEqual([]);
  expect(settleDuplicate(flagged, 'gone', 'c')?.data.volunteer.possibleDuplicates).toEqual(['c']);
});
