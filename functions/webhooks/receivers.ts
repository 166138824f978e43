import { Webhook as Signer } from 'standardwebhooks';
import type { RecordKey } from '../people/envelope.ts';
import { readSealed } from '../people/people.ts';
import { goodSecrets, type Secrets, secretMadeBy } from '../people/signing-secrets.ts';
import { Problem } from '../refusals/problem.ts';

/** Where a webhook's deliveries go, and what signs them. Sealed at rest; in memory only. */
export interface Receiver {
  readonly url: string;
  readonly secrets: Secrets;
}

export const receiverKey = (
  webhookId: string,
): RecordKey & { readonly pk: `webhook#${string}` } => ({
  pk: `webhook#${webhookId}`,
  sk: 'receiver',
});

/** `secretMadeBy`, of the webhook's; null when it has none any more. */
export const shownSecret = async (
  webhookId: string,
  key: string | undefined,
): Promise<string | null> => {
  const record = await readSealed(receiverKey(webhookId));
  const { secrets = [] } = (record?.fields ?? {}) as Partial<Receiver>;
  return secretMadeBy(secrets, key);
};

/** @throws Problem `record-unreadable` when it is gone or does not open */
export const readReceiver = async (webhookId: string): Promise<Receiver> => {
  const record = await readSealed(receiverKey(webhookId));
  if (!record) throw new Problem('record-unreadable');
  return record.fields as unknown as Receiver;
};

/**
 * The three headers of Standard Webhooks 1.0, with a signature for each secret that is good now.
 * @param attemptedAt the machine's time, by which receivers judge how recent it is
 * @param now epoch milliseconds, by which the district's secrets end
 */
export const signedHeaders = (
  receiver: Receiver,
  {
    messageId,
    body,
    now,
  }: { readonly messageId: string; readonly body: string; readonly now: number },
  attemptedAt: Date,
): Readonly<Record<string, string>> => ({
  'content-type': 'application/cloudevents+json; charset=utf-8',
  'webhook-id': messageId,
  'webhook-timestamp': String(Math.floor(attemptedAt.getTime() / 1000)),
  'webhook-signature': goodSecrets(receiver.secrets, now)
    .map((secret) => new Signer(secret).sign(messageId, attemptedAt, body))
    .join(' '),
});
