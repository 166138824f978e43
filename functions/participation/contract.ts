import * as z from 'zod';
import { areaId, localDate, uuid } from '../../events/envelope.ts';
import {
  entry,
  hoursOrigins,
  maxEntries,
  minutes,
  sheetId,
  sums,
} from '../../events/participation.ts';
import { type Contract, pageOf, paging, queryInteger, route } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';
import { shownFlags, shownLine, shownPlace } from '../sheets/shown-line.ts';

/** An entry that a command left as it was, and why. */
const refused = z.object({
  /** The place of the entry in the request, from 0; null when the request named all. */
  entry: z.int().nullable(),
  /** Null when the person was named by a number that leads to nobody within reach. */
  volunteerId: uuid.nullable(),
  /** The last part of a problem's `type`. */
  code: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  detail: z.object({ zh: z.string(), en: z.string() }),
});

const sheet = {
  id: sheetId,
  ...shownPlace,
  /** Over all lines of the sheet. */
  sums,
  version: z.int(),
};

const changedSheet = z
  .object({
    ...sheet,
    /** The lines that the command changed, as they are after it. */
    entries: z.array(entry),
    /** Those that were named or meant, and were left as they were. */
    refused: z.array(refused),
  })
  .meta({
    id: 'SheetChange',
    description:
      'A sheet after a command: the lines that it changed, and those that it left with the reasons.',
  });

const wholeSheet = z
  .object({
    ...sheet,
    entries: z.array(entry.extend({ flags: z.array(z.enum(shownFlags)) })),
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
    /** It waits, or an objection does, for more than ten working days. */
    overdue: z.boolean(),
    /** The version of the sheet that last changed the line. */
    version: z.int(),
  })
  .meta({ id: 'HoursLine', description: 'A person’s line on a sheet, as lists show it.' });

const byId = z.strictObject({ id: sheetId });

const once = { message: '同一人不得重复 / nobody is named twice' };
const isOnce = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;
const people = z.array(uuid).min(1).max(maxEntries).refine(isOnce, once);

/** All lines that the actor may do this to, all but some, or these. */
const selection = z.union([z.literal('all'), z.strictObject({ allBut: people }), people], {
  error:
    '须为 all、allBut 或志愿者编号的列表：1 至 200 人，不得重复 / must be "all", {"allBut": […]} or a list of volunteers’ ids: 1 to 200, each once',
});
/** Whether all named entries are changed or none. With false, the answer lists the rest with reasons. */
const atomic = z.boolean().default(true);

const phone = z.string().min(1).max(40);

const given = z
  .strictObject({
    volunteerId: uuid.optional(),
    /** Instead of the volunteer's id, from a paper roll. */
    phone: phone.optional(),
    idNumber: z.string().min(1).max(40).optional(),
    /** Beside a number: the name that the roll has. Then the number leads to somebody of this name only. */
    name: z.string().min(1).max(60).optional(),
    attendedMinutes: minutes.optional(),
    /** By default the attended minutes. */
    creditedMinutes: minutes.optional(),
    /** On duty at the workplace: a person-time without hours. */
    onDuty: z.boolean().default(false),
    origin: z.enum(hoursOrigins),
  })
  .refine(
    ({ volunteerId, phone: called, idNumber }) =>
      [volunteerId, called, idNumber].filter((each) => each !== undefined).length === 1,
    {
      path: ['volunteerId'],
      message:
        '请填写志愿者编号、手机号、证件号码之一 / name the person by one of volunteerId, phone, idNumber',
    },
  )
  .refine(({ volunteerId, name }) => name === undefined || volunteerId === undefined, {
    path: ['name'],
    message: '姓名只与手机号或证件号码同填 / the name goes with a phone or an ID number only',
  })
  .refine(({ attendedMinutes, onDuty }) => (attendedMinutes === undefined) === onDuty, {
    path: ['attendedMinutes'],
    message:
      '须填写参与分钟数；在岗人员不填 / the minutes are required, except of somebody on duty, who has none',
  })
  .refine(({ creditedMinutes, onDuty }) => !onDuty || creditedMinutes === undefined, {
    path: ['creditedMinutes'],
    message: '在岗人员不计时长 / somebody on duty has no hours',
  })
  .refine(
    ({ attendedMinutes = 0, creditedMinutes = attendedMinutes }) =>
      creditedMinutes <= attendedMinutes,
    {
      path: ['creditedMinutes'],
      message: '计入时长不得超过参与时长 / no more may be credited than attended',
    },
  );

const correction = z
  .strictObject({
    volunteerId: uuid,
    serviceDate: localDate.optional(),
    attendedMinutes: minutes.optional(),
    creditedMinutes: minutes.optional(),
    onDuty: z.boolean().optional(),
  })
  .refine(
    ({ onDuty, attendedMinutes, creditedMinutes }) =>
      !onDuty || (attendedMinutes === undefined && creditedMinutes === undefined),
    { path: ['onDuty'], message: '在岗人员不计时长 / somebody on duty has no hours' },
  );

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
      /** The team whose roll it is; by default the activity's. */
      teamId: uuid.nullable().optional(),
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
      items: z.array(z.object({ id: sheetId, serviceDate: localDate, number: z.int() })),
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
        /** With an open objection. */
        objected: z.literal('true').optional(),
        /** Not verified, or objected to and not answered, for more than ten working days. */
        overdue: z.literal('true').optional(),
        /** Pending or verified, with a flag that somebody should look at. */
        flagged: z.literal('true').optional(),
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
