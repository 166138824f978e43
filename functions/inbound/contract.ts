import * as z from 'zod';
import { uuid } from '../../events/envelope.ts';
import { accepted, inboundBatch, inboundPartner } from '../../events/inbound.ts';
import { sheetId } from '../../events/participation.ts';
import {
  bytes,
  type Contract,
  pageOf,
  paging,
  pausable,
  rotation,
  route,
} from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';

const partner = uuid.describe('The id of a partner whose machine hands things in.');
const byPartner = z.strictObject({ partner });

/** A type with its table or its expression; with neither, the data are in our own form. */
const acceptedType = z
  .strictObject({
    ...accepted.shape,
    fields: accepted.shape.fields.default(null),
    expression: officialText(2_000)
      .nullable()
      .default(null)
      .describe('A JSONata expression over the event that gives what we take; null without one.'),
  })
  .refine(({ fields, expression }) => fields === null || expression === null, {
    path: ['expression'],
    message: 'fields 与 expression 只填一个 / give fields or expression, not both',
  })
  .refine(({ fields }) => fields === null || Object.keys(fields).length <= 40, {
    path: ['fields'],
    message: '至多 40 个字段 / 40 fields at most',
  })
  .meta({ id: 'NewInboundType', description: 'A type of event that a partner may send.' });

const described = {
  description: officialText(80),
  organisationId: uuid.nullable(),
  areaIds: inboundPartner.shape.areaIds,
  accepts: z
    .array(acceptedType)
    .min(1)
    .max(20)
    .refine((all) => new Set(all.map(({ type }) => type)).size === all.length, {
      message: '同一类型不得重复 / no type is there twice',
    })
    .describe('The types of events that it may send.'),
  itemsPerDay: inboundPartner.shape.itemsPerDay,
};

const answer = z
  .object({ id: uuid, ...inboundPartner.shape, version: z.int() })
  .meta({ id: 'InboundPartner', description: 'A partner whose machine hands things in.' });

/** The answer of the two routes that show a secret. It is shown nowhere else. */
const withSecret = answer
  .extend({
    secret: z.string().nullable().describe('The secret that was made; null when it is gone again.'),
  })
  .meta({ id: 'NewInboundPartner', description: 'A partner with the secret that was just made.' });

/** Why an item is refused, as a problem of a request of its own would say it. */
const problem = z
  .object({
    type: z.string().describe('What went wrong: as the `type` of a problem.'),
    title: z.string().describe('The kind of problem, for a person.'),
    status: z.int().describe('The status that a request of its own would have got.'),
    detail: z.string().describe('What is wrong and what to do, for a person.'),
    errors: z
      .array(
        z.object({
          pointer: z
            .string()
            .describe('JSON Pointer into what the mapping gave, or into the event.'),
          code: z.string().describe('What is wrong with it: as the `code` of a problem.'),
          detail: z.string().describe('What is wrong and what to do, for a person.'),
        }),
      )
      .describe('The faults, field by field; none when the batch is read later.'),
  })
  .meta({ id: 'InboundProblem', description: 'Why an event of a batch is refused.' });

const item = z
  .object({
    index: z.int().describe('The place of the event in the batch, from 0.'),
    outcome: z.enum(['applied', 'refused']).describe('Whether it was applied.'),
    volunteerId: uuid.nullable().describe('Whom it is about, if it was applied.'),
    sheetId: sheetId.nullable().describe('The sheet with the hours.'),
    confirmationCode: z
      .string()
      .nullable()
      .describe('With which the registered person confirms; hand it to them.'),
    problem: problem.nullable(),
  })
  .meta({ id: 'InboundItem', description: 'What became of one event of a batch.' });

const batch = z
  .object({
    id: uuid,
    ...inboundBatch.omit({ partnerId: true }).shape,
    results: z.array(item).describe('What became of each event, in their order.'),
  })
  .meta({ id: 'InboundBatch', description: 'What became of a batch, in the order of its events.' });

const listedBatch = z
  .object({ id: uuid, at: z.iso.datetime(), ...inboundBatch.shape })
  .meta({ id: 'InboundBatchSummary', description: 'A batch in a list.' });

/** The parts of a CloudEvents 1.0 event that are read here; all others are the partner's own. */
export const handedIn = z
  .looseObject({
    specversion: z.literal('1.0').describe('The version of CloudEvents.'),
    id: z.string().min(1).max(256).describe('With `source`, names the event for good.'),
    source: z.string().min(1).max(1_024).describe('Where the partner’s events come from.'),
    type: z.string().min(1).max(256).describe('One of the types that the partner may send.'),
  })
  .meta({ id: 'InboundEvent', description: 'An event of a partner (CloudEvents 1.0).' });

