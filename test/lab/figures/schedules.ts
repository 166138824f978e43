import { type Limits, standardLimits } from '../../../functions/figures/store.ts';
import { areas, type District, entryOf, idOf } from './district.ts';
import type { Stop } from './follow.ts';

/**
 * Schedules that broke a design of the figures, or would break this one without one of its rules. Each
 * says what happens before, what is stopped on its way, and what is taken in meanwhile.
 */
export interface Schedule {
  /** Taken in one by one. */
  readonly before: (district: District) => void;
  /** Each is stopped before what it names, until all of `meanwhile` is taken in. */
  readonly slow?: readonly {
    readonly events: (district: District) => void;
    readonly stop: Stop;
  }[];
  readonly meanwhile?: (district: District) => void;
  readonly limits?: Limits;
}

const [a, b] = [idOf('c', 1), idOf('c', 2)];
const [clinic, launch] = [idOf('b', 1), idOf('b', 2)];
const partner = idOf('d', 1);

const person = (district: District, id: string, mergedInto: string | null = null): void =>
  district.setPerson({
    id,
    areaId: 'a1',
    mergedInto,
    registeredIn: '2025-03',
    spells: [{ from: '2025-03', until: null }],
  });
const activity = (
  district: District,
  id: string,
  status: 'published' | 'verified' | 'cancelled' = 'published',
  more: { readonly month?: string; readonly areaId?: string } = {},
): void =>
  district.setActivity({
    id,
    month: '2025-03',
    areaId: 'a1',
    theme: id === clinic ? 'FREE_CLINIC' : 'LAUNCH',
    status,
    partnerIds: [partner],
    measures: { beneficiaries: 3 },
    ...more,
  });
const enter = (
  district: District,
  activityId: string,
  day: string,
  volunteerIds: readonly string[],
  status: 'pending' | 'verified' | 'voided' = 'verified',
): void =>
  district.enter(
    district.sheetOf(activityId, day),
    volunteerIds.map((id) => entryOf(id, { status })),
  );

/** Two people, of whom one is on a sheet, and the activities. */
const twoPeople = (district: District): void => {
  person(district, a);
  person(district, b);
  activity(district, clinic);
  activity(district, launch);
};
const bTookPart = (district: District): void => {
  twoPeople(district);
  enter(district, clinic, '2025-03-05', [b]);
};

/** One child a page is already too large. */
const tinyPages: Limits = { ...standardLimits, pageBytes: 1 };
/** Two records and one of their entries fit. */
const tinyTransactions: Limits = {
  ...standardLimits,
  actions: 15,
  plannedActions: 12,
  entriesOfPerson: 1,
  entriesOfGroup: 1,
};

/** Both records are present in many places. */
const bothEverywhere = (district: District): void => {
  person(district, a);
  person(district, b);
  for (const [n, areaId] of Object.keys(areas).entries())
    activity(district, idOf('b', n + 1), 'published', { areaId });
  for (const month of ['2025-03', '2025-04', '2025-05'])
    for (const n of Object.keys(areas).keys())
      enter(district, idOf('b', n + 1), `${month}-05`, [a, b]);
};

