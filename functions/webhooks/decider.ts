import type { EventTypeOf, Fact } from '../../events/catalogue.ts';
import type { DeliveryProblem, Webhook } from '../../events/webhooks.ts';
import { Rejection } from '../refusals/decision.ts';

type Made = Fact<EventTypeOf<'webhook'>>;

export const create = (webhook: Webhook): Made => ({ type: 'WebhookCreated', data: { webhook } });

/** What may be changed; a status only to what a person may set. */
export type Changes = Partial<
  Omit<Webhook, 'host' | 'status' | 'kind'> & {
    readonly host: string;
    readonly status: 'active' | 'paused';
  }
>;

/** A deleted webhook is as if there were none. */
const present = (webhook: Webhook, id: string): Webhook => {
  if (webhook.status === 'deleted') throw new Rejection('not-found', { what: 'webhook', id });
  return webhook;
};

/**
 * Changes a webhook, pauses it, or enables it again after it was paused or disabled. An untested one
 * becomes active by its test only.
 * @param changesReceiver whether the URL becomes another one
 */
export const revise = (
  id: string,
  before: Webhook,
  changes: Changes,
  changesReceiver: boolean,
): Made | null => {
  const now = present(before, id);
  if (changes.status !== undefined && now.status === 'untested')
    throw new Rejection('illegal-transition', {
      status: 'untested',
      action: changes.status === 'paused' ? 'pause' : 'enable',
    });
  const webhook: Webhook = { ...now, ...changes };
  const isSame = JSON.stringify(webhook) === JSON.stringify(now) && !changesReceiver;
  return isSame ? null : { type: 'WebhookRevised', data: { webhook } };
};

/** After a test that succeeded. */
export const enableTested = (id: string, before: Webhook): Made | null => {
  const now = present(before, id);
  return now.status === 'untested'
    ? { type: 'WebhookRevised', data: { webhook: { ...now, status: 'active' } } }
    : null;
};

/** @throws Rejection `invalid-value` for a robot: its secret comes from its own settings */
export const rotate = (id: string, before: Webhook): Made => {
  const webhook = present(before, id);
  if (webhook.kind !== 'http')
    throw new Rejection('invalid-value', {
      zh: '机器人的密钥在其设置中生成；请以 PATCH 填写 secret',
      en: 'a robot’s secret comes from its own settings: PATCH the webhook with it as `secret`',
    });
  return { type: 'WebhookSecretRotated', data: { webhook } };
};

export const remove = (id: string, before: Webhook): Made => ({
  type: 'WebhookDeleted',
  data: { webhook: { ...present(before, id), status: 'deleted' } },
});

/** Says that a webhook fails. Of one that sends nothing, nothing is said. */
export const warn = (webhook: Webhook, percent: number, problem: DeliveryProblem): Made | null =>
  webhook.status === 'active'
    ? { type: 'WebhookFailing', data: { webhook, percent, problem } }
    : null;

export const disable = (webhook: Webhook, problem: DeliveryProblem): Made | null =>
  webhook.status === 'active'
    ? { type: 'WebhookDisabled', data: { webhook: { ...webhook, status: 'disabled' }, problem } }
    : null;
