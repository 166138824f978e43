import {
  type Column,
  columnFor,
  columnForBoth,
  isHeading,
  isOfSomebodyElse,
  isOwn,
  plain,
} from './heading-words.ts';
import { headings } from './known-headings.ts';
import { type Cell, isBlank, letterOf, maxColumns, type SheetRow, unreadable } from './sheet.ts';

export interface ListColumn {
  /** From 0. */
  readonly at: number;
  /** As written; with two rows of headings, the text of both. */
  readonly heading: string;
  /** Undefined when the column is not read. */
  readonly column: Column | undefined;
}

/** One or two rows of headings, and what they say of the columns below them. */
export interface Headings {
  readonly rows: readonly SheetRow[];
  readonly columns: readonly ListColumn[];
}

export const textOf = (cell: Cell | undefined): string =>
  typeof cell === 'string' ? cell.trim() : '';

export const columnOf = ({ columns }: Headings, column: Column): number | undefined =>
  columns.find((each) => each.column === column)?.at;

const knownIn = ({ columns }: Headings): readonly Column[] =>
  columns.flatMap(({ column }) => column ?? []);

/** Whether a cell holds a value such as a number or a date, which no heading is. */
const isValue = (cell: Cell): boolean =>
  typeof cell !== 'string' || (/\d{5}/.test(cell) && !/\p{Script=Han}/u.test(cell));

const widthOf = (...rows: readonly SheetRow[]): number =>
  Math.min(Math.max(...rows.map(({ cells }) => cells.length)), maxColumns);

const isRelation = ({ column, heading }: ListColumn): boolean =>
  column === 'guardianRelation' || plain(heading).endsWith('关系');

/** The column of another person's name to which the column at `at` can belong. */
const nameBefore = (columns: readonly ListColumn[], at: number): ListColumn | undefined => {
  const before = columns.slice(0, at).findLast((column) => !isRelation(column));
  return before && isOfSomebodyElse(before.heading) ? before : undefined;
};

/** What another person can have too: of a guardian, and the words for it. */
const shared = {
  phone: { ofGuardian: 'guardianPhone', zh: '电话', said: /电话|手机|方式/ },
  documentNumber: { ofGuardian: 'guardianNumber', zh: '身份证号', said: /证|电话|手机|方式/ },
} as const;

/**
 * A phone right after another person's name is that person's, as in 监护人, 联系电话, and so is one of
 * two ID numbers right after a guardian's name. It is not if another column says that it has the
 * phone of that person.
 * @throws Problem `unreadable-file` when it is the only one, and the list may mean either person
 */
const withOwners = ({ rows, columns }: Headings): Headings => {
  const ownerOf = (given: ListColumn): Column | undefined => {
    const { at, column, heading } = given;
    const name = nameBefore(columns, at);
    if ((column !== 'phone' && column !== 'documentNumber') || isOwn(heading) || !name)
      return column;
    const { ofGuardian, zh, said } = shared[column];
    const isGuardian = name.column === 'guardianName';
    if (column === 'documentNumber' && !isGuardian) return column;
    const person = plain(name.heading).replace(/(?:姓名|名字)$/, '');
    const saysWhose = (each: ListColumn) =>
      each.column !== column &&
      ((isGuardian && each.column === ofGuardian) ||
        (plain(each.heading).startsWith(person.slice(0, 2)) && said.test(each.heading)));
    if (columns.some(saysWhose)) return column;
    const isOnly = columns.filter((each) => each.column === column).length === 1;
    if (isGuardian && (column === 'phone' || !isOnly)) return ofGuardian;
    if (!isOnly) return undefined;
    const row = rows.at(-1)?.number;
    throw unreadable(
      `第 ${row} 行的表头中，看不出 ${letterOf(at)} 列“${heading}”是志愿者本人的，还是 ${letterOf(name.at)} 列“${name.heading}”的；请把表头写成“本人${zh}”或“${person}${zh}”。`,
      `In the headings in row ${row}, column ${letterOf(at)} may be about the volunteer or about the person in column ${letterOf(name.at)}; say in its heading whose it is.`,
    );
  };
  return { rows, columns: columns.map((each) => ({ ...each, column: ownerOf(each) })) };
};

