import type * as z from 'zod';
import { namesSomebody } from '../http/official-text.ts';
import type { CheckedRow } from './check-rows.ts';
import type { imports } from './contract.ts';
import { wordsOf } from './flags.ts';
import { type List, letterOf } from './list.ts';
import type { Sheet } from './sheet.ts';

/** Limits of the report: rows with errors or flags, and errors and flags in all. */
const maxReported = 1_000;
const maxRemarks = 5_000;
/** Limit of rows reported as not being people. */
const maxPassedOver = 200;
/** Limit of characters in a reported heading or sheet name. */
const maxTitle = 40;

type Answer = z.input<typeof imports.importVolunteers.answer>;

/** A title as in the file; empty when it contains a personal number. */
const title = (text: string): string =>
  namesSomebody(text) ? '' : [...text.replace(/\s+/g, ' ')].slice(0, maxTitle).join('');

/** The part of the report about the file: which sheet, columns and rows are read. */
const fileReport = (
  { name, others, hiddenColumns }: Sheet,
  { headingRows, columns, passedOver }: List,
): Pick<Answer, 'sheet' | 'otherSheets' | 'headingRows' | 'columns' | 'passedOver'> => ({
  sheet: name === null ? null : title(name),
  otherSheets: others.map(title),
  headingRows: [...headingRows],
  columns: columns.map(({ at, heading, column }) => ({
    letter: letterOf(at),
    heading: title(heading),
    column: column === undefined || column === 'ordinal' ? null : column,
    hidden: hiddenColumns.has(at),
  })),
  passedOver: passedOver.slice(0, maxPassedOver).map((each) => ({ ...each })),
});

/** Counts rows and reports the first ones with errors or flags, so the caller need not keep rows. */
export const createReport = (sheet: Sheet, list: List) => {
  const counts = { rows: 0, accepted: 0, refused: 0, flagged: 0 };
  const report: Answer['report'] = [];
  const places = new Map(
    list.columns.map(({ at, heading, column }) => [
      column,
      { letter: letterOf(at), heading: title(heading) },
    ]),
  );
  let remarks = 0;
  let isComplete = true;
  return {
    counts,
    add: (rows: readonly CheckedRow[]): void => {
      for (const { number, faults, flags, accepted } of rows) {
        counts.rows += 1;
        counts[accepted ? 'accepted' : 'refused'] += 1;
        if (flags.length > 0) counts.flagged += 1;
        const more = faults.length + flags.length;
        if (more === 0) continue;
        isComplete &&= report.length < maxReported && remarks + more <= maxRemarks;
        if (!isComplete) continue;
        remarks += more;
        report.push({
          row: number,
          errors: faults.map(({ column, code, zh, en }) => ({
            column,
            letter: places.get(column)?.letter ?? null,
            heading: places.get(column)?.heading ?? null,
            code,
            detail: { zh, en },
          })),
          flags: flags.map((flag) => ({
            ...flag,
            columns: flag.columns && [...flag.columns],
            detail: wordsOf(flag),
          })),
        });
      }
    },
    told: () => ({ ...counts, ...fileReport(sheet, list), report, reportComplete: isComplete }),
  };
};
