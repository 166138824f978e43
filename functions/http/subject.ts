import * as z from 'zod';
import { isCard, isMobileOrId } from './person-numbers.ts';

const maxLength = 128;

/** Why a token's subject may not be kept in the Ledger. */
export type SubjectFault = Readonly<Record<'zh' | 'en', string>>;

const faults = {
  missing: { zh: '令牌没有文本形式的 sub。', en: 'The token has no text as its `sub`.' },
  mail: { zh: 'sub 是电子邮箱或登录名。', en: 'It is an e-mail address or a login name.' },
  number: {
    zh: 'sub 含有电话号码、证件号码、银行卡号或账号。',
    en: 'It has a phone number or the number of an identity document, a bank card or an account in it.',
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

/** Whether some neighbouring groups are a mobile number, a resident ID number or a bank card. */
const isSomebodys = (run: string): boolean => {
  const parts = run.toUpperCase().match(/\d+|X/g) ?? [];
  return parts.some((_, from) =>
    parts.slice(from, from + 19).some((__, more) => {
      const digits = parts.slice(from, from + more + 1).join('');
      return isMobileOrId(digits) || isCard(digits);
    }),
  );
};

/** What says that the number behind it is a way to a person, or a document of theirs. */
const namesNumber =
  '(?:tel|telephone|landline|staff|employee|emp|job|work|phone|mobile|cell|fax|sms|callto|passport|visa|permit|hz|id|idno|idcard|sfz|card|bank|account|acct|qq|uin|wx|wechat|weixin|whatsapp|line|telegram|alipay|shouji|dianhua|huzhao|gonghao|zhanghao|电话|手机|护照|身份证)';
/** Between that and the number: marks, and a word for a number (staffno8456…) or letters of it (passport|EA1234567). */
const beforeNumber = `(?:${mark}*(?:no|num|number)?${mark}*|${mark}+[a-z]{1,3}${mark}*)`;

/**
 * 7 to 12 digits that are the whole of a subject (local, Hong Kong and staff numbers) or stand behind a
 * word that says what they are; international numbers; landlines with their area code.
 */
const numbers = [
  /^\d(?:[.-]?\d){6,11}$/,
  new RegExp(`(?<![a-z])${namesNumber}${beforeNumber}\\d(?:${mark}*\\d){6,11}(?=$|${mark})`, 'i'),
  new RegExp(`\\+\\d(?:${mark}*\\d){6,14}(?![A-Za-z0-9])`),
  new RegExp(`(?<=^|${mark})0\\d{2,3}${mark}*\\d{7,8}(?=$|${mark})`),
];

/** Digits behind letters: passports, travel and residence permits, staff numbers. */
const documents = [
  /^[A-Z]{1,3}\d(?:[.-]?\d){6,11}$/,
  // In small letters no longer than documents are: 12 letters and digits may be an id of Logto.
  /^(?:[a-z]{1,2}\d{7,9}|[a-z]\d{10}|[a-z]{3}\d{12})$/i,
  new RegExp(`^[a-z]{1,2}${mark}\\d{7,9}$`, 'i'),
];

/** The text with digits for letters that look like them, where that makes a number: l3800138000. */
const withDigits = (text: string, mostLetters: number): string =>
  text.replace(/[\dlIoO]{7,}/g, (run) =>
    run.replace(/\d/g, '').length > mostLetters
      ? run
      : run.replace(/[lI]/g, '1').replace(/[oO]/g, '0'),
  );

const hasNumber = (subject: string): boolean => {
  const plain = subject
    .normalize('NFKC')
    .replace(chance, 'z')
    // Of a person in a federated store of Keycloak, the name there counts.
    .replace(/^f:z:/, '');
  const isIn = (text: string) => (pattern: RegExp) => pattern.test(text);
  return (
    [plain, withDigits(plain, plain.length)].some((text) =>
      (text.match(groups) ?? []).some(isSomebodys),
    ) || [plain, withDigits(plain, 3)].some((text) => [...numbers, ...documents].some(isIn(text)))
  );
};

/** The printable text that hexadecimal or base64 stands for, if it does. */
const decoded = (text: string): readonly string[] =>
  [/^(?:[\da-f]{2}){7,}$/i.test(text) && 'hex', /^[\w+/-]{10,}=*$/.test(text) && 'base64'].flatMap(
    (encoding) => {
      if (!encoding) return [];
      const bytes = Buffer.from(text, encoding as BufferEncoding).toString('utf8');
      return /^[\x21-\x7e\uff10-\uff5a]+$/.test(bytes) ? [bytes] : [];
    },
  );

/** What the subject, or a part of it, stands for in hexadecimal or base64, also twice so. */
const encodedIn = (subject: string): readonly string[] => {
  const parts = [subject, ...subject.split(/[|:/.~]/)];
  const once = parts.flatMap(decoded);
  return [...once, ...once.flatMap(decoded)];
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
  if (sub.length > maxLength) return faults.length;
  const encoded = encodedIn(sub);
  if (encoded.some((text) => /^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(text))) return faults.mail;
  if ([sub, ...encoded].some(hasNumber)) return faults.number;
  return /^[\w.~:|/+=@-]*$/.test(sub) ? undefined : faults.characters;
};

/** The subject of a person's token, in a request that names the person by it. */
export const subject = z.string().superRefine((value, context) => {
  const fault = subjectFault(value);
  if (fault) context.addIssue({ code: 'custom', message: `${fault.zh} / ${fault.en}` });
});
