import type { Fact } from '../../events/catalogue.ts';
import type { ReportState, WrittenPart, WrittenText } from '../../events/reports.ts';

const fields = { problems: 'problems', 'next-year': 'nextYear' } as const satisfies Readonly<
  Record<WrittenPart, keyof ReportState>
>;

/** The report of a year in which nobody has written anything yet. */
export const emptyReport = (year: number): ReportState => ({
  year,
  problems: null,
  nextYear: null,
});

/** Writes a part anew, whoever wrote it before. Null when its text stays the same. */
export const write = (
  state: ReportState,
  part: WrittenPart,
  written: WrittenText,
): Fact<'ReportTextWritten'> | null =>
  state[fields[part]]?.text === written.text
    ? null
    : { type: 'ReportTextWritten', data: { report: { ...state, [fields[part]]: written } } };
