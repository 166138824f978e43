import type { ReportAnswer, TableAnswer } from '../../functions/reports/answer.ts';
import type { Figure, Piece } from '../../functions/reports/pieces.ts';

/** Every run of digits in a text, with its decimals. */
export const numbersIn = (text: string): readonly string[] => text.match(/\d+(?:\.\d+)?/g) ?? [];

type Cell = TableAnswer['rows'][number]['cells'][number];

export const tablesOf = ({ totals, parts, annexes }: ReportAnswer): readonly TableAnswer[] => [
  totals,
  ...parts.flatMap(({ tables }) => tables),
  ...annexes,
];

const paragraphsOf = ({ head, parts }: ReportAnswer) => [
  ...head,
  ...parts.flatMap(({ paragraphs, written }) => [...paragraphs, ...(written?.facts ?? [])]),
];

const isNumber = (piece: Piece | Cell): piece is Figure => piece !== null && 'metric' in piece;

const cellsOf = (answer: ReportAnswer): readonly Cell[] =>
  tablesOf(answer).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));

/** Every number of a report: those of its text, those of its tables, and its length. */
export const figuresIn = (answer: ReportAnswer): readonly Figure[] => [
  ...paragraphsOf(answer).flatMap(({ pieces }) => pieces.filter(isNumber)),
  ...cellsOf(answer).filter(isNumber),
  answer.length,
];

/** What may have digits that are no figures: titles, names, dates, ordinals and what people wrote. */
export const namesIn = (answer: ReportAnswer): readonly string[] => [
  answer.title,
  ...answer.parts.map(({ title }) => title),
  ...tablesOf(answer).flatMap(({ title, columns }) => [
    title,
    ...columns.map((column) => `${column.title} ${column.unit ?? ''}`),
  ]),
  ...[...paragraphsOf(answer).flatMap(({ pieces }) => pieces), ...cellsOf(answer)].flatMap(
    (piece) => (piece !== null && 'text' in piece && piece.kind !== 'text' ? [piece.text] : []),
  ),
];

/** The report's own words, which may have no digits. */
export const ownWordsIn = (answer: ReportAnswer): readonly string[] =>
  [...paragraphsOf(answer).flatMap(({ pieces }) => pieces), ...cellsOf(answer)].flatMap((piece) =>
    piece !== null && 'text' in piece && piece.kind === 'text' ? [piece.text] : [],
  );
