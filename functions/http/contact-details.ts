import { plainText } from './plain-text.ts';

const to = '\\s*(?:-|[\\u2010-\\u2015~\\u301c]|至|到)\\s*';
const year = '(?:19|20)\\d{2}';
const monthOfYear = '(?:0?[1-9]|1[0-2])';
const dayOfMonth = '(?:0?[1-9]|[12]\\d|3[01])';
const date = `${year}\\s?[-./年]\\s?${monthOfYear}\\s?[-./月]\\s?${dayOfMonth}日?`;
const shortDate = `(?:${monthOfYear}[-./月])?${dayOfMonth}`;
const compactDate = `${year}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])`;
const monthAndDay = `${monthOfYear}\\.${dayOfMonth}`;
const hour = '(?:[01]?\\d|2[0-4])';
const minute = '[0-5]\\d';
const time = `${hour}:${minute}(?::${minute})?`;
const shortTime = `${hour}\\.${minute}`;
const inThousands = '\\d{1,3}(?:,\\d{3}){1,2}(?:\\.\\d{1,2})?';

/** A unit after a number that counts things or money, so the number is not a telephone number. */
const unit =
  '(?=\\s?(?:元|万|亿|人|名|位|户|家|个|份|件|条|张|册|本|次|场|支|处|棵|株|辆|台|套|瓶|袋|箱|盒|吨|千克|公斤|克|斤|米|平方|公里|小时|分钟|天|度|升|%))';

/**
 * Numbers of seven digits or more that are nobody's number. Each must be separate: no digit follows
 * it, and no digit with or without a mark comes before it, as in part of a longer number. The order
 * matters: the longer form comes first.
 */
const harmless = [
  // 2025-03-05, 2025年3月5日, 2025.3.5-2025.3.12, 2025.3.5-3.12, 2025-03-05至08
  `${date}(?:${to}(?:${date}|${shortDate}))?`,
  // 20250305-20250312
  `${compactDate}(?:${to}${compactDate})?`,
  // 2024-09至2025-06, 2024-2025
  `${year}\\s?[-./年]\\s?${monthOfYear}(?:${to}${year}\\s?[-./年]\\s?${monthOfYear})?`,
  `${year}${to}${year}`,
  // 8:30, 8:30:15-11:30:00
  `${time}(?:${to}${time})?`,
  // 3.5-3.12, 8.30-11.30
  `${monthAndDay}${to}${monthAndDay}`,
  `${shortTime}${to}${shortTime}`,
  // 1,234,567元, ¥1,234,567.00
  `${inThousands}${unit}`,
  `(?<=[¥$]\\s?)${inThousands}`,
  // 3000-5000人, 1234567.50元
  `\\d{1,5}${to}\\d{1,5}${unit}`,
  `(?:\\d{1,4}|(?<!\\d[^\\p{L}]{1,3})\\d{5,9})(?:\\.\\d{1,2})?${unit}`,
].map((pattern) => new RegExp(`(?<!\\d[-./]?)${pattern}(?!\\d)`, 'gu'));

/** Public numbers: 110, 12345, 96110. They stand alone or in a list. */
const hotline =
  /(?<=^|[\p{L}、，,；;（("“])(?:11[0-49]|12[02]|12\d{3}|9[56]\d{3})(?=$|[\p{L}、，,；;）)"”])/gu;

/** Numbers of up to three digits, each larger than the one before: 1、2、3、5号楼. */
const list = /(?<!\d)\d{1,3}(?:\s?[、，,/和]\s?\d{1,3}){2,}(?!\d)/g;
const isAscending = (text: string): boolean =>
  (text.match(/\d+/g) ?? []).every((one, at, all) => at === 0 || Number(all[at - 1]) < Number(one));

/** Whether the digits between two letters could be a person's number. */
const hasLongNumber = (plain: string): boolean => {
  const rest = harmless
    .reduce((text, pattern) => text.replace(pattern, ' '), plain)
    .replace(list, (text) => (isAscending(text) ? ' ' : text))
    .replace(hotline, ' ');
  return rest.split(/\p{L}+/u).some((part) => part.replace(/\D/g, '').length >= 7);
};

const accounts = [
  // name@mail.cn, also with blanks or with the sign written as a word
  /[a-z0-9_]\s{0,2}(?:@|[([]at[)\]])\s{0,2}[a-z0-9-]{1,40}\s{0,2}(?:\.|。|点|dot)\s{0,2}[a-z]{2}/i,
  /(?<![a-z])(?:qq|163|126|gmail|outlook|hotmail|foxmail|sina|sohu|139|189|yeah|icloud|aliyun)\s{0,2}\.\s{0,2}(?:com|cn|net)(?![a-z])/i,
  // 微信号: abc_123, 加v abc123, QQ 12345
  /(?:[微威薇][信xv]|[vV]\s?信|(?<![a-z])(?:wx|vx|wechat|weixin|wxid|qq)|扣扣|企鹅号|加\s?[vV])(?:号码?|账号|帐号|群号?|id)?[\s:：是为=_-]{0,4}(?=[a-z_-]{0,19}\d|[a-z\d-]{0,19}_)[a-z0-9][\w-]{4}/i,
  /(?:[微威薇][信xv]|[vV]\s?信|(?<![a-z])(?:wx|vx|wechat|weixin)|扣扣|企鹅|qq)(?:号码?|账号|帐号|id)\s{0,2}[:：是为=]?\s{0,2}[a-z0-9][\w-]{4}/i,
];

/**
 * Whether a text holds contact details: seven digits or more with no letter between them
 * (telephones, ID documents, bank cards), an e-mail address, a WeChat or QQ account. Dates, times,
 * quantities with their unit, short hotlines and lists of small numbers are not contact details.
 */
export const hasContactDetails = (text: string): boolean => {
  const plain = plainText(text);
  return hasLongNumber(plain) || accounts.some((account) => account.test(plain));
};
