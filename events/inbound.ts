import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { areaId, define, stringKinds, text, uuid } from './envelope.ts';

/** What a partner's machine may hand in. */
export const inboundKinds = ['registration', 'hours'] as const;
export type InboundKind = (typeof inboundKinds)[number];

/** A JSON Pointer (RFC 6901) to something in an event: `/data/mobile`. */
const pointer = z
  .string()
  .max(200)
  .regex(
    /^(?:\/(?:[^~/]|~[01])*){1,8}$/,
    '须为 JSON 指针，如 /data/phone / must be a JSON Pointer, as /data/phone',
  );

/** A JSON Pointer to a field of what a command takes: letters only, so that it names no prototype. */
const target = z
  .string()
  .regex(
    /^(?:\/[a-zA-Z]{1,40}){1,3}$/,
    '须为目标字段的 JSON 指针，如 /person/phone / must be a JSON Pointer to one of our fields, as /person/phone',
  );

/** The `type` of a CloudEvents event, as the partner names it. */
const inboundType = z
  .string()
  .regex(
    /^[A-Za-z][\w.:/-]{0,99}$/,
    '须以字母开头，含字母、数字和 . _ : / -，不超过 100 个字符 / must begin with a letter and have letters, digits and . _ : / - only, 100 characters at most',
  );

/** One type of event that a partner may send, what it is, and how its fields are found. */
export const accepted = z
  .object({
    type: inboundType.describe('The `type` of the event, as the partner names it.'),
    as: z.enum(inboundKinds).meta({ id: 'InboundKind', description: 'What the event is for us.' }),
    fields: z
      .record(target, pointer)
      .nullable()
      .describe(
        'Our fields by JSON Pointer, each with its place in the event; null without a table.',
      ),
    expression: z
      .string()
      .min(1)
      .max(2_000)
      .register(stringKinds, { kind: 'code' })
      .nullable()
      .describe('A JSONata expression over the event that gives what we take; null without one.'),
  })
  .meta({ id: 'InboundType', description: 'A type of event that a partner may send.' });
export type Accepted = Readonly<z.infer<typeof accepted>>;

/** A partner whose machine hands things in. Its secrets are sealed in the People table and in no event. */
export const inboundPartner = z
  .object({
    description: text(80).describe('Which platform it is, in some words.'),
    organisationId: uuid
      .nullable()
      .describe(
        'Hours of activities of this organisation only; null for those of any in its areas.',
      ),
    areaIds: z
      .array(areaId)
      .min(1)
      .max(50)
      .describe('Only what is in these areas and in what lies in them.'),
    accepts: z.array(accepted).min(1).max(20).describe('The types of events that it may send.'),
    itemsPerDay: z.int().min(1).max(100_000).describe('Events of a local day at most.'),
    status: z
      .enum(['active', 'paused', 'deleted'])
      .meta({ id: 'InboundStatus', description: 'Whether it may hand things in.' }),
  })
  .meta({
    id: 'InboundPartnerState',
    description: 'A partner after an event, without its secrets.',
  });
export type InboundPartner = Readonly<z.infer<typeof inboundPartner>>;

/** What became of a batch: counts only. */
export const inboundBatch = z
  .object({
    partnerId: uuid.describe('Whose machine handed it in.'),
    items: z.int().min(1).max(100).describe('How many events it has.'),
    applied: z.int().min(0).describe('How many of them were applied.'),
    refused: z.int().min(0).describe('How many of them were refused.'),
  })
  .meta({ id: 'InboundBatchState', description: 'What became of a batch: counts only.' });
export type InboundBatch = Readonly<z.infer<typeof inboundBatch>>;

const partner: InboundPartner = {
  description: '市志愿服务平台',
  organisationId: null,
  areaIds: ['hongqi'],
  accepts: [
    {
      type: 'cn.example.signin',
      as: 'hours',
      fields: {
        '/activityId': '/data/activity',
        '/serviceDate': '/data/day',
        '/phone': '/data/mobile',
        '/name': '/data/name',
        '/attendedMinutes': '/data/minutes',
      },
      expression: null,
    },
  ],
  itemsPerDay: 1_000,
  status: 'active',
};

const partnerEvent = (
  summary: { readonly en: string; readonly zh: string },
  status: InboundPartner['status'],
) =>
  define(aggregates.inboundPartner, {
    summary,
    data: z.object({ partner: inboundPartner }),
    example: { partner: { ...partner, status } },
  });

export const inboundEvents = {
  InboundPartnerCreated: partnerEvent(
    { en: 'A partner’s machine may hand things in', zh: '接入方已创建' },
    'active',
  ),
  InboundPartnerRevised: partnerEvent(
    { en: 'What a partner’s machine may hand in changed', zh: '接入方已变更' },
    'paused',
  ),
  InboundPartnerSecretRotated: partnerEvent(
    { en: 'A partner’s machine got a new secret', zh: '接入方已更换密钥' },
    'active',
  ),
  InboundPartnerDeleted: partnerEvent(
    { en: 'A partner’s machine may hand in nothing any more', zh: '接入方已删除' },
    'deleted',
  ),
  InboundBatchReceived: define(aggregates.inboundBatch, {
    summary: { en: 'A partner’s machine handed in a batch', zh: '接入批次已处理' },
    data: z.object({ batch: inboundBatch }),
    example: {
      batch: {
        partnerId: '0198c0de-0000-7000-8000-0000000000f5',
        items: 12,
        applied: 11,
        refused: 1,
      },
    },
  }),
};
