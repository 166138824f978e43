/** Creating a formatter costs a thousand times as much as using it, so each zone's is kept. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
};

/** Milliseconds of a day of 24 hours. */
export const dayMs = 86_400_000;

/** The local date (`yyyy-mm-dd`) of an instant in epoch milliseconds. */
export const localDateOf = (at: number, timeZone: string): string =>
  formatterOf(timeZone).format(at);

/** The local date and time of an RFC 3339 instant, to the minute: `yyyy-mm-dd hh:mm`. */
export const localTimeOf = (instant: string, timeZone: string): string => {
  const at = Date.parse(instant);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(at);
  return `${localDateOf(at, timeZone)} ${time}`;
};

/** The local calendar year of an instant in epoch milliseconds. */
export const localYearOf = (at: number, timeZone: string): number =>
  Number(yearOf(localDateOf(at, timeZone)));

/**
 * The local date on which something ended: the date of the command, or that of the beginning if the
 * beginning is later, because the machines' clocks differ.
 * @param began null when nothing had begun
 */
export const endOf = (began: string | null, date: string): string =>
  began !== null && began > date ? began : date;

/** `yyyy-mm` of a local date. */
export const monthOf = (localDate: string): string => localDate.slice(0, 7);

/** `yyyy` of a local date or month. */
export const yearOf = (localDateOrMonth: string): string => localDateOrMonth.slice(0, 4);

/** The twelve months of a year, in order. */
export const monthsOf = (year: string): readonly string[] =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);

/** The number of a local date in a year, from 1 on the first of January; more than 366 after the year. */
export const dayNumber = (localDate: string, year: string): number =>
  1 + (Date.parse(localDate) - Date.parse(`${year}-01-01`)) / dayMs;
