import { describe, expect, test } from '@jest/globals';
import type { DomainEvent, EventType } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import type { Key } from '../../../functions/figures/layout.ts';
import { laws, type PeopleItem, peopleLaws, type Row } from '../../../functions/projector/laws.ts';
import { projectEvent } from '../../../functions/projector/project-event.ts';

interface Found {
  readonly law: string;
  readonly of: string;
}

const now = Date.parse('2025-10-18T12:00:00.000Z');

/** Checks these events, each the newest of its aggregate, against the rows that they have. */
const check = (
  events: readonly DomainEvent[],
  items: readonly PeopleItem[] = [],
  at = now,
): readonly Found[] => {
  const rows = new Map<string, Row>();
  for (const each of events) {
    const row = projectEvent(each)?.projection.row;
    if (row) rows.set(`${row.pk}|${row.sk}`, row.row);
  }
  const found: Found[] = [];
  // A row that was not asked for is not there.
  const rowsFor = (needs: readonly Key[]) => {
    const asked = new Set(needs.map(({ pk, sk }) => `${pk}|${sk}`));
    return ({ pk, sk }: Key) => (asked.has(`${pk}|${sk}`) ? rows.get(`${pk}|${sk}`) : undefined);
  };
  for (const { name, needs, check: checkOne } of laws)
    for (const each of events) {
      const of = `${each.aggregate.type}#${each.aggregate.id}`;
      checkOne(each, rowsFor(needs(each)), () => found.push({ law: name, of }), at);
    }
  for (const { name, needs, check: checkOne } of peopleLaws)
    for (const item of items) {
      const of = `${item.pk}|${item.sk}`;
      checkOne(item, rowsFor(needs(item)), () => found.push({ law: name, of }));
    }
  return found;
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
  event('AreaDefined', 'hongqi', {
    area: { ...dataOf('AreaDefined').area, id: 'hongqi', parentId: null },
  }),
  event('OrganisationRegistered', 'o', {
    organisation: { ...dataOf('OrganisationRegistered').organisation, id: 'o', areaId: 'hongqi' },
  }),
  volunteer('v'),
];
const erased = volunteer('gone', { status: 'erased' });
const left = ['erased', 'merged', 'deactivated'] as const;

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
  const items = [
    { pk: 'person#v', sk: 'person' },
    { pk: 'person#v', sk: 'notice#1', kind: 'registered' },
    { pk: 'person#gone', sk: 'notice#2', kind: 'erased' },
    { pk: 'person#gone', sk: 'access#3' },
    { pk: 'self#s', sk: 'link', volunteerId: 'v' },
    { pk: 'calendar#c', sk: 'calendar', volunteerId: 'v' },
    { pk: 'proof#v', sk: 'salt', volunteerId: 'v' },
    { pk: 'import#r', sk: 'chunk#0004' },
    { pk: 'keys', sk: 'index' },
  ];
  expect(check(events, items)).toEqual([]);
});

describe('it is found', () => {
  const inTeams = 'teams-of-active-volunteers-only';
  test.each(left.flatMap((status) => (['joined', 'invited'] as const).map((as) => [status, as])))(
    'that somebody %s is %s',
    (status, as) => {
      const events = [...base, volunteer('x', { status }), team(null), member('x', as)];
      expect(found(events)).toEqual([[inTeams, 'membership#of-x']]);
    },
  );

  test.each(left)('that a certificate of somebody %s is good', (status) => {
    const certificate = { ...dataOf('CertificateIssued').certificate, issuerId: 'o' };
    const of = (state: object) =>
      event('CertificateIssued', 'c', {
        certificate: { ...certificate, volunteerId: 'x', ...state },
      });
    const events = [...base, volunteer('x', { status })];
    // Whoever has only stopped keeps what is certified.
    const isGone = status !== 'deactivated';
    expect(found([...events, of({})])).toEqual(
      isGone ? [['good-certificates-of-present-persons', 'certificate#c']] : [],
    );
    expect(found([...events, of({ status: 'revoked' })])).toEqual([]);
    expect(found([...base, of({ status: 'revoked' })])).toEqual([
      ['references-lead-somewhere', 'certificate#c'],
    ]);
  });

  test.each(left)('that somebody %s has a star that nobody has to look at', (status) => {
    const { star } = dataOf('StarGranted');
    const of = (state: object) =>
      event('StarGranted', 's', {
        star: { ...star, ...{ volunteerId: 'x', areaId: 'hongqi', organisationId: 'o' }, ...state },
      });
    const events = [...base, volunteer('x', { status })];
    // Whoever has only stopped keeps the star.
    const isGone = status !== 'deactivated';
    expect(found([...events, of({})])).toEqual(
      isGone ? [['granted-stars-of-present-persons', 'star#s']] : [],
    );
    const review = { since: '2025-10-18', cause: 'merged' };
    for (const state of [{ review }, { status: 'withdrawn' }])
      expect(found([...events, of(state)])).toEqual([]);
    expect(found([...base, of({ status: 'withdrawn' })])).toEqual([
      ['references-lead-somewhere', 'star#s'],
    ]);
  });

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
    ['a calendar', { pk: 'calendar#c', sk: 'calendar', volunteerId: 'gone' }],
    ['a salt', { pk: 'proof#gone', sk: 'salt', volunteerId: 'gone' }],
  ])('that of somebody erased %s is kept', (_, item: PeopleItem) => {
    expect(found([...base, erased], [item])).toEqual([
      ['nothing-of-the-erased', `${item.pk}|${item.sk}`],
    ]);
  });

  test('that a record is of nobody', () => {
    expect(found(base, [{ pk: 'person#none', sk: 'person' }])).toEqual([
      ['records-are-of-volunteers', 'person#none|person'],
    ]);
  });

  test('that a list has not come to its end after a day', () => {
    const events = [...base, accepted(2), chunk(1)];
    expect(found(events)).toEqual([]);
    expect(found(events, [], now + 86_400_000)).toEqual([['imports-end', 'import#i']]);
    expect(found([...events, chunk(2)], [], now + 86_400_000)).toEqual([]);
  });

  test('that a sheet names somebody twice, or what is not there', () => {
    const logged = dataOf('HoursLogged');
    const [one] = logged.entries;
    const place = { ...logged.place, teamId: null, areaId: 'hongqi', organisationId: 'o' };
    const activity = event('ActivityPublished', place.activityId, {
      activity: {
        ...dataOf('ActivityPublished').activity,
        areaId: 'hongqi',
        organisationId: 'o',
        recordingUnitId: 'o',
        partnerIds: [],
      },
    });
    const sheet = (...ids: readonly string[]) =>
      event('HoursLogged', 's', {
        place,
        entries: ids.map((volunteerId) => ({ ...one, volunteerId })),
      });
    expect(found([...base, activity, sheet('v')])).toEqual([]);
    expect(found([...base, activity, sheet('v', 'v')])).toEqual([
      ['nobody-stands-on-a-sheet-twice', 'sheet#s'],
    ]);
    expect(found([...base, activity, sheet('none')])).toEqual([
      ['references-lead-somewhere', 'sheet#s'],
    ]);
    expect(found([...base, sheet('v')])).toEqual([['references-lead-somewhere', 'sheet#s']]);
  });
});
