import type * as z from 'zod';
import type { report } from './answer.ts';
import { type Pieces, textOf } from './pieces.ts';
import type { Report } from './report.ts';
import type { Table } from './tables.ts';

type Input = z.input<typeof report>;

const paragraph = (pieces: Pieces): Input['head'][number] => ({
  text: textOf(pieces),
  pieces: [...pieces],
});

const table = ({ title, sheet, columns, rows }: Table): Input['totals'] => ({
  title,
  sheet,
  columns: [...columns],
  rows: rows.map(({ cells, adds }) => ({
    cells: [...cells],
    adds: adds && { ...adds, columns: [...adds.columns] },
  })),
});

/**
 * A report as it is answered. The public does not learn who wrote a text, and sees no facts meant for its writer.
 */
export const reportAnswer = (
  report: Report,
  { isPublic }: { readonly isPublic: boolean },
): Input => ({
  ...report,
  title: textOf(report.title),
  head: report.head.map(paragraph),
  parts: report.parts.map(({ key, title, paragraphs, tables, written }) => ({
    key,
    title,
    paragraphs: paragraphs.map(paragraph),
    tables: tables.map(table),
    written: written && {
      text: written.text && { ...written.text, authorId: isPublic ? null : written.text.authorId },
      facts: isPublic ? [] : written.facts.map(paragraph),
    },
  })),
  annexes: report.annexes.map(table),
  totals: table(report.totals),
});
