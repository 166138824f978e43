import { hash, timingSafeEqual } from 'node:crypto';
import { blindHash } from '../people/keys.ts';

/** Without 0, 1, I and O, which people take for others: 32 characters of five bits. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** 130 bits. */
const codeLength = 26;
const groupLength = 5;

const ungrouped = (code: string): string => code.toUpperCase().replace(/[\s\p{Pd}]/gu, '');

/**
 * The code that is printed beside a certificate's number: a keyed hash of its id, which nobody without the
 * district's key can tell from a random text. So it is kept nowhere.
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const codeOf = async (certificateId: string): Promise<string> => {
  const bytes = Buffer.from(await blindHash('certificate-code', certificateId), 'base64url');
  let bits = 0n;
  for (const byte of bytes.subarray(0, 17)) bits = (bits << 8n) | BigInt(byte);
  const characters = Array.from(
    { length: codeLength },
    (_, at) => alphabet[Number((bits >> BigInt(5 * at)) & 31n)] ?? '',
  ).join('');
  return characters.match(new RegExp(`.{1,${groupLength}}`, 'g'))?.join('-') ?? characters;
};

const digestOf = (code: string): Buffer => Buffer.from(hash('sha256', ungrouped(code)), 'hex');

/** Whether a code is that of a certificate; as long for a wrong code as for the right one. */
export const isCodeOf = async (certificateId: string, code: string): Promise<boolean> =>
  timingSafeEqual(digestOf(await codeOf(certificateId)), digestOf(code));
