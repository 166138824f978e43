/** Chinese digits as they are written and as they are read out. */
const chineseDigits: Readonly<Record<string, string>> = Object.fromEntries(
  [
    '〇零○',
    '一壹弌幺',
    '二贰貳弍两',
    '三叁參弎',
    '四肆',
    '五伍',
    '六陆陸',
    '七柒',
    '八捌',
    '九玖',
  ].flatMap((forms, digit) => [...forms].map((form) => [form, String(digit)])),
);
const chineseDigit = new RegExp(`[${Object.keys(chineseDigits).join('')}]`, 'gu');

/** Between Chinese digits and others: 周五9:00 is no 59:00. */
const afterChinese = new RegExp(`(?<=[${Object.keys(chineseDigits).join('')}])(?=\\d)`, 'gu');

/** ① and ❶ number the items of a text: they become `(1)`, so that ①② is not 12. */
const circled = /[\u2460-\u2473\u24ea\u24eb-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]/gu;
const circledValue = (form: string): string => {
  const code = form.codePointAt(0) ?? 0;
  if (code >= 0x24eb && code <= 0x24f4) return `(${code - 0x24eb + 11})`;
  if (code >= 0x24f5 && code <= 0x24fe) return `(${code - 0x24f5 + 1})`;
  if (code === 0x24ff) return '(0)';
  if (code >= 0x2776 && code <= 0x2793) return `(${((code - 0x2776) % 10) + 1})`;
  return `(${form.normalize('NFKC')})`;
};

/** Roman numerals of one character: Ⅰ to Ⅻ, ⅰ to ⅻ. */
const roman = /[\u2160-\u216b\u2170-\u217b]/gu;
const romanValue = (form: string): string => String(((form.codePointAt(0) ?? 0) & 0xf) + 1);

/** Digits as they are read out over the radio, beside others: not the 洞 of 桥洞2025. */
const between = '(?:[^\\p{L}\\p{N}]|[转杠横加减])';
const spoken = `[${Object.keys(chineseDigits).join('')}洞拐勾]`;
const radio = new RegExp(
  `(?<=(?:\\d|${spoken})${between}{0,3})[洞拐勾]|[洞拐勾](?=${between}{0,3}${spoken})`,
  'gu',
);
const radioValues: Readonly<Record<string, string>> = { 洞: '0', 拐: '7', 勾: '9' };

/** Digits in Latin letters, seven or more of them: one three eight …, yao san ba …. */
const spellings: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'zero ling dong',
    'one yi yao',
    'two er liang',
    'three san',
    'four si',
    'five wu',
    'six liu',
    'seven qi guai',
    'eight ba',
    'nine jiu gou',
  ].flatMap((forms, digit) => forms.split(' ').map((form) => [form, String(digit)])),
);
const spelling = `(?:${Object.keys(spellings)
  .sort((one, other) => other.length - one.length)
  .join('|')})`;
const spelt = new RegExp(
  `(?<![a-z])${spelling}(?:[\\s,.·-]{0,3}${spelling}){6,30}(?![a-z])`,
  'giu',
);
const speltDigit = new RegExp(spelling, 'giu');
const speltValue = (form: string): string =>
  form.replace(speltDigit, (word) => spellings[word.toLowerCase()] ?? word);

/** Letters and signs that stand for a digit within a number: 138oo138ooo, l38-ooo0. */
const zero = 'oOοΟоО◯⭕';
const alike = `[\\d${zero}lI丨]{1,30}`;
const mark = `[^\\p{L}\\p{N}${zero}]`;
const parted = `(?:${mark}{1,2}(?:[转杠横加减]${mark}{0,2})?|[转杠横加减]${mark}{0,2})`;
const number = new RegExp(
  `(?<!\\p{Script=Latin})${alike}(?:${parted}${alike}){0,30}(?!\\p{Script=Latin})`,
  'gu',
);
const digitsIn = (form: string): string =>
  /\d/.test(form)
    ? form.replace(/[^\d\s]/gu, (sign) =>
        zero.includes(sign) ? '0' : /[lI丨]/.test(sign) ? '1' : sign,
      )
    : form;

/** %31%33%39 is 139, and 1<b>3</b>9 is shown as 139. */
const escaped = /(?:%[0-9a-f]{2}){2,100}/giu;
const unescaped = (form: string): string => {
  try {
    return decodeURIComponent(form);
  } catch {
    return form;
  }
};
const tag = /<\/?[a-z][^<>]{0,60}>/giu;

/** Base64 of a text with seven digits in a row. */
const encoded = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/_-]{12,400}={0,2}/gu;
const decoded = (form: string): string => {
  const text = Buffer.from(form, 'base64').toString('latin1');
  return /^[\x20-\x7e]*\d{7}[\x20-\x7e]*$/.test(text) ? text : form;
};

/**
 * A text as a reader sees it: compatibility forms as plain ones (`１` and `¹` are 1, `①` is (1)),
 * without marks and characters of no width. All digits become ASCII: Chinese digits and Roman
 * numerals by their value, `o` and `l` within a number as 0 and 1, digits of other scripts as 9,
 * because nobody here writes dates with them. What is written as an escape, between tags or in Base64 is
 * taken as what it stands for.
 */
export const plainText = (text: string): string =>
  text
    .replace(escaped, unescaped)
    .replace(tag, '')
    .replace(encoded, decoded)
    .replace(circled, circledValue)
    .replace(roman, romanValue)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(spelt, speltValue)
    .replace(radio, (form) => radioValues[form] ?? form)
    .replace(afterChinese, ' ')
    .replace(chineseDigit, (form) => chineseDigits[form] ?? form)
    .replace(/(?![0-9])\p{N}/gu, '9')
    .replace(number, digitsIn);
