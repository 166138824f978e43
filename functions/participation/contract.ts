import * as z from 'zod';
import { areaId, localDate, uuid } from '../../events/envelope.ts';
import { entry, maxEntries, sheetId } from '../../events/participation.ts';
import { shownSums } from '../../events/sheet-sums.ts';
import {
  type Contract,
  pageOf,
  paging,
  problemCode,
  queryInteger,
  route,
  words,
} from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';
import { shownFlag, shownLine, shownPlace } from '../sheets/shown-line.ts';
import { atomic, correction, given, isOnce, once, selection } from './entry-inputs.ts';

const refused = z
  .object({
    entry: z
      .int()
      .nullable()
      .describe('The place of the entry in the request, from 0; null when the request named all.'),
    volunteerId: uuid
      .nullable()
      .describe('Null when the person was named by a number that leads to nobody within reach.'),
    code: problemCode,
    title: words,
    detail: words,
  })
  .meta({ id: 'Refused', description: 'An entry that a command left as it was, and why.' });

const sheet = {
  id: sheetId,
  ...shownPlace,
  sums: shownSums.describe('Over all lines of the sheet.'),
  version: z.int(),
};

const changedSheet = z
  .object({
    ...sheet,
    entries: z.array(entry).describe('The lines that the command changed, as they are after it.'),
    refused: z
      .array(refused)
      .describe('Those that were named or meant, and were left as they were.'),
  })
  .meta({
    id: 'SheetChange',
    description:
      'A sheet after a command: the lines that it changed, and those that it left with the reasons.',
  });

const wholeSheet = z
  .object({
    ...sheet,
    entries: z.array(
      entry.extend({ flags: z.array(shownFlag) }).meta({
        id: 'SheetLine',
        description: 'The entry of one person on a sheet, with the flags of their day.',
      }),
    ),
  })
  .meta({
    id: 'Sheet',
    description: 'A day sheet: where it belongs, its sums, and a line for each person.',
  });

/** A line as lists show it. */
const listed = z
  .object({
    sheetId,
    ...shownLine,
    overdue: z
      .boolean()
      .describe('It waits, or an objection does, for more than ten working days.'),
    version: z.int().describe('The version of the sheet that last changed the line.'),
  })
  .meta({ id: 'HoursLine', description: 'A person’s line on a sheet, as lists show it.' });

const byId = z.strictObject({ id: sheetId });

/** Days to which one correction moves lines: each is a sheet or two in the same transaction. */
const maxMoves = 30;

const changeProblems = ['not-found', 'illegal-transition', 'stale-version'] as const;
const verifyProblems = [...changeProblems, 'own-entry', 'other-organisation-required'] as const;

