const mobile = /^1[3-9]\d{9}$/;
/** Area code and number; with an extension nobody can be found by. */
const landline = /^0\d{2,3}\d{7,8}$/;

/**
 * A mainland phone number as E.164 (`+8613800138000`), however it was spaced or prefixed; undefined
 * when it is none.
 */
export const normalPhone = (text: string): string | undefined => {
  const digits = text
    .trim()
    .replace(/[\s()（）-]/g, '')
    .replace(/^(\+86|0086)/, '');
  if (mobile.test(digits)) return `+86${digits}`;
  return landline.test(digits) ? `+86${digits.slice(1)}` : undefined;
};
