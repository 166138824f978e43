import type { RecordKey } from '../people/envelope.ts';
import { readSealed } from '../people/people.ts';
import type { Secret, Secrets } from '../people/signing-secrets.ts';
import { onceForVersion } from '../runtime/once.ts';

export const secretsKey = (
  partnerId: string,
): RecordKey & { readonly pk: `inbound#${string}` } => ({
  pk: `inbound#${partnerId}`,
  sk: 'secrets',
});

/** What is sealed of a partner. */
export interface Sealed {
  readonly secrets: Secrets;
}

/** The secrets of a partner; none when it was deleted. */
export const readSecrets = async (partnerId: string): Promise<readonly Secret[]> => {
  const record = await readSealed(secretsKey(partnerId));
  return ((record?.fields ?? {}) as Partial<Sealed>).secrets ?? [];
};

/** Partners whose secrets a container keeps. */
const most = 100;

/**
 * `readSecrets`, once for each version of the partner: every change of its secrets makes a new one. So what
 * anybody sends costs a read, and no key is unwrapped for it.
 */
export const secretsAt = onceForVersion(most, readSecrets);