export const participation = {
  enterHours: route({
    key: 'POST /activities/{id}/sheets/{date}/entries',
    access: 'token',
    summary: { en: 'Enter people on the sheet of a day', zh: '录入签到表' },
    params: z.strictObject({ id: uuid, date: localDate }),
    body: z.strictObject({
      entries: z.array(given).min(1).max(maxEntries),
      teamId: uuid
        .nullable()
        .optional()
        .describe('The team whose roll it is; by default the activity’s.'),
      atomic,
    }),
    // Used to find the person, and stored nowhere.
    personal: ['entries'],
    status: 201,
    answer: changedSheet,
    versioned: true,
    problems: [
      'not-found',
      'unknown-reference',
      'activity-not-open',
      'already-on-sheet',
      'day-too-long',
      'too-many-look-ups',
      'service-date-in-future',
      'service-date-outside-activity',
      'service-date-too-old',
      'volunteer-not-active',
      'nobody-with-number',
      'invalid-value',
    ],
  }),
  listSheets: route({
    key: 'GET /activities/{id}/sheets',
    access: 'token',
    summary: { en: 'The sheets of an activity', zh: '活动的签到表' },
    params: z.strictObject({ id: uuid }),
    answer: z.object({
      items: z.array(
        z
          .object({
            id: sheetId,
            serviceDate: localDate,
            number: z.int().describe('Of the sheets of this day, from 1.'),
          })
          .meta({ id: 'SheetName', description: 'One of the sheets of an activity.' }),
      ),
    }),
    problems: ['not-found'],
  }),
  readSheet: route({
    key: 'GET /sheets/{id}',
    access: 'token',
    summary: { en: 'A sheet with its lines, now or at a version', zh: '查看签到表' },
    params: byId,
    query: z.strictObject({ version: queryInteger(1, 1_000_000).optional() }),
    answer: wholeSheet,
    versioned: true,
    problems: ['not-found'],
  }),
  listHours: route({
    key: 'GET /hours',
    access: 'token',
    summary: { en: 'Lines of sheets: of a person, or that wait for somebody', zh: '服务时长列表' },
    query: z
      .strictObject({
        volunteerId: uuid.optional(),
        activityId: uuid.optional(),
        organisationId: uuid.optional(),
        areaId: areaId.optional(),
        status: entry.shape.status.optional(),
        objected: z.literal('true').optional().describe('With an open objection.'),
        overdue: z
          .literal('true')
          .optional()
          .describe(
            'Not verified, or objected to and not answered, for more than ten working days.',
          ),
        flagged: z
          .literal('true')
          .optional()
          .describe('Pending or verified, with a flag that somebody should look at.'),
        ...paging,
      })
      .refine(
        ({ volunteerId, activityId, organisationId, areaId }) =>
          [volunteerId, activityId, organisationId, areaId].some((each) => each !== undefined),
        {
          path: ['volunteerId'],
          message:
            '须指定 volunteerId、activityId、organisationId、areaId 之一 / one of volunteerId, activityId, organisationId and areaId is required',
        },
      ),
    answer: pageOf(listed),
    problems: ['not-found', 'invalid-cursor'],
  }),
  verifyHours: route({
    key: 'POST /sheets/{id}/verify',
    access: 'token',
    summary: { en: 'Confirm lines of a sheet; from now on they count', zh: '查验签到表' },
    params: byId,
    body: z.strictObject({
      entries: selection,
      atomic,
      /**
       * Needed for a day of more than twelve hours, which the district verifies, and for a line to which
       * its person objects, which must be named.
       */
      reason: officialText(200).optional(),
    }),
    answer: changedSheet,
    versioned: true,
    problems: [
      ...verifyProblems,
      'activity-not-open',
      'activity-moved',
      'day-too-long',
      'district-required',
      'second-verifier-required',
      'objection-open',
    ],
  }),
  rejectHours: route({
    key: 'POST /sheets/{id}/reject',
    access: 'token',
    summary: { en: 'Do not accept lines of a sheet', zh: '驳回服务时长' },
    params: byId,
    body: z.strictObject({ entries: selection, atomic, reason: officialText(200) }),
    answer: changedSheet,
    versioned: true,
    problems: verifyProblems,
  }),
  correctHours: route({
    key: 'POST /sheets/{id}/correct',
    access: 'token',
    summary: { en: 'Correct lines; they wait to be verified again', zh: '更正服务时长' },
    params: byId,
    body: z.strictObject({
      entries: z
        .array(correction)
        .min(1)
        .max(maxEntries)
        .refine((all) => isOnce(all.map(({ volunteerId }) => volunteerId)), once)
        .refine(
          (all) => new Set(all.flatMap(({ serviceDate }) => serviceDate ?? [])).size <= maxMoves,
          {
            message: `一次最多改到 ${maxMoves} 个日期 / lines move to at most ${maxMoves} days at once`,
          },
        ),
      atomic,
      reason: officialText(200),
    }),
    answer: changedSheet,
    versioned: true,
    problems: [
      ...changeProblems,
      'invalid-value',
      'already-on-sheet',
      'activity-not-open',
      'activity-moved',
      'day-too-long',
      'service-date-in-future',
      'service-date-outside-activity',
      'service-date-too-old',
    ],
  }),
  voidHours: route({
    key: 'POST /sheets/{id}/void',
    access: 'token',
    summary: { en: 'Strike lines out; they stay with the reason', zh: '作废服务时长' },
    params: byId,
    body: z.strictObject({ entries: selection, atomic, reason: officialText(200) }),
    answer: changedSheet,
    versioned: true,
    problems: changeProblems,
  }),
  objectHours: route({
    key: 'POST /sheets/{id}/object',
    access: 'token',
    summary: { en: 'Object to your own line', zh: '对本人服务时长提出异议' },
    params: byId,
    body: z.strictObject({ entries: selection, atomic, reason: officialText(200) }),
    answer: changedSheet,
    versioned: true,
    problems: changeProblems,
  }),
} satisfies Contract;
