import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, areaId, define, localDate, reason, themeKey, uuid } from './envelope.ts';
import { noSums, type Sums, sums } from './sheet-sums.ts';
import { volunteerTag } from './volunteers.ts';

/** How an entry was made; this decides who may verify it (DOMAIN.md §4). */
export const hoursOrigins = [
  'scan',
  'leader-roll',
  'self-declared',
  'back-entry',
  'import',
] as const;

/** Whole minutes of one service day: at most 24 hours. */
export const minutes = z.int().min(1).max(1440);

const sheetPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}~\d{4}-\d{2}-\d{2}~[1-9]\d{0,2}$/;

const noSheetId =
  '签到表编号须为活动编号~日期~序号 / must be the activity’s id, a date and a number, joined by ~';

/** A sheet's id: its activity, its service day, and its number on that day: `<uuid>~<yyyy-mm-dd>~<n>`. */
export const sheetId = z
  .string()
  .regex(sheetPattern, noSheetId)
  .refine((id) => localDate.safeParse(id.split('~')[1]).success, noSheetId);

/** The number of a sheet's entries is bounded, so that its events stay below 32 KB. */
export const maxEntries = 200;

/**
 * Where a sheet belongs: one activity on one service day. The first event of a sheet fixes it, and
 * all later events repeat it, whatever becomes of the activity.
 */
export const place = z
  .object({
    activityId: uuid,
    organisationId: uuid,
    teamId: uuid.nullable(),
    areaId,
    areasAbove: z
      .array(areaId)
      .max(2)
      .describe('The areas that contain the area in the year of the service day, nearest first.'),
    theme: themeKey,
    serviceDate: localDate,
  })
  .meta({
    id: 'SheetPlace',
    description: 'Where a sheet belongs: one activity on one service day.',
  });
export type Place = Readonly<z.infer<typeof place>>;

/** What somebody should look at. A flag neither blocks an entry nor ranks anybody. */
export const entryFlags = [
  /** Entered later than ten working days after the service day (DOMAIN.md §3.3). */
  'late',
  /** More than eight hours on this day: a second verifier is needed. */
  'long-day',
  /** More than twelve hours on this day, with the district's reason. */
  'very-long-day',
] as const;

/** One person's line on a sheet. The sheet and the volunteer together name it. */
export const entry = z
  .object({
    volunteerId: uuid,
    tags: z.array(volunteerTag),
    onDuty: z.boolean().describe('On duty at their workplace: a person-time without hours.'),
    attendedMinutes: z.int().min(0).max(1440).describe('Measured; 0 for somebody on duty.'),
    creditedMinutes: z
      .int()
      .min(0)
      .max(1440)
      .describe('Counted; never more than attended; 0 for somebody on duty.'),
    origin: z.enum(hoursOrigins).meta({
      id: 'HoursOrigin',
      description: 'How an entry was made; this decides who may verify it.',
    }),
    status: z.enum(['pending', 'verified', 'rejected', 'voided']).meta({
      id: 'EntryStatus',
      description: 'Only a verified entry counts. A voided one stays, with its reason.',
    }),
    enteredBy: z
      .array(actorId)
      .min(1)
      .describe(
        'Everybody who entered any of the figures. None of them may ever verify the entry.',
      ),
    verifiedBy: z
      .array(actorId)
      .max(2)
      .describe('Who verified it. A pending entry with one name waits for its second verifier.'),
    objection: z
      .object({ on: localDate, reason })
      .meta({
        id: 'Objection',
        description: 'What a person says against their entry, and since when.',
      })
      .nullable()
      .describe('The volunteer objects, since this day, and nobody has answered yet.'),
    flags: z.array(
      z.enum(entryFlags).meta({
        id: 'EntryFlag',
        description:
          'What somebody should look at: `late`, entered more than ten working days after the day; `long-day`, more than eight hours on the day; `very-long-day`, more than twelve, with the reason of the district.',
      }),
    ),
  })
  .meta({ id: 'SheetEntry', description: 'The entry of one person on a sheet.' });
export type Entry = Readonly<z.infer<typeof entry>>;