/** Each row is looked at twice: as the upper and as the lower row of headings. */
const singles = new WeakMap<SheetRow, Headings>();

const single = (row: SheetRow): Headings => {
  const known = singles.get(row);
  if (known) return known;
  const columns = Array.from({ length: widthOf(row) }, (_, at) => {
    const heading = textOf(row.cells[at]);
    return { at, heading, column: columnFor(heading) };
  });
  const found = { rows: [row], columns };
  singles.set(row, found);
  return found;
};

/**
 * Two rows of headings. In a file without merged cells, the upper row is blank after the first
 * column of a group.
 */
const double = (upper: SheetRow, lower: SheetRow): Headings => {
  let group = '';
  const columns = Array.from({ length: widthOf(upper, lower) }, (_, at) => {
    const below = textOf(lower.cells[at]);
    if (!isBlank(upper.cells[at]) || below === '') group = textOf(upper.cells[at]);
    const heading =
      group === below ? group : [group, below].filter((text) => text !== '').join(' ');
    return { at, heading, column: columnForBoth(group, below) };
  });
  return { rows: [upper, lower], columns };
};

/** How well headings fit: the number of known columns, minus repeated ones. */
const fitOf = (found: Headings | undefined): number => {
  if (!found) return 0;
  const known = knownIn(found);
  const below = found.rows[1]?.cells.filter((cell) => !isBlank(cell)) ?? [];
  // A second row that contains only headings belongs to them, even if it adds no column.
  const more = below.length > 0 && below.every((cell) => columnFor(textOf(cell))) ? 0.5 : 0;
  return 2 * new Set(known).size - known.length + more;
};

/**
 * Whether a second row can belong to the headings: it does not name a person, and has no headings of
 * its own below other headings.
 */
const isLower = (found: Headings): boolean => {
  const [upper, lower] = found.rows.map(({ cells }) => cells.map(textOf));
  const at = columnOf(found, 'name') ?? 0;
  const name = lower?.[at] ?? '';
  return (
    (name === '' || plain(name) === plain(upper?.[at] ?? '') || columnFor(name) === 'name') &&
    found.columns.every(({ at: each, column }) => {
      const [above = '', below = ''] = [upper?.[each], lower?.[each]];
      const areTwo = isHeading(above) && isHeading(below) && plain(above) !== plain(below);
      return column !== undefined || !areTwo || isOfSomebodyElse(above);
    })
  );
};

/**
 * Whether the name is a field of a form for one person, or of instructions: there is a heading below
 * or above it, and beside it something else than headings, or nothing.
 */
const isForm = (found: Headings, ...rows: readonly (SheetRow | undefined)[]): boolean => {
  const filled = found.columns.filter(({ heading }) => heading !== '');
  if (filled.length > 1 && filled.every(({ heading }) => isHeading(heading))) return false;
  return rows.some((row) => {
    const text = textOf(row?.cells[columnOf(found, 'name') ?? 0]);
    return columnFor(text) !== 'name' && isHeading(text);
  });
};

const hasName = (found: Headings | undefined) =>
  found !== undefined && columnOf(found, 'name') !== undefined;

/** Whether a row is searched for headings: it has several cells, and no value. */
export const mayBeHeadings = ({ cells }: SheetRow): boolean =>
  cells.length > 1 && !cells.some(isValue);

/**
 * The headings that begin in a row, or undefined.
 * @param least known columns, of which one is the name
 */
