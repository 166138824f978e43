const mobile = /^1[3-9]\d{9}$/;
/**
 * Area code and number. An extension is not accepted, since such a number does not identify a
 * phone. After 010 and 02x come eight digits, and no number begins with 0 or 1.
 */
const landline = /^0(?:(?:10|2\d)[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})$/;

/**
 * A mainland phone number as E.164 (`+8613800138000`), with any spacing or prefix; undefined when
 * it is not one. Applied to its own result, it returns the same.
 */
export const normalPhone = (text: string): string | undefined => {
  const plain = text
    .normalize('NFKC')
    // A number in a format with thousands: 13,912,345,678.
    .replace(/^\s*\d{1,3}(?:,\d{3}){3}\s*$/, (number) => number.replaceAll(',', ''))
    .replace(/[\s().\p{Cf}\p{Pd}\u2212]/gu, '');
  const inland = /^(?:\+86|0086|86(?=1\d{10}$))(\d+)$/.exec(plain)?.[1];
  const digits = inland ?? plain;
  if (mobile.test(digits)) return `+86${digits}`;
  // After the country code, most people leave out the area code's zero.
  const whole = inland !== undefined && !inland.startsWith('0') ? `0${inland}` : digits;
  return landline.test(whole) ? `+86${whole.slice(1)}` : undefined;
};

/** What separates two numbers, or a number from its extension. */
const between = /[/、,;|\n或和()]|\s{2,}/;
/** A number of Hong Kong, Macau or Taiwan, or of another country. */
const abroad = /^\s*\(?(?:\+|00)\s*(?!86)\d/;
/** Words beside a number: 139…(本人), 张三 139…. */
const worded = /\p{L}{2,}/u;

/**
 * Why a text is not a phone number, and what to write, in Chinese and English. It repeats no part
 * of the text.
 */
export const phoneFault = (text: string): readonly [zh: string, en: string] => {
  const plain = text.normalize('NFKC');
  const parts = plain.split(between).filter((part) => (part.match(/\d/g) ?? []).length >= 5);
  // A number may contain blanks, so a blank separates two numbers only when both are valid.
  const words = plain.trim().split(/\s+/);
  if (parts.length > 1 || (words.length > 1 && words.every((word) => normalPhone(word))))
    return [
      '一格只填一个电话号码。',
      'There is more than one number in the cell; leave the one to call.',
    ];
  if (/(?:转|分机|ext|#|(?:\d[\s-]?){6}\d-\d{1,5}$)/i.test(plain))
    return [
      '请去掉分机号，填写 11 位手机号码或带区号的固定电话。',
      'Leave out the extension: an 11-digit mobile number, or a landline with its area code.',
    ];
  if (/\d\*{2,}|\*{2,}\d/.test(plain))
    return ['不接受带星号的号码，请填写完整号码。', 'The number is masked; give all of it.'];
  if (abroad.test(plain))
    return [
      '只接受中国大陆的号码：11 位手机号码或带区号的固定电话。',
      'Only numbers of mainland China are taken: 11 digits of a mobile, or a landline with its area code.',
    ];
  if (worded.test(plain) && /\d{7}/.test(plain.replace(/[\s-]/g, '')))
    return [
      '请只填写本人的号码，去掉旁边的文字。',
      'Write the person’s own number alone, and leave out the words beside it.',
    ];
  return [
    '电话号码格式有误：须为 11 位手机号码或带区号的固定电话。',
    'This is no phone number of mainland China: 11 digits of a mobile, or a landline with its area code.',
  ];
};
