/**
 * A name by which somebody who has it before them recognises it, and others hardly do: 王*, 王*明, 欧**鹃.
 * Of a name that is not Chinese only the first letter.
 */
export const maskedName = (name: string): string => {
  const [first = '', ...rest] = name;
  if (!/^[\p{Script=Han}·]+$/u.test(name)) return `${first}***`;
  const last = rest.length > 1 ? (rest.at(-1) ?? '') : '';
  return first + '*'.repeat(rest.length > 1 ? rest.length - 1 : 1) + last;
};

/** The last four digits of a phone number: *******8000. */
export const maskedPhone = (phone: string): string => `*******${phone.slice(-4)}`;
