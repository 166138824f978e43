const digits = '零一二三四五六七八九';
const words =
  /^(?:(?<ten>(?<tens>[一二三四五六七八九]?)十))?(?<ones>[一二两三四五六七八九]?)(?=周?岁|$)/;

/**
 * The age in years that a text states: `8`, `８岁`, `八岁`, `十二`. Undefined for anything else, as a
 * year of birth or a school.
 */
export const statedAge = (text: string): number | undefined => {
  const given = text.normalize('NFKC').replace(/\s|^\s*(?:刚?满|周岁|虚岁)/g, '');
  const [, years] = /^(\d{1,3})(?!\d|年|级)/.exec(given) ?? [];
  if (years !== undefined) return Number(years);
  const { ten, tens = '', ones = '' } = words.exec(given)?.groups ?? {};
  if (!ten && !ones) return undefined;
  const below = digits.indexOf(ones.replace('两', '二') || '零');
  return (ten ? 10 * (tens ? digits.indexOf(tens) : 1) : 0) + below;
};
