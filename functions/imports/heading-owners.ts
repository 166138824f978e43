import { unreadable } from '../files/unreadable.ts';
import type { Headings, ListColumn } from './find-headings.ts';
import { type Column, isSecondary, isUnread, plain } from './heading-words.ts';
import { contacts, ofThings } from './known-headings.ts';
import { holdsMarks, holdsNames } from './person-cells.ts';
import { letterOf } from './sheet.ts';

/** What another person can have too, with the word for it. */
const personal: Readonly<Partial<Record<Column, string>>> = {
  sex: '性别',
  birthDate: '出生日期',
  birthMonth: '出生年月',
  age: '年龄',
  documentType: '证件类型',
  documentNumber: '身份证号',
  phone: '电话',
  address: '住址',
};

/** The cells of a column, from top to bottom, without the blank ones. */
export type CellsAt = (at: number) => readonly string[];

/**
 * Whether a column names somebody else than the volunteer, so that the columns right of it may be
 * about that person: by its heading, or, where nobody knows the heading, by its cells.
 */
const namesAnother = (given: ListColumn, cellsAt: CellsAt): boolean => {
  const { at, column, heading, person, property, isGrouped } = given;
  if (isGrouped || heading === '') return false;
  if (column === 'guardianName') return true;
  const cells = cellsAt(at);
  if (person !== undefined) return property === 'name' && !holdsMarks(cells);
  const isKnown = column !== undefined || property !== undefined || isUnread(heading);
  return !isKnown && !ofThings.test(plain(heading)) && holdsNames(cells);
};

const personIn = ({ heading, person }: ListColumn): string =>
  person ?? plain(heading).replace(/(?:姓名|名字)$/, '');

const ofGuardian: Readonly<Partial<Record<Column, Column>>> = {
  phone: 'guardianPhone',
  documentNumber: 'guardianNumber',
};

/**
 * Headings of which each column says whose it is. What another person can have too is the
 * volunteer's, if no other person is named left of it, or if the headings say which columns are
 * about that person. It is the other person's if the volunteer has such a column for certain.
 * @throws Problem `unreadable-file` when a column may be about either person
 */
const withOwners = ({ rows, columns }: Headings, cellsAt: CellsAt): Headings => {
  /** The columns with names of other people, of whom each may have more columns. */
  const names = columns.filter(
    (each) => (each.isGrouped && each.property === 'name') || namesAnother(each, cellsAt),
  );
  const hasCells = columns.some(({ at }) => cellsAt(at).length > 0);
  /** Whether a column names nobody in any row. Headings without rows below them can name anybody. */
  const isUnused = ({ at }: ListColumn): boolean => hasCells && cellsAt(at).length === 0;
  const another = new Map<ListColumn, ListColumn>();
  let named: ListColumn | undefined;
  for (const each of columns) {
    if (each.column === 'name') named = undefined;
    else if (names.includes(each))
      named = each.isGrouped || (named && isUnused(each)) ? named : each;
    else if (named && !each.isOwn && !each.isGrouped) another.set(each, named);
  }
  const hasGuardian = columns.some(({ column }) => column === 'guardianName');
  /** Whether the headings say for another column that it is about this person, and no namesake. */
  const saysFor = (name: ListColumn, column: Column): boolean => {
    if (name.column === 'guardianName')
      return columns.some((each) => each.column === ofGuardian[column]);
    const person = personIn(name);
    const [root = person] = /^..+(?=(?:联系|联络)[人员]$)/.exec(person) ?? [];
    const namesakes = names.filter((each) => personIn(each) === person);
    return (
      namesakes.length === 1 &&
      columns.some((each) => each.property === column && plain(each.heading).startsWith(root))
    );
  };
  const ownerOf = (given: ListColumn): Column | undefined => {
    const { at, column, heading, isOpen } = given;
    const name = another.get(given);
    if (isOpen && (name ? name.column !== 'guardianName' : !hasGuardian)) return undefined;
    if (!name || column === undefined || personal[column] === undefined) return column;
    const isContact = contacts.test(name.heading);
    if (saysFor(name, column) || (isContact && (column === 'address' || saysFor(name, 'phone'))))
      return column;
    const isCertain = columns.some((each) => each.column === column && !another.has(each));
    const isGuardian = name.column === 'guardianName';
    if (isGuardian && (column === 'phone' || isCertain)) return ofGuardian[column];
    if (isCertain) return undefined;
    if (isUnused(name) && !isGuardian) return column;
    const row = rows.at(-1)?.number;
    const zh = personal[column];
    throw unreadable(
      `第 ${row} 行的表头中，看不出 ${letterOf(at)} 列“${heading}”是志愿者本人的，还是 ${letterOf(name.at)} 列“${name.heading}”的；请把表头写成“本人${zh}”或“${personIn(name)}${zh}”。`,
      `In the headings in row ${row}, column ${letterOf(at)} may be about the volunteer or about the person in column ${letterOf(name.at)}; say in its heading whose it is.`,
    );
  };
  /** Another person whom a name in the list makes known: 带教电话, beside 带教. */
  const personOf = ({ column, person, property, heading }: ListColumn): string | undefined => {
    if (person !== undefined || column !== undefined || property === undefined) return person;
    const known = names.find((each) => plain(heading).startsWith(personIn(each)));
    return known && personIn(known);
  };
  return {
    rows,
    columns: columns.map((each) => ({
      ...each,
      column: ownerOf(each),
      person: personOf(each),
    })),
  };
};

