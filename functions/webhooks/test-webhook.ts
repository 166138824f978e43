import type { UseCase } from '../http/serve.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { attempt, managedWebhook } from './attempt.ts';
import { change } from './change-webhook.ts';
import type { CloudEvent } from './cloud-event.ts';
import type { webhooks } from './contract.ts';
import { enableTested } from './decider.ts';
import { robotTest } from './robot-text.ts';
import { clearHealth } from './store.ts';

/**
 * Sends a test event at once, and says what the receiver answered. It is tried once and not logged. A
 * webhook that waits for its test becomes active when the receiver takes it.
 */
export const testWebhook: UseCase<typeof webhooks.testWebhook> = async (request) => {
  const { id } = request.params;
  const found = await managedWebhook(request.actor, id);
  const messageId = derivedId('webhook-test', id, request.idempotency?.key ?? '');
  const event: CloudEvent = {
    specversion: '1.0',
    id: messageId,
    source: `/leifeng/${settings().name}/webhooks`,
    type: 'WebhookTest',
    subject: `webhook/${id}`,
    time: new Date(request.at).toISOString(),
    datacontenttype: 'application/json',
    correlationid: request.correlationId,
    data: { aggregate: { type: 'webhook', id, version: found.version } },
  };
  const isRobot = found.webhook.kind !== 'http';
  const content = isRobot ? { text: robotTest[settings().locale] } : event;
  const { retryAfter: _, ...made } = await attempt(found, messageId, content, request.at);
  let { webhook, version } = found;
  if (made.problem === null) {
    const after = await change(request, (now) => enableTested(id, now));
    await clearHealth(id);
    webhook = after.state;
    version = after.version;
  }
  return { body: { webhook: { id, ...webhook, version }, attempt: made } };
};
