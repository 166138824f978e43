import { randomBytes } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';
import type { RecordKey } from '../people/envelope.ts';
import { readSealed } from '../people/people.ts';
import { Problem } from '../refusals/problem.ts';

/** A secret, and until when it signs beside a newer one (RFC 3339); null for the newest. */
export interface Secret {
  readonly secret: string;
  readonly until: string | null;
  /** The key of the command that made it; none for a robot's. */
  readonly madeBy?: string;
}

/** Where a webhook's deliveries go, and what signs them. Sealed at rest; in memory only. */
export interface Receiver {
  readonly url: string;
  /** Newest first. */
  readonly secrets: readonly [Secret, ...Secret[]];
}

export const receiverKey = (
  webhookId: string,
): RecordKey & { readonly pk: `webhook#${string}` } => ({
  pk: `webhook#${webhookId}`,
  sk: 'receiver',
});

/** A secret of 32 random bytes as Standard Webhooks writes it. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/**
 * The secret that a command made, for its answer and for that of its repetition; null when it is not kept
 * any more.
 */
export const secretMadeBy = async (
  webhookId: string,
  key: string | undefined,
): Promise<string | null> => {
  const record = await readSealed(receiverKey(webhookId));
  const { secrets = [] } = (record?.fields ?? {}) as Partial<Receiver>;
  return secrets.find(({ madeBy }) => madeBy !== undefined && madeBy === key)?.secret ?? null;
};

/** @throws Problem `record-unreadable` when it is gone or does not open */
export const readReceiver = async (webhookId: string): Promise<Receiver> => {
  const record = await readSealed(receiverKey(webhookId));
  if (!record) throw new Problem('record-unreadable');
  return record.fields as unknown as Receiver;
};

/** The secrets that sign at a time. */
const signing = ({ secrets }: Receiver, at: number): readonly string[] =>
  secrets
    .filter(({ until }) => until === null || Date.parse(until) > at)
    .map(({ secret }) => secret);

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
  'webhook-signature': signing(receiver, now)
    .map((secret) => new Signer(secret).sign(messageId, attemptedAt, body))
    .join(' '),
});
