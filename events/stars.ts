import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, areaId, define, localDate, reason, uuid } from './envelope.ts';
import { certifiedEntry, maxCertifiedEntries } from './recognition.ts';

export const starLevel = z.int().min(1).max(5).describe('One to five stars.');

/** The last day of a year's service that counts, `mm-dd`. */
export const cutOffDay = z
  .string()
  .regex(/^\d\d-\d\d$/, '须为月-日，如 12-31 / must be mm-dd')
  .refine((day) => localDate.safeParse(`2025-${day}`).success, {
    message: '须为每年都有的日期 / must be a day that every year has',
  });

export const mostObjections = 20;

const starStatuses = [
  'eligible',
  'nominated',
  'in-notice',
  'granted',
  'declined',
  'withdrawn',
] as const;

/** The terms of the district's policy by which a star was begun. A later policy changes nothing in it. */
export const starTerms = z
  .object({
    policyVersion: z.int().min(1).describe('The version of the policy.'),
    hours: z.int().min(1).describe('The hours that are needed.'),
    tenureDays: z.int().min(0).describe('Days for which the person has to be registered.'),
    cutOff: cutOffDay
      .nullable()
      .describe('Service counts until the newest such day; null: until the day of the decision.'),
    noticeWorkingDays: z.int().min(3).max(30).describe('Working days of the public notice.'),
  })
  .meta({ id: 'StarTerms', description: 'The terms by which a star was begun.' });
export type StarTerms = Readonly<z.infer<typeof starTerms>>;

export const starObjection = z
  .object({
    on: localDate,
    by: actorId.describe('Who took it down.'),
    text: reason,
    answer: reason.nullable().describe('Null while nobody has answered.'),
    upheld: z.boolean().nullable().describe('Whether it is right; null while nobody has answered.'),
  })
  .meta({ id: 'StarObjectionState', description: 'An objection to a star in its notice.' });

export const star = z
  .object({
    volunteerId: uuid.describe('The record of the person.'),
    level: starLevel,
    areaId: areaId.describe('The area of the person when it was begun.'),
    organisationId: uuid
      .nullable()
      .describe('Whose staff nominated; null when nobody of an organisation did.'),
    status: z.enum(starStatuses).meta({
      id: 'StarStatus',
      description:
        '`eligible`: found by the hours alone. `in-notice`: shown to the public, who may object. `withdrawn`: it was granted, or would have been, and is no more.',
    }),
    foundOn: localDate.nullable().describe('The day on which the hours were found; null if never.'),
    nominatedOn: localDate.nullable().describe('The day of the nomination.'),
    noticeUntil: localDate.nullable().describe('The last day of the public notice.'),
    grantedOn: localDate.nullable().describe('The day on which it was granted.'),
    terms: starTerms,
    countedUntil: localDate.describe('The last service day that counts for what is below.'),
    records: z
      .array(uuid)
      .max(50)
      .describe('Records merged into that of the person, under which entries were made.'),
    entries: z
      .array(certifiedEntry)
      .max(maxCertifiedEntries)
      .describe('The verified entries, oldest first: as many as make up the hours.'),
    minutes: z.int().min(0).describe('The sum of the entries.'),
    objections: z.array(starObjection).max(mostObjections),
    review: z
      .object({
        since: localDate,
        cause: z.enum(['hours', 'merged']).meta({
          id: 'StarReviewCause',
          description:
            '`hours`: an entry was voided, corrected, rejected or moved since. `merged`: records were merged, or a merge was undone.',
        }),
      })
      .meta({ id: 'StarReview', description: 'Somebody has to look whether it still holds.' })
      .nullable()
      .describe('Null while there is nothing to look at.'),
    endedBy: z
      .enum(['district', 'erased'])
      .meta({
        id: 'StarEnd',
        description: 'Who or what ended it: the district, or the erasure of the person.',
      })
      .nullable(),
    endedOn: localDate.nullable().describe('The day on which it was declined or withdrawn.'),
    reason: reason.nullable().describe('What was given as the reason of the last decision.'),
  })
  .meta({ id: 'StarState', description: 'A star level after an event. It names nobody.' });
export type Star = Readonly<z.infer<typeof star>>;

const data = z.object({ star });

const nominated: Star = {
  volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
  level: 1,
  areaId: 'hongqi-01',
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  status: 'nominated',
  foundOn: null,
  nominatedOn: '2026-01-05',
  noticeUntil: null,
  grantedOn: null,
  terms: { policyVersion: 1, hours: 100, tenureDays: 0, cutOff: null, noticeWorkingDays: 5 },
  countedUntil: '2026-01-05',
  records: [],
  entries: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20].map((day) => ({
    sheetId: `0198c0de-0000-7000-8000-0000000000b1~2025-10-${day}~1`,
    ...{ version: 2, minutes: 600 },
  })),
  minutes: 6000,
  objections: [],
  review: null,
  endedBy: null,
  endedOn: null,
  reason: null,
};
const noticed: Star = { ...nominated, status: 'in-notice', noticeUntil: '2026-01-13' };
const objected: Star = {
  ...noticed,
  objections: [
    {
      ...{ on: '2026-01-08', by: 'organiser-1', text: '时长与签到不符' },
      ...{ answer: null, upheld: null },
    },
  ],
};
const answered: Star = {
  ...noticed,
  objections: objected.objections.map((each) => ({
    ...each,
    ...{ answer: '已核对签到表，记录属实', upheld: false },
  })),
};
const granted: Star = { ...answered, status: 'granted', grantedOn: '2026-01-14' };
const reviewed: Star = { ...granted, review: { since: '2026-02-02', cause: 'hours' } };

const event = (summary: { readonly en: string; readonly zh: string }, example: Star) =>
  define(aggregates.star, { summary, data, example: { star: example } });

export const starEvents = {
  StarFound: event(
    { en: 'Somebody has the hours of a star', zh: '时长已达星级标准' },
    {
      ...nominated,
      ...{ status: 'eligible', organisationId: null },
      ...{ foundOn: '2026-01-04', nominatedOn: null, countedUntil: '2026-01-04' },
    },
  ),
  StarNominated: event(
    { en: 'Somebody was nominated for a star', zh: '已推荐星级志愿者' },
    nominated,
  ),
  StarNoticed: event(
    { en: 'The public notice of a star began', zh: '星级志愿者已开始公示' },
    noticed,
  ),
  StarObjected: event(
    { en: 'An objection to a star was taken down', zh: '星级公示收到异议' },
    objected,
  ),
  StarObjectionAnswered: event(
    { en: 'An objection to a star was answered', zh: '星级公示的异议已答复' },
    answered,
  ),
  StarGranted: event({ en: 'A star was granted', zh: '已授予星级' }, granted),
  StarDeclined: event(
    { en: 'A star was not granted', zh: '星级未予授予' },
    {
      ...answered,
      ...{ status: 'declined', endedBy: 'district', endedOn: '2026-01-14', reason: '异议成立' },
    },
  ),
  StarReviewRaised: event(
    { en: 'What a star rests on changed: somebody has to look at it', zh: '星级依据有变，须复核' },
    reviewed,
  ),
  StarUpheld: event(
    { en: 'A star was looked at and stands', zh: '星级复核后维持' },
    { ...granted, countedUntil: '2026-02-03' },
  ),
  StarWithdrawn: event(
    { en: 'A star was withdrawn', zh: '星级已撤销' },
    {
      ...granted,
      ...{ status: 'withdrawn', endedBy: 'district', endedOn: '2026-02-03' },
      reason: '作废后时长不足',
    },
  ),
};
