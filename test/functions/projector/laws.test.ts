import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DomainEvent, EventType } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import {
  type Breach,
  laws,
  type PeopleItem,
  type ViewRow,
} from '../../../functions/projector/laws.ts';

const check = (
  events: readonly DomainEvent[],
  rows?: readonly ViewRow[],
  items: readonly PeopleItem[] = [],
): readonly Breach[] => {
  const breaches: Breach[] = [];
  for (const { name, begin } of laws) {
    const reading = begin((of, found) => breaches.push({ law: name, of, found }));
    for (const event of events) reading.event(event);
    reading.ledgerRead?.();
    // Without rows, the Views are not part of the test.
    for (const row of rows ?? []) reading.row?.(row);
    if (rows) reading.viewsRead?.();
    for (const item of items) reading.item?.(item);
  }
  return breaches;
};

const event = <T extends EventType>(type: T, id: string, data: object, at = '2025-10-18') => {
  const example = exampleOf(type);
  return {
    ...example,
    recordedAt: `${at}T06:00:00.000Z`,
    aggregate: { ...example.aggregate, id },
    data: { ...example.data, ...data },
  } as unknown as DomainEvent;
};
const dataOf = <T extends EventType>(type: T) => exampleOf(type).data as DomainEvent<T>['data'];

const volunteer = (id: string, state: object = {}) =>
  event('VolunteerRegistered', id, {
    volunteer: {
      ...dataOf('VolunteerRegistered').volunteer,
      areaId: 'hongqi',
      mergedInto: null,
      mergedFrom: [],
      ...state,
    },
  });
const team = (leaderId: string | null, state: object = {}) =>
  event('TeamFormed', 't', {
    team: {
      ...dataOf('TeamFormed').team,
      areaId: 'hongqi',
      organisationId: 'o',
      leaderId,
      ...state,
    },
  });
const membership = (volunteerId: string, status: string, teamId = 't') => ({
  ...dataOf('TeamMemberJoined').membership,
  teamId,
  volunteerId,
  status,
});
const member = (...of: Parameters<typeof membership>) =>
  event('TeamMemberJoined', `of-${of[0]}`, { membership: membership(...of) });
const accepted = (chunks: number, at?: string) =>
  event('ImportAccepted', 'i', { import: { ...dataOf('ImportAccepted').import, chunks } }, at);
const chunk = (number: number, volunteerId = 'v', outcome = 'registered') =>
  event('ImportChunkRegistered', `c${number}`, {
    chunk: {
      ...dataOf('ImportChunkRegistered').chunk,
      importId: 'i',
      rowsId: 'r',
      number,
      rows: [{ row: 2, volunteerId, outcome }],
    },
  });

const base: readonly DomainEvent[] = [
  event('AreaDefined', 'hongqi', { area: { ...dataOf('AreaDefined').area, parentId: null } }),
  event('OrganisationRegistered', 'o', {
    organisation: { ...dataOf('OrganisationRegistered').organisation, areaId: 'hongqi' },
  }),
  volunteer('v'),
];
const erased = volunteer('gone', { status: 'erased' });
const left = ['erased', 'merged', 'deactivated'] as const;

/** What is found, without the ids that tell one from another. */
const found = (...args: Parameters<typeof check>) => check(...args).map(({ law, of }) => [law, of]);

test('nothing is found where all is well', () => {
  const events = [
    ...base,
    erased,
    team('v'),
    member('v', 'joined'),
    member('gone', 'left'),
    accepted(3, '2025-10-01'),
    chunk(1),
    chunk(2),
    chunk(3, 'none', 'number-of-another'),
  ];
  const rows = [
    { pk: 'memberships#v', sk: 't', row: membership('v', 'joined') },
    { pk: 'memberships#gone', sk: 't', row: membership('gone', 'left') },
  ];
  const items = [
    { pk: 'person#v', sk: 'person' },
    { pk: 'person#v', sk: 'notice#1', kind: 'registered' },
    { pk: 'person#gone', sk: 'notice#2', kind: 'erased' },
    { pk: 'person#gone', sk: 'access#3' },
    { pk: 'self#s', sk: 'link', volunteerId: 'v' },
    { pk: 'import#r', sk: 'chunk#0004' },
    { pk: 'keys', sk: 'index' },
  ];
  expect(check(events, rows, items)).toEqual([]);
});

