import { unreadable } from '../files/unreadable.ts';
import { readDate } from './birth-dates.ts';
import type { Headings, ListColumn } from './find-headings.ts';
import type { CellsAt } from './heading-owners.ts';
import { type Column, isUnread } from './heading-words.ts';
import { isMobile, isMost, isResidentId } from './person-cells.ts';
import { letterOf } from './sheet.ts';

const isBirthDate = (cell: string): boolean => {
  const date = readDate(cell, 'Asia/Shanghai');
  return typeof date === 'string' && /^(?:19[2-9]\d|20[01]\d)-\d\d-\d\d$/.test(date);
};

/** What cells show by themselves, with the columns in which it is read. */
const shown: readonly {
  readonly read: readonly Column[];
  readonly is: (cell: string) => boolean;
  readonly zh: string;
  readonly en: string;
}[] = [
  { read: ['documentNumber'], is: isResidentId, zh: '身份证号', en: 'idNumber' },
  { read: ['phone'], is: isMobile, zh: '手机', en: 'phone' },
  {
    read: ['birthDate', 'birthMonth', 'documentNumber'],
    is: isBirthDate,
    zh: '出生日期',
    en: 'birthDate',
  },
];

/** Headings of numbers that are meant to be left out: 微信号, 单位电话, 紧急联系电话. */
const leftOut = /微信|qq|座机|固定|紧急|应急|备用|单位|工作|办公|公司|学校|家庭|住宅|宅电/i;
/** Headings of dates that are no birth dates. */
const otherDate = /时间|日期|年月/;

/** A column that is not read, and of which nothing says that it is about somebody else. */
export const isLeftOver = ({ column, person }: ListColumn): boolean =>
  column === undefined && person === undefined;

/** The refusal of a list with a column that should be read, by its cells. */
export const notRead = (
  row: number | undefined,
  { at, heading }: ListColumn,
  { zh, en }: { readonly zh: string; readonly en: string },
) =>
  unreadable(
    `${letterOf(at)} 列没有读取，但其内容像是${zh}；请把第 ${row} 行的表头${heading === '' ? '' : `“${heading}”`}写成“${zh}”，如是他人的，请写明是谁的，如“监护人${zh}”。`,
    `Column ${letterOf(at)} is not read, and looks like ${en}: write “${en}” as its heading in row ${row}, or say there whose it is.`,
  );

/**
 * Refuses a list of which a number or a birth date would be lost because nobody knows its heading.
 * @throws Problem `unreadable-file`
 */
export const refuseLost = ({ rows, columns }: Headings, cellsAt: CellsAt): void => {
  for (const { read, is, zh, en } of shown) {
    if (columns.some(({ column }) => column !== undefined && read.includes(column))) continue;
    const lost = columns.find(
      (each) =>
        isLeftOver(each) &&
        !(zh === '手机' && leftOut.test(each.heading)) &&
        !(zh === '出生日期' && otherDate.test(each.heading) && isUnread(each.heading)) &&
        isMost(cellsAt(each.at), is),
    );
    if (lost) throw notRead(rows.at(-1)?.number, lost, { zh, en });
  }
};

/** The columns that may name areas though no column for the area is read, with their cells. */
export const unknownColumns = ({ rows, columns }: Headings, cellsAt: CellsAt) =>
  columns.some(({ column }) => column === 'area' || column === 'street')
    ? []
    : columns
        .filter((each) => isLeftOver(each) && !isUnread(each.heading))
        .map((column) => ({ row: rows.at(-1)?.number, column, cells: cellsAt(column.at) }));
