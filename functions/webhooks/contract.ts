import * as z from 'zod';
import { type EventType, eventTypes } from '../../events/catalogue.ts';
import { areaId, themeKey, uuid } from '../../events/envelope.ts';
import { deliveryProblem, webhook } from '../../events/webhooks.ts';
import {
  type Contract,
  pageOf,
  paging,
  pausable,
  queryInteger,
  rotation,
  route,
} from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';
import { type NoticeKind, noticeKinds } from '../people/notice-kinds.ts';
import { noticeType } from './subscription.ts';

const kinds = Object.keys(noticeKinds) as NoticeKind[];

/** What can be subscribed to: event types, and notices to people. */
const subscribable = z
  .enum([...eventTypes, ...kinds.map(noticeType)] as [EventType, ...string[]])
  .meta({
    id: 'SubscribableType',
    description: 'An event type, or `notice.` and the kind of a notice.',
  });

const byId = z.strictObject({ id: uuid });
/** A delivery's id: that of the event, or of the event and a notice. */
const deliveryId = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/,
    '推送编号格式有误 / must be the id of a delivery',
  );

const described = {
  description: officialText(80),
  url: z.string().min(1).max(500),
  types: z.array(subscribable).min(1).max(100).nullable(),
  areaIds: z.array(areaId).max(50),
  themes: z.array(themeKey).max(50),
  organisationId: uuid.nullable(),
  content: webhook.shape.content,
  asymmetric: webhook.shape.asymmetric,
  secret: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('What a robot’s settings show for signing.'),
  /** The word that a robot's settings want in every message. */
  keyword: officialText(20).nullable(),
};

const answer = z
  .object({ id: uuid, ...webhook.shape, version: z.int() })
  .meta({ id: 'Webhook', description: 'A subscription to events.' });
const listed = answer
  .omit({ version: true })
  .meta({ id: 'WebhookListed', description: 'A webhook as lists show it.' });

/** The answer of the two routes that show a secret. It is shown nowhere else. */
const withSecret = answer
  .extend({ secret: z.string().nullable().describe('Null for a robot whose settings show it.') })
  .meta({
    id: 'WebhookWithSecret',
    description: 'A webhook with its secret, which is shown once.',
  });

const problem = deliveryProblem.nullable();
const attempt = z
  .object({
    problem,
    status: z.int().nullable().describe('The HTTP status of the answer; null without one.'),
    latencyMs: z.int(),
    answer: z.string(),
  })
  .meta({ id: 'DeliveryAttempt', description: 'What became of one attempt.' });
const delivery = z
  .object({
    id: deliveryId,
    type: z.string().describe('What was sent: an event type, or `notice.` and a kind.'),
    event: z
      .object({
        type: z.string().describe('The kind of aggregate.'),
        id: z.string().describe('The id of the aggregate.'),
        version: z.int(),
      })
      .describe('The aggregate and version of the event.'),
    status: z.enum(['delivered', 'waiting', 'failed']).meta({
      id: 'DeliveryStatus',
      description: 'Whether it arrived, will be tried again, or was given up.',
    }),
    attempts: z.int(),
    at: z.iso.datetime(),
    problem,
    answered: z.int().nullable().describe('The HTTP status of the last answer; null without one.'),
    latencyMs: z.int().nullable(),
    answer: z.string(),
    dueAt: z.iso.datetime().nullable().describe('When it is tried again; null when it is not.'),
  })
  .meta({ id: 'Delivery', description: 'What became of an event for a webhook.' });
const cloudEvent = z
  .object({
    specversion: z.literal('1.0').describe('The version of CloudEvents.'),
    id: uuid,
    source: z.string().describe('The district.'),
    type: z.string().describe('The event type.'),
    subject: z.string().describe('The aggregate.'),
    time: z.iso.datetime().describe('When it was recorded.'),
    datacontenttype: z.literal('application/json').describe('The type of `data`.'),
    correlationid: z.string().describe('The request that led to it.'),
    data: z.record(z.string(), z.unknown()).describe('What happened, as `content` asks for.'),
  })
  .meta({ id: 'CloudEvent', description: 'An event as CloudEvents 1.0 writes it.' });
const health = z
  .object({
    failingSince: z.iso.datetime().describe('When the first of these failures was.'),
    failures: z.int().describe('How many attempts failed since.'),
    problem: deliveryProblem,
    slowUntil: z.iso
      .datetime()
      .nullable()
      .describe('Until when little is sent; null when nothing is held back.'),
  })
  .meta({ id: 'ReceiverHealth', description: 'How a receiver fares that does not answer well.' });

