const mobile = /^1[3-9]\d{9}$/;
/**
 * Area code and number; with an extension nobody can be found by. Behind 010 and 02x there are
 * eight digits, and no number begins with 0 or 1.
 */
const landline = /^0(?:(?:10|2\d)[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})$/;

/**
 * A mainland phone number as E.164 (`+8613800138000`), however it was spaced or prefixed; undefined
 * when it is none. What it answers is read as itself.
 */
export const normalPhone = (text: string): string | undefined => {
  const plain = text.normalize('NFKC').replace(/[\s().\-\u2010-\u2015]/g, '');
  const inland = /^(?:\+86|0086|86(?=1\d{10}$))(\d+)$/.exec(plain)?.[1];
  const digits = inland ?? plain;
  if (mobile.test(digits)) return `+86${digits}`;
  // Behind the country code most leave the area code's zero out.
  const whole = inland !== undefined && !inland.startsWith('0') ? `0${inland}` : digits;
  return landline.test(whole) ? `+86${whole.slice(1)}` : undefined;
};
