import { localDateOf } from '../runtime/calendar.ts';

/** `date-number`: a spreadsheet's serial day, in place of a date. `year-only`: 1960. */
export type DateFault = 'invalid-date' | 'two-digit-year' | 'date-number' | 'year-only';

const full =
  /^(\d{4})\s*[-/.年、\s]\s*(\d{1,2})\s*[-/.月、\s]\s*(\d{1,2})\s*[日号.]?(?:[T\s]\s*\d{1,2}:\d{2}\S*)?(?:\s*(?:星期|周).)?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const month = /^(\d{4})\s*[-/.年、]\s*(\d{1,2})\s*月?$/;
const compactMonth = /^((?:19|20)\d{2})(0[1-9]|1[0-2])$/;
/** With an offset from UTC: `…Z`, `…+00:00`, `… +0800`. */
const instant = /^(\d{4}-\d{2}-\d{2})[T\s]\s*(\d{2}:[\d:.]+)\s*(?:Z|([+-]\d{2}):?(\d{2}))$/i;

/**
 * A date in the forms used in lists: 1977-07-07, 1977/7/7, 1977.7.7, 1977年7月7日, 19770707, with or
 * without a time of day, or a month alone. An instant becomes its local date after adding a minute:
 * a widespread library writes midnight in China as 43 seconds before it.
 *
 * @returns `yyyy-mm-dd` or `yyyy-mm`, not checked further, or why it is not a date
 */
export const readDate = (
  given: string,
  timezone: string,
): string | { readonly fault: DateFault } => {
  const text = given.normalize('NFKC').trim();
  const [matched, day, time, hours, minutes] = instant.exec(text) ?? [];
  const at = matched && Date.parse(`${day}T${time}${hours ? `${hours}:${minutes}` : 'Z'}`);
  if (typeof at === 'number' && !Number.isNaN(at)) return localDateOf(at + 60_000, timezone);
  const parts =
    full.exec(text) ?? compact.exec(text) ?? month.exec(text) ?? compactMonth.exec(text);
  if (parts) {
    const [, year = '', ...rest] = parts;
    return [year, ...rest.map((part) => part.padStart(2, '0'))].join('-');
  }
  // As a serial day, it would be a day of 1905.
  if (/^(?:19|20)\d{2}年?$/.test(text)) return { fault: 'year-only' };
  if (/^\d{4,5}(?:\.\d+)?$/.test(text)) return { fault: 'date-number' };
  return { fault: /^\d{2}\D\d{1,2}\D\d{1,2}\D?$/.test(text) ? 'two-digit-year' : 'invalid-date' };
};
