import { type KeyObject, sign } from 'node:crypto';
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

/** A signature by a private key, as Standard Webhooks 1.0 writes it: Ed25519. */
const asymmetricSignature = (key: KeyObject, content: string): string =>
  `v1a,${sign(null, Buffer.from(content), key).toString('base64')}`;

/**
 * The three headers of Standard Webhooks 1.0, with a signature for each secret that is good now, and one of
 * the district's key if it is given.
 * @param attemptedAt the machine's time, by which receivers judge how recent it is
 * @param now epoch milliseconds, by which the district's secrets end
 */
export const signedHeaders = (
  receiver: Receiver,
  {
    messageId,
    body,
    now,
    key,
  }: {
    readonly messageId: string;
    readonly body: string;
    readonly now: number;
    readonly key?: KeyObject | undefined;
  },
  attemptedAt: Date,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(attemptedAt.getTime() / 1000));
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': messageId,
    'webhook-timestamp': timestamp,
    'webhook-signature': [
      ...goodSecrets(receiver.secrets, now).map((secret) =>
        new Signer(secret).sign(messageId, attemptedAt, body),
      ),
      ...(key ? [asymmetricSignature(key, `${messageId}.${timestamp}.${body}`)] : []),
    ].join(' '),
  };
};
