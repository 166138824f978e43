import { describe, expect, test } from '@jest/globals';
import { totalsKey } from '../../../functions/dashboards/cells.ts';
import {
  applyChange,
  countedCells,
  createPresenceChanges,
  lineKeyOf,
  type Presence,
} from '../../../functions/dashboards/presence.ts';
import type { Contribution } from '../../../functions/shared/projection.ts';

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
    all.addContribution(contribution, sign);
    for (const change of all.all()) {
      const id = `${change.pk} ${change.sk}`;
      items.set(id, applyChange(items.get(id), change));
    }
  }
  return items;
};
const counted = (presence: Presence | undefined) =>
  countedCells(presence).map((cell) => Object.values(totalsKey(cell)).join(' '));

const volunteer = 'present#distinctVolunteers#v-1 2025-03';
const activity = 'present#activitiesHeld#b-1 held';
const atA = ['totals#2025-03 all', 'totals#2025-03 area#a', 'totals#2025-03 theme#T'];

describe('who was there', () => {
  test('is counted once in each cell of the period, however often', () => {
    const once = presencesAfter([1, served('a', 'T')]).get(volunteer);
    expect(counted(once)).toEqual([...atA, 'totals#2025-03#cross a#T']);
    const twice = presencesAfter([1, served('a', 'T')], [1, served('a', 'T')]).get(volunteer);
    expect(counted(twice)).toEqual(counted(once));
    expect(twice?.lines).toEqual({ 'a|T': 2 });
  });

  test('in two areas is one person in the whole, and one in each', () => {
    const both = presencesAfter([1, served('a', 'T')], [1, served('b', 'T')]).get(volunteer);
    expect(counted(both).sort()).toEqual(
      [
        ...atA,
        'totals#2025-03#cross a#T',
        'totals#2025-03 area#b',
        'totals#2025-03#cross b#T',
      ].sort(),
    );
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
    expect(counted(left)).toHaveLength(4);
    const gone = presencesAfter(...two, [-1, served('a', 'T')], [-1, served('a', 'T')]).get(
      volunteer,
    );
    expect(gone).toMatchObject({ lines: {}, revision: 4 });
    expect(counted(gone)).toEqual([]);
    expect(lineKeyOf(gone as Presence)).toBeUndefined();
  });

  test('is listed in the period', () => {
    const there = presencesAfter([1, served('a', 'T')]).get(volunteer) as Presence;
    expect(lineKeyOf(there)).toEqual({ month: '2025-03', monthOrder: 'distinctVolunteers#v-1' });
  });

  test('nobody is counted nowhere', () => {
    expect(countedCells(undefined)).toEqual([]);
  });
});

describe('what was held', () => {
  const place = { month: '2025-04', areaId: 'c', theme: 'T' };
  const cells = ['totals#2025-04 all', 'totals#2025-04 area#c', 'totals#2025-04 theme#T'];

  test('counts in its own place and month, not where its people are', () => {
    const presence = presencesAfter([1, served('a', 'T')], [1, held('c')]).get(activity);
    expect(presence?.place).toEqual(place);
    expect(counted(presence)).toEqual(expect.arrayContaining([...cells, 'totals#2025 all']));
    expect(counted(presence)).toHaveLength(8);
    expect(lineKeyOf(presence as Presence)).toEqual({
      month: '2025-04',
      monthOrder: 'activitiesHeld#c#T#b-1',
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
    expect(countedCells(presence)).toEqual([]);
    expect(lineKeyOf(presence)).toBeUndefined();
  });

  test('does not count once the last one there is struck out', () => {
    const all = presencesAfter([1, served('a', 'T')], [1, held('c')], [-1, served('a', 'T')]);
    expect(counted(all.get(activity))).toEqual([]);
  });

  test('moves with its activity', () => {
    const moves = createPresenceChanges();
    moves.addContribution(held('c'), -1);
    moves.addContribution(held('d'), 1);
    const before = presencesAfter([1, served('a', 'T')], [1, held('c')]).get(activity);
    const [change] = moves.all();
    const moved = change && applyChange(before, change);
    expect(moved?.place?.areaId).toBe('d');
    expect(counted(moved)).not.toContain('totals#2025-04 area#c');
  });
});