export const inbound = {
  createInboundPartner: route({
    key: 'POST /inbound',
    access: 'token',
    summary: {
      en: 'Let a partner’s machine hand things in; the answer shows the secret, once',
      zh: '新增接入方（密钥仅此一次显示）',
    },
    body: z.strictObject({
      ...described,
      organisationId: described.organisationId.default(null),
      itemsPerDay: described.itemsPerDay.default(1_000),
    }),
    status: 201,
    answer: withSecret,
    versioned: true,
    problems: ['invalid-value', 'unknown-reference', 'record-unreadable'],
  }),
  listInboundPartners: route({
    key: 'GET /inbound',
    access: 'token',
    summary: { en: 'The partners whose machines hand things in', zh: '接入方列表' },
    query: z.strictObject(paging),
    answer: pageOf(answer),
    problems: ['invalid-cursor'],
  }),
  readInboundPartner: route({
    key: 'GET /inbound/{partner}',
    access: 'token',
    summary: { en: 'One partner', zh: '查看接入方' },
    params: byPartner,
    answer,
    versioned: true,
    problems: ['not-found'],
  }),
  reviseInboundPartner: route({
    key: 'PATCH /inbound/{partner}',
    access: 'token',
    summary: { en: 'Change, pause or resume a partner', zh: '变更、暂停或恢复接入方' },
    params: byPartner,
    body: z
      .strictObject({ ...described, status: pausable })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        message: '至少更改一项 / change at least one field',
      }),
    answer,
    versioned: true,
    problems: ['not-found', 'invalid-value', 'unknown-reference', 'stale-version'],
  }),
  deleteInboundPartner: route({
    key: 'DELETE /inbound/{partner}',
    access: 'token',
    summary: { en: 'Delete a partner with its secrets', zh: '删除接入方' },
    params: byPartner,
    answer,
    versioned: true,
    problems: ['not-found', 'stale-version'],
  }),
  rotateInboundSecret: route({
    key: 'POST /inbound/{partner}/rotate-secret',
    access: 'token',
    summary: {
      en: 'A new secret; the old one is good beside it for some hours',
      zh: '更换接入密钥（旧密钥在重叠期内同时有效）',
    },
    params: byPartner,
    body: rotation,
    answer: withSecret,
    versioned: true,
    problems: ['not-found', 'stale-version', 'record-unreadable'],
  }),
  tryInboundEvent: route({
    key: 'POST /inbound/{partner}/try',
    access: 'token',
    summary: {
      en: 'What an event of a partner would be taken for; nothing is applied',
      zh: '试映射一条事件（不入库）',
    },
    params: byPartner,
    body: z.strictObject({
      event: z.record(z.string(), z.unknown()).describe('An event as the partner would send it.'),
    }),
    // A sample holds what real events hold. It is stored nowhere.
    personal: ['event'],
    answer: z.object({
      as: accepted.shape.as,
      command: z.record(z.string(), z.unknown()).describe('What the command would take.'),
    }),
    problems: ['not-found', 'mapping-failed', 'type-not-accepted', 'name-required'],
  }),
  receiveInbound: route({
    key: 'POST /inbound/{partner}',
    access: 'signed',
    summary: {
      en: 'Hand in a batch of registrations and hours, signed with the partner’s secret',
      zh: '接入方提交登记与时长（须签名）',
    },
    params: byPartner,
    body: bytes,
    file: {
      mediaTypes: [
        'application/cloudevents-batch+json',
        'application/cloudevents+json',
        'application/json',
      ],
      maxBytes: 256 * 1024,
      holds: z.union([z.array(handedIn).min(1).max(100), handedIn]),
    },
    answer: batch,
    problems: [
      'invalid-signature',
      'malformed-json',
      'partner-paused',
      'batch-size',
      'too-many-items',
      'idempotency-key-reused',
      'conflict',
      'not-set-up',
      'record-unreadable',
    ],
  }),
  listInboundBatches: route({
    key: 'GET /inbound/{partner}/batches',
    access: 'token',
    summary: { en: 'What a partner has handed in, newest first', zh: '接入批次列表' },
    params: byPartner,
    query: z.strictObject(paging),
    answer: pageOf(listedBatch),
    problems: ['not-found', 'invalid-cursor'],
  }),
  readInboundBatch: route({
    key: 'GET /inbound/{partner}/batches/{id}',
    access: 'token',
    summary: { en: 'What became of a batch, event by event', zh: '查看接入批次' },
    params: z.strictObject({ partner, id: uuid }),
    answer: batch,
    problems: ['not-found'],
  }),
} satisfies Contract;
