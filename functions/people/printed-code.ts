import { hash, timingSafeEqual } from 'node:crypto';
import { blindHash } from './keys.ts';

/** Without 0, 1, I and O, which people take for others: 32 characters of five bits. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * A code of so many characters, 32 at most, that is printed beside a number: a keyed hash, which nobody without the
 * district's key can tell from a random text. So it is kept nowhere.
 * @param name what it is the code of; the first part says of which kind
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const printedCode = async (length: number, ...name: readonly string[]): Promise<string> => {
  const bytes = Buffer.from(await blindHash(...name), 'base64url').subarray(0, length);
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
};

const digestOf = (code: string): Buffer =>
  Buffer.from(
    hash(
      'sha256',
      code
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[\s\p{Pd}]/gu, ''),
    ),
    'hex',
  );

/** Whether somebody typed a code, in whatever groups and case; as long for a wrong code as for the right one. */
export const isSameCode = (code: string, typed: string): boolean =>
  timingSafeEqual(digestOf(code), digestOf(typed));
