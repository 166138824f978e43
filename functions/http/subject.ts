import * as z from 'zod';
import { namesSomebody } from './official-text.ts';

const maxLength = 128;

/** Why a token's subject may not be kept in the Ledger. */
export type SubjectFault = Readonly<Record<'zh' | 'en', string>>;

const faults = {
  missing: { zh: '令牌没有文本形式的 sub。', en: 'The token has no text as its `sub`.' },
  mail: { zh: 'sub 是电子邮箱或登录名。', en: 'It is an e-mail address or a login name.' },
  number: {
    zh: 'sub 含有电话号码或证件号码。',
    en: 'It has a phone number or the number of an identity document in it.',
  },
  characters: {
    zh: 'sub 只能含有英文字母、数字和 . _ ~ : | / + = -。',
    en: 'It may have ASCII letters, digits and . _ ~ : | / + = - only.',
  },
  length: {
    zh: `sub 不得超过 ${maxLength} 个字符。`,
    en: `It may have ${maxLength} characters at most.`,
  },
} as const satisfies Readonly<Record<string, SubjectFault>>;

/**
 * UUIDs, and hexadecimal of 64 bits or more with a letter in it: their digits are random. Without
 * this exception one in a thousand 24-digit object ids would be refused as a mobile number.
 */
const chance =
  /(?<![\da-z])(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=\d*[a-f])[\da-f]{16,})(?![\da-z])/gi;

/**
 * In addition to mobile and resident ID numbers: landlines with their area code, and international
 * numbers. As a whole subject also 7 to 12 digits (local, Hong Kong and staff numbers), with up to
 * three capitals before them (passports, travel and residence permits).
 */
const numbers = [
  /(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/,
  /\+\d(?:-?\d){6,14}(?!\d)/,
  /^[A-Z]{0,3}\d(?:[.-]?\d){6,11}$/,
];

const hasNumber = (subject: string): boolean => {
  const rest = subject.replace(chance, ' ');
  return namesSomebody(rest) || numbers.some((pattern) => pattern.test(rest));
};

/**
 * Why a claim `sub` is refused as an id; undefined when it is accepted. It stays in events, so it
 * must say nothing about the person. A login name of plain letters looks like an id; the identity
 * provider must be configured not to send one.
 */
export const subjectFault = (sub: unknown): SubjectFault | undefined => {
  if (typeof sub !== 'string' || sub === '') return faults.missing;
  // Auth0's machine clients are `<client id>@clients`.
  if (sub.replace(/@clients$/, '').includes('@')) return faults.mail;
  if (hasNumber(sub)) return faults.number;
  if (!/^[\w.~:|/+=@-]*$/.test(sub)) return faults.characters;
  return sub.length > maxLength ? faults.length : undefined;
};

/** The subject of a person's token, in a request that names the person by it. */
export const subject = z.string().superRefine((value, context) => {
  const fault = subjectFault(value);
  if (fault) context.addIssue({ code: 'custom', message: `${fault.zh} / ${fault.en}` });
});
