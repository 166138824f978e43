import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { sheetId } from '../../events/participation.ts';
import { commendation, evaluation, training } from '../../events/records.ts';
import { type Contract, paging, queryInteger, route, year } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';
import { accessReason } from '../people/personal-access-reasons.ts';
import { exported } from './export-answer.ts';
import { blocks, record } from './record-answer.ts';

const byVolunteer = z.strictObject({ id: uuid });
const byEntry = z.strictObject({ id: uuid, entryId: uuid });

const trainingAnswer = z
  .object({ id: uuid, ...training.shape, version: z.int() })
  .meta({ id: 'Training', description: 'A training in a service record.' });
const commendationAnswer = z
  .object({ id: uuid, ...commendation.shape, version: z.int() })
  .meta({ id: 'Commendation', description: 'A commendation in a service record.' });
const evaluationAnswer = z
  .object({ id: uuid, ...evaluation.shape, version: z.int() })
  .meta({ id: 'Evaluation', description: 'An evaluation in a service record.' });

const proof = z
  .object({
    period: z.string().describe('The closed month, `yyyy-mm`.'),
    version: z.int().describe('The version by which the month was closed.'),
    sheetId,
    volunteerId: uuid.describe('The record under which the person was entered.'),
    salt: z.string().describe('In hex. SHA-256 of these bytes and the id is `person` in the leaf.'),
    leaf: z.string().describe('The text of the leaf: the entry as the month was closed with it.'),
    index: z.int().describe('The place of the leaf among all leaves of the month, from 0.'),
    leafCount: z.int().describe('How many leaves the month has.'),
    path: z
      .array(z.string())
      .describe('The hashes that lead from the leaf to the root, the nearest first, in hex.'),
    root: z.string().describe('The root of the month, as it was published, in hex.'),
  })
  .meta({
    id: 'InclusionProof',
    description: 'The proof that an entry is part of a closed month: see docs/verify.md.',
  });
const maxProofs = 20;

const recordProblems = [
  'not-found',
  'volunteer-not-active',
  'unknown-reference',
  'invalid-value',
] as const;
const readProblems = [
  'not-found',
  'reason-required',
  'approval-required',
  'invalid-cursor',
] as const;
const voiding = {
  access: 'token',
  params: byEntry,
  body: z.strictObject({ reason: officialText(200) }),
  versioned: true,
  problems: ['not-found', 'illegal-transition', 'stale-version'],
} as const;

const blockQuery = z.strictObject({
  block: z
    .enum(blocks)
    .optional()
    .describe(
      'Reads one block only, whose `next` is the `cursor`. Without a block, a cursor belongs to `service`.',
    ),
  ...paging,
  limit: paging.limit.default(30),
});

export const records = {
  recordTraining: route({
    key: 'POST /volunteers/{id}/trainings',
    access: 'token',
    summary: { en: 'Put a training on a volunteer’s record', zh: '记录培训' },
    params: byVolunteer,
    body: z.strictObject({
      organisationId: uuid,
      date: localDate,
      name: officialText(80),
      content: officialText(400),
      studyMinutes: training.shape.studyMinutes,
      organiser: officialText(80).nullable().default(null),
    }),
    status: 201,
    answer: trainingAnswer,
    versioned: true,
    problems: recordProblems,
  }),
  recordCommendation: route({
    key: 'POST /volunteers/{id}/commendations',
    access: 'token',
    summary: { en: 'Put a commendation on a volunteer’s record', zh: '记录表彰' },
    params: byVolunteer,
    body: z.strictObject({
      organisationId: uuid,
      date: localDate,
      name: officialText(80),
      awardedBy: officialText(80).nullable().default(null),
    }),
    status: 201,
    answer: commendationAnswer,
    versioned: true,
    problems: recordProblems,
  }),
  recordEvaluation: route({
    key: 'POST /volunteers/{id}/evaluations',
    access: 'token',
    summary: { en: 'Evaluate the quality of a volunteer’s service', zh: '评价服务质量' },
    params: byVolunteer,
    body: z.strictObject({
      organisationId: uuid,
      date: localDate,
      quality: evaluation.shape.quality,
      activityId: uuid.nullable().default(null),
    }),
    status: 201,
    answer: evaluationAnswer,
    versioned: true,
    problems: recordProblems,
  }),
  voidTraining: route({
    key: 'POST /volunteers/{id}/trainings/{entryId}/void',
    summary: { en: 'Strike a training out; the row stays with its reason', zh: '作废培训记录' },
    answer: trainingAnswer,
    ...voiding,
  }),
  voidCommendation: route({
    key: 'POST /volunteers/{id}/commendations/{entryId}/void',
    summary: { en: 'Strike a commendation out; the row stays', zh: '作废表彰记录' },
    answer: commendationAnswer,
    ...voiding,
  }),
  voidEvaluation: route({
    key: 'POST /volunteers/{id}/evaluations/{entryId}/void',
    summary: { en: 'Strike an evaluation out; the row stays', zh: '作废评价' },
    answer: evaluationAnswer,
    ...voiding,
  }),
  readRecord: route({
    key: 'GET /volunteers/{id}/record',
    access: 'token',
    summary: {
      en: 'The service record in its five blocks, also as a page to print: for the person, and for staff with a reason, which is logged',
      zh: '志愿服务记录（五项信息，可打印）：本人；工作人员须说明事由并留痕',
    },
    params: byVolunteer,
    query: blockQuery.extend({ reason: accessReason.optional() }),
    answer: record,
    also: ['text/html'],
    problems: readProblems,
  }),
  ownRecordPage: route({
    key: 'GET /pages/record',
    access: 'session',
    summary: { en: 'The service record of whoever signed in', zh: '我的志愿服务记录' },
    query: blockQuery,
    only: 'text/html',
    answer: record,
  }),
  recordPage: route({
    key: 'GET /pages/volunteers/{id}/record',
    access: 'session',
    summary: {
      en: 'A service record: for the person, and for staff with a reason, which is logged',
      zh: '志愿服务记录：本人；工作人员须说明事由并留痕',
    },
    params: byVolunteer,
    query: blockQuery.extend({ reason: accessReason.optional() }),
    only: 'text/html',
    answer: record,
  }),
  listProofs: route({
    key: 'GET /volunteers/{id}/proofs',
    access: 'token',
    summary: {
      en: 'Proofs that a person’s entries are part of the closed months of a year',
      zh: '本人时长已计入关账月份的证明',
    },
    params: byVolunteer,
    query: z.strictObject({
      year,
      reason: accessReason.optional(),
      limit: queryInteger(1, maxProofs).default(maxProofs),
      cursor: paging.cursor,
    }),
    answer: z
      .object({
        items: z.array(proof),
        next: z
          .string()
          .nullable()
          .describe('The `cursor` of the next page; null on the last one.'),
      })
      .meta({ id: 'ProofPage', description: 'A page of proofs, oldest entry first.' }),
    problems: readProblems,
  }),
  exportVolunteer: route({
    key: 'GET /volunteers/{id}/export',
    access: 'token',
    summary: {
      en: 'Everything that is held about a person: for the person, and for the district with a reason, which is logged',
      zh: '导出本人全部信息：本人；区级管理员须说明事由并留痕',
    },
    params: byVolunteer,
    query: z.strictObject({
      reason: accessReason.optional(),
      cursor: paging.cursor,
    }),
    answer: exported,
    problems: readProblems,
  }),
} satisfies Contract;