export const schedules: Readonly<Record<string, Schedule>> = {
  'a sheet on the fifth of two months of one activity': {
    before: (district) => {
      twoPeople(district);
      enter(district, clinic, '2025-03-05', [a]);
      enter(district, clinic, '2025-04-05', [a]);
      enter(district, clinic, '2025-03-05', [a], 'voided');
    },
  },

  'an activity is revised after its sheet began': {
    before: (district) => {
      twoPeople(district);
      enter(district, clinic, '2025-03-05', [a, b]);
      activity(district, clinic, 'verified', { month: '2025-04', areaId: 's2' });
      enter(district, clinic, '2025-03-05', [a], 'voided');
    },
  },

  'both records of a merge are on one sheet': {
    before: (district) => {
      twoPeople(district);
      enter(district, clinic, '2025-03-05', [a, b]);
      person(district, a, b);
      enter(district, clinic, '2025-03-05', [a], 'voided');
    },
  },

  'both records of a merge stay on one sheet': {
    before: (district) => {
      twoPeople(district);
      person(district, a, b);
      enter(district, clinic, '2025-03-05', [a, b]);
    },
  },

  'an entry comes long after the merge of its person': {
    before: (district) => {
      bTookPart(district);
      person(district, a, b);
      enter(district, launch, '2025-03-06', [a]);
      // A year that the merge did not touch.
      enter(district, clinic, '2028-03-05', [b]);
      enter(district, launch, '2028-03-06', [a]);
    },
  },

  'a cancelled activity is in another month and area than its sheet': {
    before: (district) => {
      twoPeople(district);
      enter(district, clinic, '2025-03-05', [a]);
      activity(district, clinic, 'verified', { month: '2025-04', areaId: 'a3' });
      activity(district, clinic, 'cancelled', { month: '2025-04', areaId: 'a3' });
      enter(district, clinic, '2025-03-05', [a], 'voided');
    },
  },

  'the first entry of a person comes while they are merged': {
    before: bTookPart,
    slow: [
      {
        events: (district) => enter(district, launch, '2025-03-06', [a]),
        stop: { write: 'present#' },
      },
    ],
    meanwhile: (district) => person(district, a, b),
  },

  'the first entries of two records come while they are merged': {
    before: twoPeople,
    slow: [
      {
        events: (district) => enter(district, launch, '2025-03-06', [a]),
        stop: { write: 'present#' },
      },
      {
        events: (district) => enter(district, launch, '2025-03-07', [b]),
        stop: { write: 'present#' },
      },
    ],
    meanwhile: (district) => person(district, a, b),
  },

  'an entry comes while the merge of its person is undone': {
    before: (district) => {
      bTookPart(district);
      person(district, a, b);
    },
    slow: [
      {
        events: (district) => enter(district, launch, '2025-03-06', [a]),
        stop: { write: 'present#' },
      },
    ],
    meanwhile: (district) => person(district, a),
  },

  'a merge is undone and made again while it is counted': {
    before: (district) => {
      twoPeople(district);
      enter(district, clinic, '2025-03-05', [a, b]);
      person(district, a, b);
    },
    // The years before the one with entries are counted first.
    slow: [{ events: (district) => person(district, a), stop: { write: 'present#', nth: 4 } }],
    meanwhile: (district) => person(district, a, b),
  },

  'another record of a merge gets an entry while it is counted': {
    before: (district) => {
      bTookPart(district);
      person(district, a, b);
    },
    slow: [
      {
        events: (district) => enter(district, launch, '2025-03-06', [a]),
        stop: { write: 'present#' },
      },
    ],
    meanwhile: (district) => enter(district, launch, '2025-03-07', [b]),
  },

  'a merge and its undoing need several transactions': {
    before: (district) => {
      bothEverywhere(district);
      person(district, a, b);
      person(district, a);
    },
    limits: tinyTransactions,
  },

  'an entry comes between the transactions of a merge': {
    before: bothEverywhere,
    slow: [{ events: (district) => person(district, a, b), stop: { write: 'present#', nth: 3 } }],
    meanwhile: (district) => {
      enter(district, clinic, '2025-05-07', [b]);
      enter(district, clinic, '2025-03-05', [a], 'voided');
    },
    limits: tinyTransactions,
  },

  'a sheet is verified again while its voiding is on its way': {
    before: (district) => {
      twoPeople(district);
      activity(district, clinic, 'verified');
      enter(district, clinic, '2025-03-05', [a]);
    },
    slow: [
      {
        events: (district) => enter(district, clinic, '2025-03-05', [a], 'voided'),
        stop: { write: 'activity#' },
      },
    ],
    meanwhile: (district) => enter(district, clinic, '2025-03-05', [a]),
  },

  'an activity is verified while its first sheet is on its way': {
    before: twoPeople,
    slow: [
      {
        events: (district) => enter(district, clinic, '2025-03-05', [a]),
        stop: { write: 'activity#' },
      },
    ],
    meanwhile: (district) => activity(district, clinic, 'verified'),
  },

  'a former partner is named again while the revision is on its way': {
    before: (district) => {
      twoPeople(district);
      activity(district, clinic, 'verified');
    },
    slow: [
      {
        events: (district) =>
          activity(district, clinic, 'verified', { month: '2025-04', areaId: 'a3' }),
        stop: { write: 'present#!' },
      },
    ],
    meanwhile: (district) => activity(district, clinic, 'cancelled'),
  },

  'an event comes again, and reads its page before and its year after another': {
    before: (district) => {
      twoPeople(district);
      enter(district, clinic, '2025-03-05', [a]);
    },
    slow: [
      {
        events: (district) => {
          // The same event again.
          const [last] = district.events.slice(-1);
          if (last) district.events.push(last);
        },
        stop: { read: 'totals#2025#year' },
      },
    ],
    meanwhile: (district) => enter(district, launch, '2025-03-06', [b]),
  },

  'a document is split while another writes in it': {
    before: (district) => {
      twoPeople(district);
      enter(district, clinic, '2025-03-05', [a]);
    },
    slow: [
      {
        events: (district) => enter(district, launch, '2025-03-06', [b]),
        stop: { write: 'totals#2025' },
      },
    ],
    meanwhile: (district) => {
      for (const day of ['07', '08', '09', '10', '11'])
        enter(district, clinic, `2025-03-${day}`, [a]);
    },
    limits: tinyPages,
  },

  'an event comes again, and splits a document that was split meanwhile': {
    before: (district) => {
      twoPeople(district);
      for (const day of ['05', '06', '07']) enter(district, clinic, `2025-03-${day}`, [a]);
    },
    slow: [
      {
        events: (district) => enter(district, launch, '2025-03-06', [b]),
        stop: { read: 'totals#2025' },
      },
    ],
    meanwhile: (district) => {
      for (const day of ['08', '09', '10', '11']) enter(district, launch, `2025-03-${day}`, [a, b]);
    },
    limits: tinyPages,
  },

  'a person is in an area, in areas below it and beside it': {
    before: (district) => {
      person(district, a);
      person(district, b);
      for (const [n, areaId] of Object.keys(areas).entries()) {
        activity(district, idOf('b', n + 1), 'verified', { areaId });
        enter(district, idOf('b', n + 1), '2025-03-05', n % 2 === 0 ? [a, b] : [a]);
      }
      enter(district, idOf('b', 2), '2025-03-05', [a], 'voided');
    },
  },

  'a person serves two days of more than 24 hours': {
    before: (district) => {
      twoPeople(district);
      for (const [activityId, day] of [
        [clinic, '2025-04-05'],
        [launch, '2025-04-05'],
        [clinic, '2025-03-05'],
        [launch, '2025-03-05'],
      ] as const)
        district.enter(district.sheetOf(activityId, day), [
          entryOf(a, { attendedMinutes: 800, creditedMinutes: 700 }),
        ]);
    },
  },
};