const headingsAt = (rows: readonly SheetRow[], at: number, least: number): Headings | undefined => {
  const [upper, lower, third] = rows.slice(at, at + 3);
  if (!upper || upper.cells.some(isValue)) return undefined;
  const one = single(upper);
  const next =
    lower?.number === upper.number + 1 && !lower.cells.some(isValue) ? single(lower) : undefined;
  if (!hasName(one) && !hasName(next)) return undefined;
  const two = next && lower && double(upper, lower);
  const isTwo = two && isLower(two) && fitOf(two) > Math.max(fitOf(one), fitOf(next));
  const found = isTwo ? two : one;
  if (!hasName(found) || new Set(knownIn(found)).size < least) return undefined;
  const around = [isTwo ? third : lower, least === 1 ? rows[at - 1] : undefined];
  return isForm(found, ...around) ? undefined : found;
};

/** Rows that are searched for the first headings. Titles and notes may be above them. */
export const searchedRows = 20;

/**
 * The first headings of a sheet. A name alone is a heading only where there are no better ones.
 */
export const firstHeadings = (rows: readonly SheetRow[]): Headings | undefined => {
  for (const least of [2, 1])
    for (let at = 0; at < Math.min(rows.length, searchedRows); at += 1) {
      const found = headingsAt(rows, at, least);
      if (found) return found;
    }
  return undefined;
};

/** The first row of a form for one person, which has headings below each other, or undefined. */
export const formIn = (rows: readonly SheetRow[]): SheetRow | undefined =>
  rows.find((row, at) => {
    const found = single(row);
    return columnOf(found, 'name') !== undefined && isForm(found, rows[at + 1]);
  });

/**
 * Headings below the first ones. A person’s cells can contain words that are headings too, so most
 * cells have to be headings.
 */
export const laterHeadings = (rows: readonly SheetRow[], at: number): Headings | undefined => {
  const found = headingsAt(rows, at, 2);
  const filled = found?.columns.filter(({ heading }) => heading !== '') ?? [];
  const known = filled.filter(({ column, heading }) => column ?? isHeading(heading));
  return known.length * 2 > filled.length ? found : undefined;
};

/** Whether a row has headings of at least two columns. */
export const hasHeadings = (row: SheetRow): boolean =>
  !row.cells.some(isValue) && new Set(knownIn(single(row))).size > 1;

/** Whether all columns mean the same by both headings, so far as the second ones name them. */
export const agree = (one: Headings, other: Headings): boolean =>
  other.columns.every(({ at, column, heading }) =>
    heading === '' ? true : column === one.columns[at]?.column,
  );

/**
 * Whether a row below headings gives columns another meaning, has no column for the name, and has
 * data below it, which would be read under the wrong headings.
 */
export const isNameless = (
  row: SheetRow,
  next: SheetRow | undefined,
  headings: Headings,
): boolean =>
  hasHeadings(row) && next?.cells.some(isValue) === true && !agree(headings, single(row));

/**
 * Headings of which each column has a meaning of its own.
 * @throws Problem `unreadable-file` when two columns have the same meaning
 */
export const clearHeadings = (given: Headings): Headings => {
  const found = withOwners(given);
  for (const { at, column, heading } of found.columns) {
    const other = found.columns.find((each) => each.at < at && each.column === column);
    if (column === undefined || column === 'ordinal' || !other) continue;
    const row = found.rows.at(-1)?.number;
    const [one, two] = [other.at, at].map(letterOf);
    if (column === 'name')
      throw unreadable(
        `第 ${row} 行的表头中，${one} 列与 ${two} 列都是姓名；每行只能有一名志愿者。并排的几组人员请上下排成一列，不是志愿者的姓名请写明是谁的，如“家长姓名”。`,
        `In the headings in row ${row}, columns ${one} and ${two} are both names, and a row has one volunteer: put people who are side by side below each other, and say of other names whose they are.`,
      );
    throw unreadable(
      `第 ${row} 行的表头中，${one} 列“${other.heading}”与 ${two} 列“${heading}”含义相同；请删去一列，或把不需要的表头改成“备注”。`,
      `In the headings in row ${row}, columns ${one} and ${two} both mean ${headings[column].at(-1)}; delete one, or rename its heading to “remarks”.`,
    );
  }
  return found;
};
