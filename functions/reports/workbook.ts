import {
  columnName,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
  writeWorkbook,
} from '../files/write-workbook.ts';
import type { FileRepresentation } from '../http/answer.ts';
import { savedAs } from '../http/endings.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { ReportAnswer, TableAnswer } from './answer.ts';
import { filename } from './filename.ts';
import { headingOf, hiddenWords } from './table-words.ts';
import { exactly, isHidden, isNumber, type Sheet, sheets } from './tables.ts';

const names: Readonly<Record<Sheet, Readonly<Record<Locale, string>>>> = {
  totals: { 'zh-CN': '总表', en: 'Totals' },
  months: { 'zh-CN': '按月', en: 'By month' },
  areas: { 'zh-CN': '按社区', en: 'By area' },
  themes: { 'zh-CN': '按主题', en: 'By theme' },
  outputs: { 'zh-CN': '产出', en: 'Outputs' },
  restatements: { 'zh-CN': '更正', en: 'Corrections' },
  definitions: { 'zh-CN': '说明', en: 'Notes' },
};

type Cell = TableAnswer['rows'][number]['cells'][number];

/** A table's rows under its headings, of which the first is in this row of the sheet, from 1. */
const rowsOf = (table: TableAnswer, first: number, locale: Locale): readonly WorkbookRow[] => {
  const cellAt = (
    cell: Cell,
    column: number,
    adds: TableAnswer['rows'][number]['adds'],
  ): WorkbookCell => {
    if (cell === null) return null;
    if (isHidden(cell)) return { text: hiddenWords(locale) };
    if (!isNumber(cell)) return { text: cell.text };
    const at = columnName(column);
    const number = {
      number: exactly(cell),
      decimals: cell.unit === 'minutes' || !Number.isInteger(cell.value) ? 1 : 0,
    } as const;
    return adds?.columns.includes(column)
      ? { ...number, formula: `SUM(${at}${first + 1 + adds.from}:${at}${first + 1 + adds.to})` }
      : number;
  };
  return [
    { cells: table.columns.map((column) => ({ text: headingOf(column, locale) })), kind: 'bold' },
    ...table.rows.map(({ cells, adds }) => ({
      cells: cells.map((cell, column) => cellAt(cell, column, adds)),
      ...(adds ? { kind: 'bold' as const } : {}),
    })),
  ];
};

/** The tables of a sheet one below the other, under a line that says what they are of. */
const sheetOf = (
  answer: ReportAnswer,
  name: Sheet,
  tables: readonly TableAnswer[],
  locale: Locale,
): WorkbookSheet => {
  const heading = [answer.title, ...answer.head.slice(0, 1).map(({ text }) => text)].join('　');
  const rows: WorkbookRow[] = [{ cells: [{ text: heading }], kind: 'heading' }];
  tables.forEach((table, at) => {
    if (at > 0) rows.push({ cells: [] }, { cells: [{ text: table.title }], kind: 'heading' });
    rows.push(...rowsOf(table, rows.length + 1, locale));
  });
  return { name: names[name][locale], frozen: 2, rows };
};

const notes = (answer: ReportAnswer, locale: Locale): readonly WorkbookRow[] => {
  const say = (zh: string, en: string): string => (locale === 'zh-CN' ? zh : en);
  const line = (text: string): WorkbookRow => ({ cells: [{ text }], kind: 'heading' });
  return [
    { cells: [] },
    ...answer.head.map(({ text }) => line(text)),
    line(
      say(
        '空格表示无核实数据，不等于零；“少于5或不公布”的单元格不显示数值，含有这类单元格的合计是数值而不是公式。',
        'An empty cell is no verified data, which is not zero. A total over cells that are not shown is a value and no formula.',
      ),
    ),
    line(
      say(
        '时长以小时计，由分钟换算，显示一位小数。',
        'Time is in hours, from minutes, shown with one decimal.',
      ),
    ),
    {
      cells: [
        {
          text: say(
            '正文字数（公文以五千字为限）',
            'Characters of the text (official limit: five thousand)',
          ),
        },
        { number: answer.length.value, decimals: 0 },
      ],
    },
  ];
};

/** A report's tables as a workbook. @throws Error for a number that is not finite */
export const renderWorkbook = (answer: ReportAnswer): FileRepresentation => {
  const locale = answer.language;
  const all = [answer.totals, ...answer.annexes, ...answer.parts.flatMap(({ tables }) => tables)];
  const made = sheets.flatMap((name) => {
    const tables = all.filter(({ sheet }) => sheet === name);
    return tables.length === 0 ? [] : [sheetOf(answer, name, tables, locale)];
  });
  const withNotes = made.map((sheet) =>
    sheet.name === names.definitions[locale]
      ? { ...sheet, rows: [...sheet.rows, ...notes(answer, locale)] }
      : sheet,
  );
  return { bytes: writeWorkbook(withNotes), headers: savedAs(filename(answer, 'xlsx')) };
};
