import * as z from 'zod';
import { isMobileOrId } from './person-numbers.ts';

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
 * UUIDs, ULIDs, hexadecimal of 64 bits or more with a letter in it, and base64url of 256 bits: their digits
 * are random. Without this exception one in a thousand 24-digit object ids would be refused as a
 * mobile number.
 */
const chance =
  /(?<![\da-z])(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=\d*[a-f])[\da-f]{16,}|(?=\d*[a-z])[0-7][\da-hjkmnp-tv-z]{25})(?![\da-z])|^(?=[\d_-]*[a-z])[\w-]{43}$/gi;

const mark = '[^A-Za-z0-9]';
/** Groups of digits with only marks between them: 8|613|80013|8000. */
const groups = new RegExp(`\\d+(?:${mark}+\\d+)*(?:${mark}*[xX])?`, 'g');

/** Whether some neighbouring groups are a mobile or a resident ID number. */
const isSomebodys = (run: string): boolean => {
  const parts = run.toUpperCase().match(/\d+|X/g) ?? [];
  return parts.some((_, from) =>
    parts.slice(from, from + 19).some((__, more) => {
      const digits = parts.slice(from, from + more + 1).join('');
      return isMobileOrId(digits);
    }),
  );
};

/** What says that the number behind it is a way to a person, or a document of theirs. */
const namesNumber =
  '(?:tel|telephone|landline|staff|employee|phone|mobile|cell|fax|sms|callto|passport|visa|permit|hz|id|idno|idcard|sfz|card|bank|qq|uin|wx|wechat|weixin|whatsapp|line|telegram|电话|手机|护照|身份证)';

/**
 * International numbers; landlines with their area code; 7 to 12 digits that are the whole of a subject
 * (local, Hong Kong and staff numbers), also behind up to three capitals (passports, travel and residence
 * permits) or behind a word that says what they are.
 */
const numbers = [
  new RegExp(`\\+\\d(?:${mark}*\\d){6,14}(?![A-Za-z0-9])`),
  /^[A-Z]{0,3}\d(?:[.-]?\d){6,11}$/,
  new RegExp(`^[A-Z]{1,2}${mark}\\d{7,9}$`),
  /^[a-z]\d{8}$/,
  new RegExp(
    `(?<![a-z])${namesNumber}${mark}+[a-z]{0,3}${mark}*\\d(?:${mark}*\\d){6,11}(?=$|${mark})`,
    'i',
  ),
  new RegExp(`(?<=^|${mark})0\\d{2,3}${mark}*\\d{7,8}(?=$|${mark})`),
];

const hasNumber = (subject: string): boolean => {
  const rest = subject.normalize('NFKC').replace(chance, 'z');
  return (
    (rest.match(groups) ?? []).some(isSomebodys) || numbers.some((pattern) => pattern.test(rest))
  );
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