/**
 * Columns without those that a more exact heading of the same meaning makes needless. Other people
 * than those under 姓名, as under 志愿者, are not needless.
 */
const withoutSecond = (
  columns: readonly ListColumn[],
  cellsAt: CellsAt,
  among: (column: Column) => boolean,
): readonly ListColumn[] =>
  columns.map((each) => {
    const { at, column, heading } = each;
    if (column === undefined || !among(column) || !isSecondary(heading, column)) return each;
    const exact = columns.find(
      (other) => other.column === column && !isSecondary(other.heading, column),
    );
    if (!exact) return each;
    const named = new Set(cellsAt(exact.at));
    const isOther =
      column === 'name' &&
      !/中文/.test(heading) &&
      holdsNames(cellsAt(at)) &&
      !cellsAt(at).every((cell) => named.has(cell));
    return isOther ? each : { ...each, column: undefined };
  });

/**
 * Headings of which each column has a meaning of its own.
 * @throws Problem `unreadable-file` when two columns have the same meaning, or when it cannot be
 * said whose a column is
 */
export const clearHeadings = (given: Headings, cellsAt: CellsAt): Headings => {
  const row = given.rows.at(-1)?.number;
  if (!given.columns.some(({ column }) => column === 'name'))
    throw unreadable(
      `第 ${row} 行的表头中没有志愿者的姓名，只有其他人的；请在志愿者一组写“姓名”，或删去其他人的名单。`,
      `The headings in row ${row} have no column for the volunteer’s name, only for other people’s; add it, or delete the list of the others.`,
    );
  const columns = withoutSecond(given.columns, cellsAt, (column) => column === 'name');
  const owned = withOwners({ ...given, columns }, cellsAt);
  const found = { ...owned, columns: withoutSecond(owned.columns, cellsAt, () => true) };
  for (const { at, column, heading } of found.columns) {
    const other = found.columns.find((each) => each.at < at && each.column === column);
    if (column === undefined || column === 'ordinal' || column === 'age' || !other) continue;
    const [one, two] = [other.at, at].map(letterOf);
    if (column === 'name')
      throw unreadable(
        `第 ${row} 行的表头中，${one} 列与 ${two} 列都是姓名；每行只能有一名志愿者。并排的几组人员请上下排成一列，不是志愿者的姓名请写明是谁的，如“家长姓名”。`,
        `In the headings in row ${row}, columns ${one} and ${two} are both names, and a row has one volunteer: put people who are side by side below each other, and say of other names whose they are.`,
      );
    throw unreadable(
      `第 ${row} 行的表头中，${one} 列“${other.heading}”与 ${two} 列“${heading}”含义相同；请删去一列，或把不需要的表头改成“备注”。`,
      `In the headings in row ${row}, columns ${one} and ${two} both mean the same; delete one, or rename its heading to “remarks”.`,
    );
  }
  return found;
};