/** The entries that an event changes: what they have in common is said once. */
const changed = {
  place,
  dayRules: z
    .int()
    .min(1)
    .describe('The version of the day rules by which the command was decided.'),
  common: entry.omit({ volunteerId: true }).partial().meta({
    id: 'CommonEntry',
    description:
      'What the entries have in common. What is said neither here nor in an entry: no tags, not on duty, verified by nobody, no objection, no flags.',
  }),
  entries: z
    .array(
      entry
        .partial()
        .required({ volunteerId: true })
        .meta({ id: 'EntryChange', description: 'What an entry has beside `common`.' }),
    )
    .max(maxEntries)
    .describe(
      'None when the activity is cancelled or moved while nothing counts on the sheet, or when another sheet of the day begins.',
    ),
  sums: sums.partial().meta({
    id: 'SumsAfter',
    description: 'Over the whole sheet, after the event. A sum that is not said is 0.',
  }),
};
type Changed = Readonly<z.infer<z.ZodObject<typeof changed>>>;

/** The figures of an entry before a correction. */
const previous = entry
  .pick({
    volunteerId: true,
    onDuty: true,
    attendedMinutes: true,
    creditedMinutes: true,
  })
  .meta({ id: 'PreviousEntry', description: 'The figures of an entry before a correction.' });

const fields = Object.keys(entry.shape).filter((name) => name !== 'volunteerId') as Exclude<
  keyof Entry,
  'volunteerId'
>[];

/** What most entries are. Events do not say it, so that a row of the Ledger with one entry stays below 1 KB. */
const unsaid = {
  tags: [],
  onDuty: false,
  verifiedBy: [],
  objection: null,
  flags: [],
} as const satisfies Partial<Entry>;

const isUnsaid = (name: keyof Entry, value: unknown): boolean =>
  name in unsaid && JSON.stringify(value) === JSON.stringify(unsaid[name as keyof typeof unsaid]);

/** Each changed entry of an event, whole. */
export const entriesOf = ({ common, entries }: Pick<Changed, 'common' | 'entries'>): Entry[] =>
  entries.map((each) => ({ ...structuredClone(unsaid), ...common, ...each }) as Entry);

/** The sums that an event says, whole. */
export const sumsIn = ({ sums: said }: Pick<Changed, 'sums'>): Sums => ({ ...noSums, ...said });

/** Sums as an event says them. */
export const saidSums = (whole: Sums): Changed['sums'] =>
  Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== 0));

/** A sheet: where it belongs, and everybody who was ever entered on it, by volunteer. */
export interface Sheet {
  readonly place: Place;
  readonly version: number;
  readonly entries: ReadonlyMap<string, Entry>;
  /** The version of the sheet in which each entry was changed last, by volunteer. */
  readonly changedIn: ReadonlyMap<string, number>;
  /**
   * Entries that were corrected, rejected or voided after they had been verified, by volunteer, with the
   * credited minutes that they had when that happened for the first time.
   */
  readonly changedAfterwards: ReadonlyMap<string, number>;
}

/** The sheet of a place before its first event. */
export const emptySheet = (of: Place): Sheet => ({
  place: of,
  version: 0,
  entries: new Map(),
  changedIn: new Map(),
  changedAfterwards: new Map(),
});

/** The sheet one version later, with these entries as they are from then on. */
export const withEntries = (before: Sheet, changed: readonly Entry[]): Sheet => {
  const { place: of, version: last, entries, changedIn, changedAfterwards } = before;
  const version = last + 1;
  const afterwards = changed.flatMap(({ volunteerId, status }) => {
    const was = entries.get(volunteerId);
    const isFirst = was?.status === 'verified' && !changedAfterwards.has(volunteerId);
    return isFirst && status !== 'verified' ? [[volunteerId, was.creditedMinutes] as const] : [];
  });
  return {
    place: of,
    version,
    entries: new Map([...entries, ...changed.map((each) => [each.volunteerId, each] as const)]),
    changedIn: new Map([
      ...changedIn,
      ...changed.map(({ volunteerId }) => [volunteerId, version] as const),
    ]),
    changedAfterwards: new Map([...changedAfterwards, ...afterwards]),
  };
};

/** The sheet after one more event. */
export const sheetAfter = (before: Sheet | undefined, data: Changed): Sheet =>
  withEntries(before ?? emptySheet(data.place), entriesOf(data));

