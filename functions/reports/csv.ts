import { type CsvValue, writeCsv } from '../files/write-csv.ts';
import type { Representation } from '../http/answer.ts';
import { savedAs } from '../http/endings.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { ReportAnswer, TableAnswer } from './answer.ts';
import { filename } from './filename.ts';
import { hiddenWords } from './table-words.ts';
import { isHidden, isNumber } from './tables.ts';

const headings: Readonly<Record<Locale, readonly string[]>> = {
  'zh-CN': [
    '表',
    '项目',
    '列',
    '数值',
    '单位',
    '口径',
    '指标',
    '期间',
    '区域',
    '主题',
    '状态',
    '截至',
    '版本',
  ],
  en: [
    ...['table', 'row', 'column', 'value', 'unit', 'basis', 'metric', 'period', 'area', 'theme'],
    ...['status', 'as of', 'version'],
  ],
};

/** The words of a row, which say what its numbers are of. */
const nameOf = (cells: TableAnswer['rows'][number]['cells']): string =>
  cells.flatMap((cell) => (cell !== null && 'text' in cell ? [cell.text] : [])).join(' / ');

/** A row for each number of a table, with its source; time in hours, as in the table. */
const linesOf = (table: TableAnswer, locale: Locale): readonly (readonly CsvValue[])[] =>
  table.rows.flatMap(({ cells }) =>
    cells.flatMap((cell, at) => {
      const column = table.columns[at];
      if (!column?.numbers) return [];
      const of: readonly CsvValue[] = [table.title, nameOf(cells), column.title];
      if (cell === null) return [[...of, null, column.unit, null, null, null, null, null]];
      if (isHidden(cell))
        return [[...of, hiddenWords(cell, locale), column.unit, null, null, null, null, null]];
      if (!isNumber(cell)) return [];
      const { metric, period, areaId, theme, unit, basis } = cell;
      const shownIn = column.unit ?? (unit === 'minutes' ? 'hours' : unit);
      return [[...of, Number(cell.shown), shownIn, basis, metric, period, areaId, theme]];
    }),
  );

/** All numbers of a report's tables, one a row, each with its status, for programs and pivot tables. */
export const renderCsv = (answer: ReportAnswer): Representation => {
  const tables = [
    answer.totals,
    ...answer.parts.flatMap(({ tables }) => tables),
    ...answer.annexes,
  ];
  return {
    text: writeCsv([
      headings[answer.language],
      ...tables
        .flatMap((table) => linesOf(table, answer.language))
        .map((line) => [...line, answer.status, answer.asOf, answer.version]),
    ]),
    headers: savedAs(filename(answer, 'csv')),
  };
};
