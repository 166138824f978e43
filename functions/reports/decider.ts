import type { Fact } from '../../events/catalogue.ts';
import {
  fieldOfPart,
  type ReportState,
  type WrittenPart,
  type WrittenText,
} from '../../events/reports.ts';

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
  state[fieldOfPart[part]]?.text === written.text
    ? null
    : { type: 'ReportTextWritten', data: { report: { ...state, [fieldOfPart[part]]: written } } };