/** Says what all entries have in common once. `entriesOf` gives the same entries back. */
export const inCommon = (entries: readonly Entry[]): Pick<Changed, 'common' | 'entries'> => {
  const [first] = entries;
  if (!first) return { common: {}, entries: [] };
  const same = fields.filter((name) =>
    entries.every((each) => JSON.stringify(each[name]) === JSON.stringify(first[name])),
  );
  const rest = fields.filter((name) => !same.includes(name));
  const said = (each: Entry, names: readonly (keyof Entry)[]) =>
    Object.fromEntries(
      names.flatMap((name) => (isUnsaid(name, each[name]) ? [] : [[name, each[name]] as const])),
    );
  return {
    common: said(first, same),
    entries: entries.map((each) => ({ volunteerId: each.volunteerId, ...said(each, rest) })),
  };
};

const examplePlace: Place = {
  activityId: '0198c0de-0000-7000-8000-0000000000b1',
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  teamId: null,
  areaId: 'hongqi-01',
  areasAbove: ['hongqi', 'demo'],
  theme: 'FREE_CLINIC',
  serviceDate: '2025-10-18',
};
const pending: Entry = {
  volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
  tags: ['party-member'],
  onDuty: false,
  attendedMinutes: 190,
  creditedMinutes: 180,
  origin: 'leader-roll',
  status: 'pending',
  enteredBy: ['organiser-1'],
  verifiedBy: [],
  objection: null,
  flags: [],
};
const second: Entry = { ...pending, volunteerId: '0198c0de-0000-7000-8000-0000000000c2', tags: [] };
const verified: Entry = { ...pending, status: 'verified', verifiedBy: ['verifier-1'] };
const sample = (entries: readonly Entry[], total: Partial<Sums>) => ({
  place: examplePlace,
  dayRules: 1,
  ...inCommon(entries),
  sums: total,
});
const oneOfTwo = { waiting: 1, pendingMinutes: 180 };

export const participationEvents = {
  HoursLogged: define(aggregates.sheet, {
    summary: {
      en: 'People were entered on a sheet and wait to be verified',
      zh: '签到表已录入待核',
    },
    data: z.object(changed),
    example: sample([pending, second], { waiting: 2, pendingMinutes: 360 }),
  }),
  HoursVerified: define(aggregates.sheet, {
    summary: { en: 'Entries of a sheet were verified and count', zh: '服务时长已查验' },
    data: z.object({ ...changed, reason: reason.nullable() }),
    example: {
      ...sample([verified, { ...second, status: 'verified', verifiedBy: ['verifier-1'] }], {
        participations: 2,
        creditedMinutes: 360,
        partyMemberParticipations: 1,
      }),
      reason: null,
    },
  }),
  HoursRejected: define(aggregates.sheet, {
    summary: { en: 'Entries of a sheet were not accepted', zh: '服务时长未通过' },
    data: z.object({ ...changed, reason }),
    example: { ...sample([{ ...pending, status: 'rejected' }], oneOfTwo), reason: '签到记录不符' },
  }),
  HoursCorrected: define(aggregates.sheet, {
    summary: { en: 'Entries of a sheet were corrected and wait again', zh: '服务时长已更正待核' },
    data: z.object({ ...changed, previous: z.array(previous).min(1).max(maxEntries), reason }),
    example: {
      ...sample([{ ...pending, creditedMinutes: 150, enteredBy: ['organiser-1', 'organiser-2'] }], {
        waiting: 2,
        pendingMinutes: 330,
      }),
      previous: [
        {
          volunteerId: pending.volunteerId,
          onDuty: false,
          attendedMinutes: 190,
          creditedMinutes: 180,
        },
      ],
      reason: '扣除用餐时间',
    },
  }),
  HoursVoided: define(aggregates.sheet, {
    summary: { en: 'Entries of a sheet were struck out; the rows stay', zh: '服务时长已作废' },
    data: z.object({ ...changed, reason }),
    example: {
      ...sample([{ ...verified, status: 'voided' }], {
        ...oneOfTwo,
        ...{ correctedEntries: 1, correctedMinutes: 180, withdrawn: 1 },
      }),
      reason: '重复录入',
    },
  }),
  HoursObjected: define(aggregates.sheet, {
    summary: { en: 'A volunteer objects to their entry', zh: '志愿者对服务时长提出异议' },
    data: z.object(changed),
    example: sample([{ ...verified, objection: { on: '2025-10-25', reason: '当天没有参加' } }], {
      participations: 1,
      creditedMinutes: 180,
      partyMemberParticipations: 1,
      objected: 1,
    }),
  }),
};
