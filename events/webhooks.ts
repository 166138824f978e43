import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { areaId, define, stringKinds, text, themeKey, uuid } from './envelope.ts';

/** Why a delivery did not succeed. */
export const deliveryProblems = [
  /** An answer other than 2xx. Redirects are not followed. */
  'status',
  /** 410: the receiver wants no more. */
  'gone',
  /** No whole head of an answer within 15 seconds. */
  'timeout',
  /** No connection, or one that broke; the name has no address. */
  'unreachable',
  /** The receiver's certificate is not good. */
  'certificate',
  /** The address is not one that may be called. */
  'address-refused',
  /** A robot answered 200 with an error code. */
  'refused',
  /** The webhook was paused, disabled or not tested when the delivery was due. */
  'not-active',
  /** The event cannot be read, or something else is wrong on our side. */
  'internal',
] as const;
export const deliveryProblem = z.enum(deliveryProblems).meta({
  id: 'DeliveryProblem',
  description:
    'Why a delivery did not succeed: `status`, an answer other than 2xx; `gone`, 410; `timeout`, no answer within 15 seconds; `unreachable`; `certificate`; `address-refused`, an address that may not be called; `refused`, an error code of a robot; `not-active`, a webhook that was paused, disabled or not tested; `internal`, something wrong on our side.',
});
export type DeliveryProblem = z.infer<typeof deliveryProblem>;

/** What a receiver is: any server, or a robot of a group in WeCom, DingTalk or Feishu. */
const webhookKinds = ['http', 'wecom', 'dingtalk', 'feishu'] as const;

/** A subscription to events. Its URL and secrets are sealed in the People table and in no event. */
export const webhook = z
  .object({
    description: text(80),
    kind: z.enum(webhookKinds).meta({
      id: 'WebhookKind',
      description:
        'What a receiver is: any server, or a robot of a group in WeCom, DingTalk or Feishu.',
    }),
    host: z
      .string()
      .min(1)
      .max(253)
      .register(stringKinds, { kind: 'code' })
      .describe('The host of its URL.'),
    /** Event types, and `notice.<kind>` for notices to people; null for every event type. */
    types: z
      .array(z.string().min(1).max(60).register(stringKinds, { kind: 'code' }))
      .min(1)
      .max(100)
      .nullable(),
    areaIds: z
      .array(areaId)
      .max(50)
      .describe('Only events of these areas and of what lies in them; empty for all.'),
    themes: z.array(themeKey).max(50).describe('Only events of these themes; empty for all.'),
    organisationId: uuid.nullable().describe('Only events of this organisation; null for all.'),
    content: z.enum(['thin', 'full']).meta({
      id: 'WebhookContent',
      description:
        '`thin`: ids and public figures. `full`: all that the event holds, with people’s ids.',
    }),
    asymmetric: z
      .boolean()
      .describe(
        'Whether the district’s own key signs too (`v1a`), so that receivers need no secret.',
      ),
    keyword: text(20)
      .nullable()
      .describe('The word that a robot wants in every message; null for none.'),
    status: z.enum(['untested', 'active', 'paused', 'disabled', 'deleted']).meta({
      id: 'WebhookStatus',
      description:
        '`untested`: nothing is sent before a test succeeds. `disabled`: it failed for too long.',
    }),
  })
  .meta({
    id: 'WebhookState',
    description: 'A webhook after an event, without its URL and secrets.',
  });
export type Webhook = Readonly<z.infer<typeof webhook>>;

const created: Webhook = {
  description: '区数据平台',
  kind: 'http',
  host: 'hooks.example.org',
  types: ['ActivityPublished', 'HoursVerified'],
  areaIds: ['hongqi'],
  themes: [],
  organisationId: null,
  content: 'thin',
  asymmetric: false,
  keyword: null,
  status: 'active',
};

const webhookEvent = <Extra extends z.ZodRawShape>(
  summary: { readonly en: string; readonly zh: string },
  extra: Extra,
  example: z.input<z.ZodObject<{ webhook: typeof webhook } & Extra>>,
) => define(aggregates.webhook, { summary, data: z.object({ webhook, ...extra }), example });

export const webhookEvents = {
  WebhookCreated: webhookEvent(
    { en: 'A webhook was created', zh: '推送订阅已创建' },
    {},
    { webhook: created },
  ),
  WebhookRevised: webhookEvent(
    { en: 'A webhook changed, was paused or enabled', zh: '推送订阅已变更' },
    {},
    { webhook: { ...created, status: 'paused' } },
  ),
  WebhookSecretRotated: webhookEvent(
    { en: 'A webhook got a new secret', zh: '推送订阅已更换密钥' },
    {},
    { webhook: created },
  ),
  WebhookFailing: webhookEvent(
    { en: 'A webhook fails and will be disabled', zh: '推送订阅持续失败，将被停用' },
    {
      percent: z.int().min(1).max(99).describe('How far it is on the way to being disabled.'),
      problem: deliveryProblem,
    },
    { webhook: created, percent: 50, problem: 'timeout' },
  ),
  WebhookDisabled: webhookEvent(
    { en: 'A webhook failed for too long and was disabled', zh: '推送订阅持续失败，已停用' },
    { problem: deliveryProblem },
    { webhook: { ...created, status: 'disabled' }, problem: 'timeout' },
  ),
  WebhookDeleted: webhookEvent(
    { en: 'A webhook was deleted', zh: '推送订阅已删除' },
    {},
    { webhook: { ...created, status: 'deleted' } },
  ),
};
