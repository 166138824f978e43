import { randomBytes } from 'node:crypto';

/** A secret with which messages are signed, and until when beside a newer one (RFC 3339); null for the newest. */
export interface Secret {
  readonly secret: string;
  readonly until: string | null;
  /** The key of the command that made it; none for a robot's. */
  readonly madeBy?: string;
}

/** Newest first. */
export type Secrets = readonly [Secret, ...Secret[]];

/** Secrets that are good at the same time at most. */
const mostSecrets = 3;
const hourMs = 3_600_000;

/** A secret of 32 random bytes as Standard Webhooks writes it. */
export const newSecret = (madeBy: string | undefined): Secret => ({
  secret: `whsec_${randomBytes(32).toString('base64')}`,
  until: null,
  madeBy: madeBy ?? '',
});

/** The secrets that are good at a time, in epoch milliseconds. */
export const goodSecrets = (secrets: readonly Secret[], at: number): readonly string[] =>
  secrets
    .filter(({ until }) => until === null || Date.parse(until) > at)
    .map(({ secret }) => secret);

/** With a new secret, beside which the ones before it stay good for some hours. */
export const rotatedSecrets = (
  secrets: readonly Secret[],
  {
    at,
    overlapHours,
    madeBy,
  }: { readonly at: number; readonly overlapHours: number; readonly madeBy: string | undefined },
): Secrets => {
  const end = new Date(at + overlapHours * hourMs).toISOString();
  const older = secrets
    .map(({ until, ...rest }) => ({ ...rest, until: until !== null && until < end ? until : end }))
    .filter(({ until }) => Date.parse(until) > at);
  return [newSecret(madeBy), ...older.slice(0, mostSecrets - 1)];
};

/** The secret that a command made, for its answer and for that of its repetition; null when it is gone. */
export const secretMadeBy = (secrets: readonly Secret[], key: string | undefined): string | null =>
  secrets.find(({ madeBy }) => madeBy !== undefined && madeBy === key)?.secret ?? null;
