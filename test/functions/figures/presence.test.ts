import { describe, expect, test } from '@jest/globals';
import {
  applyChange,
  countsOf,
  createPresenceChanges,
  lineKeyOf,
  type Presence,
} from '../../../functions/figures/presence.ts';
import type { Contribution } from '../../../functions/views/projection.ts';

const served = (areaId: string, theme: string, month = '2025-03'): Contribution => ({
  month,
  areaId,
  theme,
  kind: 'hours.verified',
  measures: {},
  present: { distinctVolunteers: ['v-1'], activitiesHeld: ['b-1'] },
});
const held = (areaId: string, month = '2025-04'): Contribution => ({
  month,
  areaId,
  theme: 'T',
  kind: 'activity',
  measures: {},
  heldIfPresent: { metric: 'activitiesHeld', member: 'b-1' },
});

/** The presences after these contributions came (+) and went (−), one transaction each. */
const presencesAfter = (...changes: [1 | -1, Contribution][]): ReadonlyMap<string, Presence> => {
  const items = new Map<string, Presence>();
  for (const [sign, contribution] of changes) {
    const all = createPresenceChanges();
    all.addContribution(contribution, sign, '');
    for (const change of all.all()) {
      const id = `${change.pk} ${change.sk}`;
      items.set(id, applyChange(items.get(id), change));
    }
  }
  return items;
};
/** Where a presence counts, and how much, as `2025-03#a#T 1`. */
const counted = (presence: Presence | undefined) =>
  countsOf(presence).map(({ sk, count }) => `${sk} ${count}`);

const volunteer = 'present#distinctVolunteers#v-1 2025-03';
const activity = 'present#activitiesHeld#b-1 held';

describe('who was there', () => {
  test('is counted once in a cell of the period, however often', () => {
    const once = presencesAfter([1, served('a', 'T')]).get(volunteer);
    expect(counted(once)).toEqual(['2025-03#a#T 1']);
    const twice = presencesAfter([1, served('a', 'T')], [1, served('a', 'T')]).get(volunteer);
    expect(counted(twice)).toEqual(counted(once));
    expect(twice?.lines).toEqual({ 'a|T': 2 });
  });

  test('in two areas is one person in each, and one too many where both are added up', () => {
    const both = presencesAfter([1, served('a', 'T')], [1, served('b', 'T')]).get(volunteer);
    expect(counted(both).sort()).toEqual([
      '2025-03#*#* -1',
      '2025-03#*#T -1',
      '2025-03#a#T 1',
      '2025-03#b#T 1',
    ]);
  });

  test('for two themes in one of them is one in that area', () => {
    const all = presencesAfter(
      [1, served('a', 'T')],
      [1, served('b', 'T')],
      [1, served('a', 'U')],
    ).get(volunteer);
    expect(counted(all).sort()).toEqual([
      '2025-03#*#* -2',
      '2025-03#*#T -1',
      '2025-03#a#* -1',
      '2025-03#a#T 1',
      '2025-03#a#U 1',
      '2025-03#b#T 1',
    ]);
  });

  test('is one in the year, whatever the months', () => {
    const year = presencesAfter([1, served('a', 'T')], [1, served('a', 'T', '2025-04')]).get(
      'present#distinctVolunteers#v-1 2025',
    );
    expect(countsOf(year)).toEqual([{ pk: 'totals#2025#year', sk: '2025#a#T', count: 1 }]);
  });

  test('has a presence a month and one a year', () => {
    const keys = [
      ...presencesAfter([1, served('a', 'T')], [1, served('a', 'T', '2025-04')]).keys(),
    ];
    expect(keys.filter((key) => key.includes('distinct'))).toEqual([
      'present#distinctVolunteers#v-1 2025-03',
      'present#distinctVolunteers#v-1 2025',
      'present#distinctVolunteers#v-1 2025-04',
    ]);
  });

  test('goes with the last line', () => {
    const two: [1 | -1, Contribution][] = [
      [1, served('a', 'T')],
      [1, served('a', 'T')],
    ];
    const left = presencesAfter(...two, [-1, served('a', 'T')]).get(volunteer);
    expect(counted(left)).toEqual(['2025-03#a#T 1']);
    const gone = presencesAfter(...two, [-1, served('a', 'T')], [-1, served('a', 'T')]).get(
      volunteer,
    );
    expect(gone).toMatchObject({ lines: {}, revision: 4 });
    expect(counted(gone)).toEqual([]);
    expect(lineKeyOf(gone as Presence)).toBeUndefined();
  });

  test('that has left one of two areas is nowhere too many', () => {
    const left = presencesAfter(
      [1, served('a', 'T')],
      [1, served('b', 'T')],
      [-1, served('a', 'T')],
    ).get(volunteer);
    expect(counted(left)).toEqual(['2025-03#b#T 1']);
  });

  test('is as large as the areas and themes it is in, not as the lines', () => {
    const often = Array.from({ length: 1000 }, (_, n): [1, Contribution] => [
      1,
      served(`area-${n % 3}`, 'T'),
    ]);
    const presence = presencesAfter(...often).get(volunteer);
    expect(Object.keys(presence?.lines ?? {})).toHaveLength(3);
  });

  test('is listed in the period', () => {
    const there = presencesAfter([1, served('a', 'T')]).get(volunteer) as Presence;
    expect(lineKeyOf(there)).toEqual({ month: '2025-03#distinctVolunteers', monthOrder: 'v-1' });
  });

  test('nobody is counted nowhere', () => {
    expect(countsOf(undefined)).toEqual([]);
  });
});

describe('what was held', () => {
  const place = { month: '2025-04', areaId: 'c', theme: 'T' };

  test('counts in its own place, month and year, not where its people are', () => {
    const presence = presencesAfter([1, served('a', 'T')], [1, held('c')]).get(activity);
    expect(presence?.place).toEqual(place);
    expect(countsOf(presence)).toEqual([
      { pk: 'totals#2025', sk: '2025-04#c#T', count: 1 },
      { pk: 'totals#2025#year', sk: '2025#c#T', count: 1 },
    ]);
    expect(lineKeyOf(presence as Presence)).toEqual({
      month: '2025-04#activitiesHeld',
      monthOrder: 'c#T#b-1',
    });
  });

  test('counts whichever is heard of first', () => {
    const early = presencesAfter([1, held('c')], [1, served('a', 'T')]).get(activity);
    const late = presencesAfter([1, served('a', 'T')], [1, held('c')]).get(activity);
    expect(early).toEqual(late);
  });

  test('does not count with nobody there', () => {
    expect(counted(presencesAfter([1, held('c')]).get(activity))).toEqual([]);
  });

  test('does not count before it is known to be held', () => {
    const presence = presencesAfter([1, served('a', 'T')]).get(activity) as Presence;
    expect(countsOf(presence)).toEqual([]);
    expect(lineKeyOf(presence)).toBeUndefined();
  });

  test('does not count once the last one there is struck out', () => {
    const all = presencesAfter([1, served('a', 'T')], [1, held('c')], [-1, served('a', 'T')]);
    expect(counted(all.get(activity))).toEqual([]);
  });

  test('moves with its activity', () => {
    const moves = createPresenceChanges();
    moves.addContribution(held('c'), -1, '');
    moves.addContribution(held('d'), 1, '');
    const before = presencesAfter([1, served('a', 'T')], [1, held('c')]).get(activity);
    const [change] = moves.all();
    const moved = change && applyChange(before, change);
    expect(moved?.place?.areaId).toBe('d');
    expect(counted(moved)).toEqual(['2025-04#d#T 1', '2025#d#T 1']);
  });
});
