import type * as z from 'zod';
import { namesSomebody } from '../http/contact-details.ts';
import type { CheckedRow } from './check-rows.ts';
import { passedOverWords } from './classify-row.ts';
import type { imports } from './contract.ts';
import type { ListColumn } from './find-headings.ts';
import { wordsOf } from './flags.ts';
import type { Column } from './heading-words.ts';
import type { List } from './list.ts';
import { letterOf, type Sheet } from './sheet.ts';

/** Limits of the report: rows with errors or flags, and errors and flags in all. */
const maxReported = 1_000;
const maxRemarks = 5_000;
/** Limit of rows reported as not being people. */
const maxPassedOver = 1_000;
/** Limit of reported headings further down. */
const maxLaterHeadings = 20;
/** Limit of characters in a reported heading or sheet name. */
const maxTitle = 40;

type Answer = z.input<typeof imports.importVolunteers.answer>;

/** A title as in the file; empty when it contains a personal number. */
const title = (text: string): string =>
  namesSomebody(text) ? '' : [...text.replace(/\s+/g, ' ')].slice(0, maxTitle).join('');

/** The part of the report about the file: which sheet, columns and rows are read. */
const fileReport = ({ name, others, hiddenColumns }: Sheet, list: List) => {
  const columnsOf = (columns: readonly ListColumn[]) =>
    columns.map(({ at, heading, column }) => ({
      letter: letterOf(at),
      heading: title(heading),
      column: column === undefined || column === 'ordinal' ? null : column,
      hidden: hiddenColumns.has(at),
    }));
  return {
    sheet: name === null ? null : title(name),
    otherSheets: others.map(title),
    headingRows: [...list.headingRows],
    columns: columnsOf(list.columns),
    laterHeadings: list.laterHeadings
      .slice(0, maxLaterHeadings)
      .map(({ rows, columns }) => ({ rows: [...rows], columns: columnsOf(columns) })),
    passedOver: list.passedOver
      .slice(0, maxPassedOver)
      .map(({ row, reason }) => ({ row, reason, detail: passedOverWords(reason) })),
  } satisfies Partial<Answer>;
};

/** Counts rows and reports the first ones with errors or flags, so the caller need not keep rows. */
export const createReport = (sheet: Sheet, list: List) => {
  const counts = { rows: 0, accepted: 0, refused: 0, flagged: 0 };
  const report: Answer['report'] = [];
  const placeOf = (row: number, column: Column) => {
    const found = list.columnsOf(row).find((each) => each.column === column);
    return {
      letter: found ? letterOf(found.at) : null,
      heading: found ? title(found.heading) : null,
    };
  };
  let remarks = 0;
  let isFull = false;
  return {
    counts,
    add: (rows: readonly CheckedRow[]): void => {
      for (const { number, faults, flags, accepted } of rows) {
        counts.rows += 1;
        counts[accepted ? 'accepted' : 'refused'] += 1;
        if (flags.length > 0) counts.flagged += 1;
        const more = faults.length + flags.length;
        if (more === 0) continue;
        isFull ||= report.length >= maxReported || remarks + more > maxRemarks;
        if (isFull) continue;
        remarks += more;
        report.push({
          row: number,
          errors: faults.map(({ column, code, zh, en }) => ({
            column,
            ...placeOf(number, column),
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
    told: () => ({
      ...counts,
      ...fileReport(sheet, list),
      report,
      reportComplete: !isFull && list.passedOver.length <= maxPassedOver,
    }),
  };
};
