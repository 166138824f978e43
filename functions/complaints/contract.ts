import * as z from 'zod';
import { complaint } from '../../events/complaints.ts';
import { areaId } from '../../events/envelope.ts';
import { type Contract, pageOf, paging, route, year } from '../http/contract.ts';
import { accessReason } from '../people/personal-access-reasons.ts';
import { publicText } from '../people/public-text.ts';
import { complaintNumber } from './number.ts';

const number = z
  .string()
  .regex(complaintNumber, '编号格式有误 / must be the number of a complaint')
  .describe('The number of a complaint: `yymmdd-nnnnnnnn-cc`.');
const byNumber = z.strictObject({ number });

/** A page of this site, without its query. */
const pagePath = z
  .string()
  .regex(/^\/(?!\/)[\w./-]{0,120}$/, '须为本站网页的路径 / must be a path of this site');

const ticket = z.string().regex(/^[\w-]{22}\.[a-z0-9]{8,9}\.[\w-]{22}$/);

/** Nobody sees this field and fills it in; programs do. */
const nobodysField = z.literal('', '请勿填写此项 / leave this field empty').optional();

const state = {
  ...complaint.omit({ takenBy: true }).shape,
  isOverdue: z.boolean().describe('Whether the answer is, or was, late.'),
};
const answer = z

  .object({ number, ...complaint.shape, isOverdue: state.isOverdue, version: z.int() })
  .meta({ id: 'Complaint', description: 'A complaint or suggestion, without what it says.' });

const shownComplaint = z
  .object({
    ...answer.shape,
    text: z.string().nullable().describe('What somebody wrote; null once it has been erased.'),
    contact: z.string().nullable().describe('How to reach them, if they said so.'),
    page: z.string().nullable().describe('The page from which the form was opened.'),
  })
  .meta({ id: 'ReadComplaint', description: 'A complaint or suggestion with what it says.' });

const counts = z
  .object({
    received: z.int().describe('Those that nobody deals with yet.'),
    handling: z.int().describe('Those that somebody deals with.'),
    answered: z.int().describe('Those that were answered and are not closed.'),
    closed: z.int().describe('Those that are closed.'),
    overdue: z.int().describe('Those whose answer is, or was, late; also counted by their state.'),
  })
  .meta({ id: 'ComplaintCounts', description: 'Complaints by where they stand.' });
const figures = z
  .object({
    year,
    total: counts,
    months: z.record(z.string(), counts).describe('By the month in which they were received.'),
    areAll: z.boolean().describe('False when there are more than are counted at once.'),
  })
  .meta({
    id: 'ComplaintFigures',
    description: 'How many complaints a year has, and where they stand.',
  });

const command = {
  access: 'token',
  params: byNumber,
  answer,
  versioned: true,
  problems: ['not-found', 'illegal-transition', 'stale-version'],
} as const;

const form = z.object({
  ticket: z.string(),
  page: z.string().nullable(),
  areas: z.array(z.object({ id: areaId, name: z.string() })),
  workingDays: z.int(),
  keptDays: z.int(),
});

export const complaints = {
  complaintForm: route({
    key: 'GET /pages/complaints',
    access: 'form',
    summary: { en: 'A form for complaints and suggestions, without an account', zh: '投诉与意见' },
    query: z.strictObject({ page: pagePath.optional(), areaId: areaId.optional() }),
    only: 'text/html',
    answer: form,
  }),
  sendComplaint: route({
    key: 'POST /pages/complaints',
    access: 'form',
    summary: { en: 'Send a complaint or suggestion', zh: '提交投诉或意见' },
    body: z.strictObject({
      ticket,
      text: z.string().trim().min(5).max(2000),
      contact: z.string().trim().max(200).optional(),
      areaId: areaId.optional(),
      page: pagePath.optional(),
      website: nobodysField,
    }),
    personal: ['ticket', 'text', 'contact', 'page'],
    only: 'text/html',
    again: 'complaintForm',
    answer: z.object({ number, secret: z.string(), dueOn: z.string(), keptDays: z.int() }),
  }),
  complaintState: route({
    key: 'GET /pages/complaints/state',
    access: 'form',
    summary: { en: 'Where a complaint stands', zh: '查询办理情况' },
    only: 'text/html',
    answer: z.object({ ticket: z.string() }),
  }),
  askState: route({
    key: 'POST /pages/complaints/state',
    access: 'form',
    summary: {
      en: 'Where a complaint stands, by its number and its secret part',
      zh: '按编号和查询码查询',
    },
    body: z.strictObject({
      ticket,
      number: z.string().trim().min(1).max(40),
      secret: z.string().trim().min(1).max(60),
    }),
    personal: ['ticket', 'number', 'secret'],
    only: 'text/html',
    again: 'complaintState',
    answer: z.object({ number, ...state }),
  }),
  listComplaints: route({
    key: 'GET /complaints',
    access: 'token',
    summary: {
      en: 'Complaints and suggestions, by the day of receipt, the newest day first',
      zh: '投诉与意见列表',
    },
    query: z.strictObject({
      status: complaint.shape.status.optional(),
      areaId: areaId.optional(),
      ...paging,
    }),
    answer: pageOf(answer),
    problems: ['invalid-cursor'],
  }),
  readComplaint: route({
    key: 'GET /complaints/{number}',
    access: 'token',
    summary: {
      en: 'A complaint with what it says, with a reason, which is logged',
      zh: '查看投诉或意见（留痕）',
    },
    params: byNumber,
    query: z.strictObject({ reason: accessReason.optional() }),
    answer: shownComplaint,
    problems: ['not-found', 'reason-required', 'record-unreadable'],
  }),
  takeComplaint: route({
    key: 'POST /complaints/{number}/take',
    ...command,
    summary: { en: 'Deal with a complaint', zh: '受理' },
  }),
  answerComplaint: route({
    key: 'POST /complaints/{number}/answer',
    ...command,
    summary: { en: 'Answer it, without pointing to anybody', zh: '答复（不得含个人信息）' },
    body: z.strictObject({ text: publicText(2000) }),
  }),
  closeComplaint: route({
    key: 'POST /complaints/{number}/close',
    ...command,
    summary: { en: 'Close an answered complaint', zh: '办结' },
  }),
  complaintFigures: route({
    key: 'GET /complaint-figures/{year}',
    access: 'token',
    summary: { en: 'How many there are, by month and state', zh: '投诉与意见统计' },
    params: z.strictObject({ year }),
    answer: figures,
  }),
} satisfies Contract;