export const webhooks = {
  createWebhook: route({
    key: 'POST /webhooks',
    access: 'token',
    summary: {
      en: 'Have events sent to a URL; the answer shows the secret, once',
      zh: '创建推送订阅（密钥仅此一次显示）',
    },
    body: z.strictObject({
      ...described,
      types: described.types.default(null),
      areaIds: described.areaIds.default([]),
      themes: described.themes.default([]),
      organisationId: described.organisationId.default(null),
      content: described.content.default('thin'),
      asymmetric: described.asymmetric.default(false),
      keyword: described.keyword.default(null),
      kind: webhook.shape.kind.default('http'),
      afterTest: z.boolean().default(false).describe('Nothing is sent before a test succeeded.'),
    }),
    personal: ['url', 'secret'],
    status: 201,
    answer: withSecret,
    versioned: true,
    problems: ['invalid-value', 'unknown-reference', 'too-many-webhooks', 'record-unreadable'],
  }),
  listWebhooks: route({
    key: 'GET /webhooks',
    access: 'token',
    summary: { en: 'All webhooks, by id', zh: '推送订阅列表' },
    answer: z.object({ items: z.array(listed) }),
  }),
  readWebhook: route({
    key: 'GET /webhooks/{id}',
    access: 'token',
    summary: { en: 'One webhook, and how its receiver fares', zh: '查看推送订阅及其状况' },
    params: byId,
    // Without an ETag: health changes without the webhook's version.
    answer: answer
      .extend({ health: health.nullable() })
      .meta({ id: 'WebhookWithHealth', description: 'A webhook, and how its receiver fares.' }),
    problems: ['not-found'],
  }),
  reviseWebhook: route({
    key: 'PATCH /webhooks/{id}',
    access: 'token',
    summary: {
      en: 'Change a webhook, pause it, or enable it again',
      zh: '变更、暂停或恢复推送订阅',
    },
    params: byId,
    body: z
      .strictObject({
        ...described,
        status: pausable.describe('To pause it, or to enable it again.'),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        message: '至少更改一项 / change at least one field',
      }),
    personal: ['url', 'secret'],
    answer,
    versioned: true,
    problems: [
      'not-found',
      'invalid-value',
      'unknown-reference',
      'illegal-transition',
      'stale-version',
      'record-unreadable',
    ],
  }),
  deleteWebhook: route({
    key: 'DELETE /webhooks/{id}',
    access: 'token',
    summary: { en: 'Delete a webhook with its URL and secrets', zh: '删除推送订阅' },
    params: byId,
    answer,
    versioned: true,
    problems: ['not-found', 'stale-version'],
  }),
  rotateSecret: route({
    key: 'POST /webhooks/{id}/rotate-secret',
    access: 'token',
    summary: {
      en: 'A new secret; the old one signs beside it for some hours',
      zh: '更换密钥（旧密钥在重叠期内同时签名）',
    },
    params: byId,
    body: rotation,
    answer: withSecret,
    versioned: true,
    problems: ['not-found', 'stale-version', 'record-unreadable'],
  }),
  testWebhook: route({
    key: 'POST /webhooks/{id}/test',
    access: 'token',
    summary: {
      en: 'Send a test event now, and see what the receiver answers',
      zh: '立即发送测试事件',
    },
    params: byId,
    body: z.strictObject({}),
    answer: z.object({ webhook: answer, attempt }),
    costly: true,
    problems: ['not-found', 'record-unreadable'],
  }),
  listDeliveries: route({
    key: 'GET /webhooks/{id}/deliveries',
    access: 'token',
    summary: {
      en: 'What became of the deliveries of the last 30 days, newest event first',
      zh: '近三十日推送记录',
    },
    params: byId,
    query: z.strictObject({ status: delivery.shape.status.optional(), ...paging }),
    answer: pageOf(delivery),
    problems: ['not-found', 'invalid-cursor'],
  }),
  resendDelivery: route({
    key: 'POST /webhooks/{id}/deliveries/{deliveryId}/resend',
    access: 'token',
    summary: { en: 'Send a delivery once more, also one that succeeded', zh: '重新推送一条' },
    params: z.strictObject({ id: uuid, deliveryId }),
    body: z.strictObject({}),
    status: 202,
    answer: delivery,
    problems: ['not-found'],
  }),
  pullEvents: route({
    key: 'GET /events',
    access: 'token',
    summary: {
      en: 'Events of the last 35 days after a place, oldest first, for who cannot be called',
      zh: '拉取事件（适用于无法接收推送的系统）',
    },
    query: z
      .strictObject({
        after: paging.cursor.describe('`next` of the answer before.'),
        since: z.iso
          .datetime({ offset: true })
          .optional()
          .describe(
            'Without `after`: the time to begin at; without both, the oldest event that is kept.',
          ),
        /** Event types, with commas between. */
        types: z
          .string()
          .transform((text) => text.split(','))
          .pipe(z.array(z.enum(eventTypes as [EventType, ...EventType[]])).max(100))
          .optional()
          .describe('Event types, with commas between; every type without it.'),
        areaId: areaId.optional(),
        theme: themeKey.optional(),
        organisationId: uuid.optional(),
        content: webhook.shape.content.default('thin'),
        limit: queryInteger(1, 100).default(100),
        waitSeconds: queryInteger(0, 20)
          .default(0)
          .describe(
            'How long the answer may wait for an event; no longer than the district’s setting, by default 0.',
          ),
      })
      .refine(({ after, since }) => after === undefined || since === undefined, {
        path: ['since'],
        message: 'after 与 since 只填一个 / give after or since, not both',
      }),
    answer: z.object({
      items: z.array(cloudEvent),
      next: z.string().describe('Where to go on; also when there was nothing.'),
      retryAfterSeconds: z.int().describe('0 while there is more. `Retry-After` says the same.'),
    }),
    waits: true,
    problems: ['invalid-cursor'],
  }),
  recoverDeliveries: route({
    key: 'POST /webhooks/{id}/recover',
    access: 'token',
    summary: {
      en: 'Send again what failed, of events recorded since a time',
      zh: '重新推送某时刻以来失败的全部',
    },
    params: byId,
    body: z.strictObject({
      since: z.iso.datetime({ offset: true }),
      cursor: paging.cursor.describe('`next` of the answer before, to go on.'),
      limit: z.int().min(1).max(1_000).default(1_000),
    }),
    status: 202,
    answer: z.object({
      resent: z.int().describe('How many are sent again.'),
      next: z.string().nullable(),
    }),
    costly: true,
    problems: ['not-found', 'invalid-cursor'],
  }),
} satisfies Contract;