describe('it is found', () => {
  const inTeams = 'teams-of-active-volunteers-only';
  test.each(left.flatMap((status) => (['joined', 'invited'] as const).map((as) => [status, as])))(
    'that somebody %s is %s, in the Ledger and in the Views',
    (status, as) => {
      const events = [...base, volunteer('x', { status }), team(null), member('x', as)];
      expect(found(events)).toEqual([[inTeams, 'membership#of-x']]);
      const row = { pk: 'memberships#x', sk: 't', row: membership('x', as) };
      expect(found(events.slice(0, -1), [row])).toEqual([[inTeams, 'memberships#x|t']]);
    },
  );

  test.each(['joined', 'invited'] as const)(
    'that somebody %s has no row, or a closed one',
    (as) => {
      const events = [...base, team(null), member('v', as)];
      const row = (status: string) => ({
        ...{ pk: 'memberships#v', sk: 't' },
        row: membership('v', status),
      });
      expect(found(events, [row(as)])).toEqual([]);
      for (const rows of [[], [row('left')]])
        expect(found(events, rows)).toEqual([['open-memberships-have-rows', 'membership#of-v']]);
    },
  );

  test.each(['erased', 'merged'] as const)('that a record is flagged for one %s', (status) => {
    const flagged = volunteer('x', { possibleDuplicates: ['y'] });
    expect(found([...base, flagged, volunteer('y')])).toEqual([]);
    expect(found([...base, flagged, volunteer('y', { status })])).toEqual([
      ['flags-name-present-records', 'volunteer#x'],
    ]);
  });

  test.each(left)('that somebody %s leads a team, unless it was dissolved', (status) => {
    const events = [...base, volunteer('x', { status })];
    expect(found([...events, team('x')])).toEqual([[inTeams, 'team#t']]);
    expect(found([...events, team('x', { status: 'dissolved' })])).toEqual([]);
  });

  test.each([
    ['a team', member('v', 'joined', 'none'), 'membership#of-v'],
    ['a volunteer', member('none', 'joined'), 'membership#of-none'],
    ['a leader', team('none'), 'team#t'],
    ['an area', volunteer('x', { areaId: 'none' }), 'volunteer#x'],
    [
      'the record it was merged into',
      volunteer('x', { status: 'merged', mergedInto: 'none' }),
      'volunteer#x',
    ],
    ['whom a list registered', chunk(1, 'none'), 'import-chunk#c1'],
  ])('that %s which is named is not there', (_, naming, of) => {
    const events = [...base, ...(of === 'team#t' ? [] : [team(null)]), accepted(1), naming];
    expect(found(events)).toEqual([['references-lead-somewhere', of]]);
  });

  test.each([
    ['a record', { pk: 'person#gone', sk: 'person' }],
    ['a notice', { pk: 'person#gone', sk: 'notice#1', kind: 'hours-credited' }],
    ['an approval', { pk: 'person#gone', sk: 'approval#reader' }],
    ['a link', { pk: 'self#s', sk: 'link', volunteerId: 'gone' }],
  ])('that of somebody erased %s is kept', (_, item: PeopleItem) => {
    expect(found([...base, erased], [], [item])).toEqual([
      ['nothing-of-the-erased', `${item.pk}|${item.sk}`],
    ]);
  });

  test('that a record is of nobody', () => {
    expect(found(base, [], [{ pk: 'person#none', sk: 'person' }])).toEqual([
      ['references-lead-somewhere', 'person#none|person'],
    ]);
  });

  test('that a list has not come to its end after a day, or that rows wait which are registered', () => {
    const later = event('AreaDefined', 'late', base[0]?.data ?? {}, '2025-10-20');
    expect(found([...base, accepted(2), chunk(1)])).toEqual([]);
    expect(found([...base, accepted(2), chunk(1), later])).toEqual([['imports-end', 'import#i']]);
    const items = [{ pk: 'import#r', sk: 'chunk#0001' }];
    expect(found([...base, accepted(1), chunk(1)], [], items)).toEqual([
      ['imports-end', 'import#r|chunk#0001'],
    ]);
  });
});

test('in whatever order the Ledger is read', () => {
  const events = [
    ...base,
    erased,
    team('gone'),
    member('gone', 'joined'),
    member('v', 'joined'),
    member('none', 'invited'),
    accepted(2, '2025-10-01'),
    chunk(1),
  ];
  const names = (all: readonly Breach[]) => all.map(({ law, of }) => `${law} ${of}`).sort();
  const expected = names(check(events));
  expect(expected).toHaveLength(4);
  fc.assert(
    fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), (order) => {
      expect(names(check(order))).toEqual(expected);
    }),
  );
});
