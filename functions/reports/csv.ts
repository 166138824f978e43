import { type CsvValue, writeCsv } from '../files/write-csv.ts';
import { inLanguage } from '../html/words.ts';
import type { Representation } from '../http/answer.ts';
import { savedAs } from '../http/endings.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { ReportAnswer, TableAnswer } from './answer.ts';
import { filename } from './filename.ts';
import { statusWords } from './period-words.ts';
import { basisWords, hiddenWords } from './table-words.ts';
import { isHidden, isNumber, unitTitle } from './tables.ts';

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
  table.rows.flatMap(({ cells }) => {
    const unitAt = table.columns.findIndex(({ title }) => title === inLanguage(locale, unitTitle));
    const ofRow = cells[unitAt] ?? null;
    const unitOfRow = ofRow !== null && 'text' in ofRow ? ofRow.text : null;
    return cells.flatMap((cell, at) => {
      const column = table.columns[at];
      if (!column?.numbers) return [];
      const of: readonly CsvValue[] = [table.title, nameOf(cells), column.title];
      if (cell === null) return [[...of, null, column.unit, null, null, null, null, null]];
      if (isHidden(cell))
        return [[...of, hiddenWords(locale), column.unit, null, null, null, null, null]];
      if (!isNumber(cell)) return [];
      const { metric, period, areaId, theme } = cell;
      const shownIn = column.unit ?? unitOfRow;
      const basis = inLanguage(locale, basisWords[cell.basis]);
      return [[...of, Number(cell.shown), shownIn, basis, metric, period, areaId, theme]];
    });
  });

/** All numbers of a report's tables, one a row, each with its status, for programs and pivot tables. */
export const renderCsv = (answer: ReportAnswer): Representation => {
  const tables = [
    answer.totals,
    ...answer.parts.flatMap(({ tables }) => tables),
    ...answer.annexes,
  ];
  const [zh, en] = statusWords[answer.status];
  const status = inLanguage(answer.language, { zh, en });
  return {
    text: writeCsv([
      headings[answer.language],
      ...tables
        .flatMap((table) => linesOf(table, answer.language))
        .map((line) => [...line, status, answer.asOf, answer.version]),
    ]),
    headers: savedAs(filename(answer, 'csv')),
  };
};
