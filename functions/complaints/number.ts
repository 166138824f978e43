/** `yymmdd-nnnnnnnn-cc`: the day, eight digits that say nothing, and two check digits. */
export const complaintNumber = /^\d{6}-\d{8}-\d{2}$/;

/** Check digits by ISO 7064 MOD 97-10: they find every wrong digit and every two that changed places. */
const checkDigits = (digits: string): string =>
  String(98n - ((BigInt(digits) * 100n) % 97n)).padStart(2, '0');

/**
 * @param day the local date, `yyyy-mm-dd`
 * @param random eight bytes or more
 */
export const newNumber = (day: string, random: Uint8Array): string => {
  const date = day.slice(2).replaceAll('-', '');
  const value = Buffer.from(random).readBigUInt64BE() % 100_000_000n;
  const serial = String(value).padStart(8, '0');
  return `${date}-${serial}-${checkDigits(date + serial)}`;
};

/** A number as people type it, with hyphens where they belong; undefined when a digit of it is wrong. */
export const readNumber = (typed: string): string | undefined => {
  const [, date, serial, check] =
    /^(\d{6})(\d{8})(\d{2})$/.exec(typed.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')) ?? [];
  if (date === undefined || serial === undefined || check === undefined) return undefined;
  return checkDigits(date + serial) === check ? `${date}-${serial}-${check}` : undefined;
};
