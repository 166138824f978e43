import * as z from 'zod';
import { uuid } from '../../events/envelope.ts';
import { accepted, inboundBatch, inboundKinds, inboundPartner } from '../../events/inbound.ts';
import { sheetId } from '../../events/participation.ts';
import { bytes, type Contract, pageOf, paging, route } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';

const byPartner = z.strictObject({ partner: uuid });

/** A type with its table or its expression; with neither, the data are in our own form. */
const acceptedType = z
  .strictObject({
    ...accepted.shape,
    fields: accepted.shape.fields.default(null),
    expression: accepted.shape.expression.default(null),
  })
  .refine(({ fields, expression }) => fields === null || expression === null, {
    path: ['expression'],
    message: 'fields 与 expression 只填一个 / give fields or expression, not both',
  })
  .refine(({ fields }) => fields === null || Object.keys(fields).length <= 40, {
    path: ['fields'],
    message: '至多 40 个字段 / 40 fields at most',
  });

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
    }),
  itemsPerDay: inboundPartner.shape.itemsPerDay,
};

const answer = z
  .object({ id: uuid, ...inboundPartner.shape, version: z.int() })
  .meta({ id: 'InboundPartner', description: 'A partner whose machine hands things in.' });

/** The answer of the two routes that show a secret. It is shown nowhere else. */
const withSecret = answer.extend({ secret: z.string().nullable() });

/** Why an item is refused, as a problem of a request of its own would say it. */
const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(
      z.object({
        pointer: z
          .string()
          .meta({ description: 'JSON Pointer into what the mapping gave, or into the event' }),
        code: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'InboundProblem', description: 'Why an event of a batch is refused.' });

const item = z
  .object({
    index: z.int().meta({ description: 'The place of the event in the batch, from 0' }),
    outcome: z.enum(['applied', 'refused']),
    volunteerId: uuid.nullable().meta({ description: 'Whom it is about, if it was applied' }),
    sheetId: sheetId.nullable().meta({ description: 'The sheet with the hours' }),
    confirmationCode: z
      .string()
      .nullable()
      .meta({ description: 'With which the registered person confirms; hand it to them' }),
    problem: problem.nullable(),
  })
  .meta({ id: 'InboundItem', description: 'What became of one event of a batch.' });

const batch = z
  .object({
    id: uuid,
    ...inboundBatch.omit({ partnerId: true }).shape,
    results: z.array(item),
  })
  .meta({ id: 'InboundBatch', description: 'What became of a batch, in the order of its events.' });

const listedBatch = z.object({ id: uuid, at: z.iso.datetime(), ...inboundBatch.shape });

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
      .strictObject({ ...described, status: z.enum(['active', 'paused']) })
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
    body: z.strictObject({ overlapHours: z.int().min(0).max(168).default(24) }),
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
    body: z.strictObject({ event: z.record(z.string(), z.unknown()) }),
    // A sample holds what real events hold. It is stored nowhere.
    personal: ['event'],
    answer: z.object({ as: z.enum(inboundKinds), command: z.record(z.string(), z.unknown()) }),
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
    params: z.strictObject({ partner: uuid, id: uuid }),
    answer: batch,
    problems: ['not-found'],
  }),
} satisfies Contract;
