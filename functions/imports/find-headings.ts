import {
  type Column,
  columnFor,
  isHeading,
  isOverOthers,
  isSecondary,
  type Meaning,
  meaningOf,
  meaningOfBoth,
  personOver,
  plain,
} from './heading-words.ts';
import { kinds } from './known-headings.ts';
import { type Cell, maxColumns, type SheetRow } from './sheet.ts';

export interface ListColumn extends Meaning {
  /** From 0. */
  readonly at: number;
  /** As written; with two rows of headings, the text of both. Empty when it has none. */
  readonly heading: string;
  /** Undefined when the column is not read. */
  readonly column: Column | undefined;
  /** A heading above it and its neighbours says whose they are. */
  readonly isGrouped?: boolean;
}

/** One or two rows of headings, and what they say of the columns below them. */
export interface Headings {
  readonly rows: readonly SheetRow[];
  readonly columns: readonly ListColumn[];
}

export const textOf = (cell: Cell | undefined): string =>
  typeof cell === 'string' ? cell.trim() : '';

/** The column with this meaning: of several, the one with the more exact heading. */
export const columnOf = ({ columns }: Headings, column: Column): number | undefined => {
  const [first, ...more] = columns.filter((each) => each.column === column);
  if (first === undefined || more.length === 0) return first?.at;
  return ([first, ...more].find(({ heading }) => !isSecondary(heading, column)) ?? first).at;
};

/** Whether a cell holds a value such as a number or a date, which no heading is. */
const isValue = (cell: Cell): boolean =>
  typeof cell !== 'string' || (/\d{5}/.test(cell) && !/\p{Script=Han}/u.test(cell));

const widthOf = (...rows: readonly SheetRow[]): number =>
  Math.min(Math.max(...rows.map(({ cells }) => cells.length)), maxColumns);

/** Each row is looked at twice: as the upper and as the lower row of headings. */
const singles = new WeakMap<SheetRow, Headings>();

/**
 * The volunteers of a list without 姓名 are those of the one kind of people whom it names, as in
 * 孩子姓名, 孩子电话.
 */
const withKind = (columns: readonly ListColumn[]): readonly ListColumn[] => {
  if (columns.some(({ column }) => column === 'name')) return columns;
  const [kind, ...more] = columns.flatMap(({ person, property }) =>
    property === 'name' && kinds.test(person ?? '') ? [person] : [],
  );
  if (kind === undefined || more.length > 0) return columns;
  return columns.map((each) =>
    each.person === kind ? { ...each, person: undefined, column: each.property as Column } : each,
  );
};

const single = (row: SheetRow): Headings => {
  const known = singles.get(row);
  if (known) return known;
  const columns = Array.from({ length: widthOf(row) }, (_, at): ListColumn => {
    const heading = row.continued?.has(at) ? '' : textOf(row.cells[at]);
    return { at, heading, column: undefined, ...meaningOf(heading) };
  });
  const found = { rows: [row], columns: withKind(columns) };
  singles.set(row, found);
  return found;
};

/** Whether a text over columns says whose they are. */
const isPersonal = (text: string): boolean => personOver(text) !== undefined;

interface Stacked {
  readonly above: string;
  readonly below: string;
  /** Whether the upper heading is over columns that have headings of their own. */
  readonly isGroup: boolean;
  /** Whether it is over several of them. */
  readonly isWide: boolean;
}

/**
 * The headings of each column in two rows. In a file without merged cells, the upper row is blank
 * after the first column of a group.
 */
const stacked = (upper: SheetRow, lower: SheetRow): readonly Stacked[] => {
  let group = '';
  return Array.from({ length: widthOf(upper, lower) }, (_, at) => {
    const [own, below] = [textOf(upper.cells[at]), textOf(lower.cells[at])];
    const isLeaf = below === '' || plain(own) === plain(below);
    if (own !== '' || isLeaf) group = isLeaf ? '' : own;
    return { above: own || group, below, isGroup: group !== '' };
  }).map((each, at, all) => {
    const isWide = [all[at - 1], all[at + 1]].some(
      (next) => next?.isGroup && next.above === each.above,
    );
    return { ...each, isWide: each.isGroup && isWide };
  });
};

const double = (upper: SheetRow, lower: SheetRow): Headings => {
  const columns = stacked(upper, lower).map(({ above, below, isGroup }, at): ListColumn => {
    const leaf = below === '' ? upper : lower;
    const texts = leaf.continued?.has(at) ? [] : [above, below].filter((text) => text !== '');
    const heading = plain(above) === plain(below) ? (texts[0] ?? '') : texts.join(' ');
    const meaning = heading === '' ? {} : meaningOfBoth(above, below);
    return { at, heading, column: undefined, ...meaning, isGrouped: isGroup };
  });
  return { rows: [upper, lower], columns: withKind(columns) };
};

/** The number of meanings that columns have, each for one person. */
const meaningsIn = ({ columns }: Headings): number =>
  new Set(
    columns.flatMap(({ column, person, property }) =>
      column || person ? `${person} ${column ?? property}` : [],
    ),
  ).size;

/** How well headings fit: the number of known columns, minus repeated ones. */
const fitOf = (found: Headings): number => {
  const known = found.columns.flatMap(({ column }) => column ?? []);
  return 2 * new Set(known).size - known.length;
};

/**
 * Whether a second row belongs to the headings: it has a name below somebody, or only
 * headings, none for a name below the name, and none below another heading that is not over a group.
 */
const isLower = (upper: SheetRow, lower: SheetRow): boolean => {
  const filled = stacked(upper, lower).filter(({ below }) => below !== '');
  const own = columnOf(single(upper), 'name');
  const name = stacked(upper, lower)[columnOf(single(lower), 'name') ?? -1];
  // A name below somebody is theirs, whatever the other cells are.
  const isTheirs = name?.isGroup && (isPersonal(name.above) || !isHeading(name.above));
  if (isTheirs && own !== undefined && textOf(lower.cells[own]) === '') return true;
  return (
    filled.some(({ above, below }) => plain(above) !== plain(below)) &&
    filled.every(({ above, below, isGroup, isWide }) => {
      if (plain(above) === plain(below)) return true;
      if (columnFor(above) === 'name')
        return (
          columnFor(below) === 'name' || (isWide && isPersonal(above) && hasName(single(lower)))
        );
      const { column, person } = meaningOfBoth(above, below);
      const isOver = isGroup && isPersonal(above);
      const [one, two] = [columnFor(above), columnFor(below)];
      const areRead = one !== undefined && two !== undefined && one !== two;
      const areTwo =
        column === undefined && (isWide ? areRead : isHeading(above) && isHeading(below));
      const isOwn = isHeading(below) || person !== undefined || column !== undefined;
      return isOver || (isOwn && !areTwo);
    })
  );
};

/** Whether the upper row says of which person the columns are: of several, or of no volunteer. */
const isByPerson = (upper: SheetRow, lower: SheetRow): boolean => {
  const groups = stacked(upper, lower).filter(({ isGroup }) => isGroup);
  const texts = new Set(upper.cells.map(textOf).filter((text) => text !== ''));
  if (![...texts].every((text) => isHeading(text) || isPersonal(text))) return false;
  return groups.some(({ above }) => (texts.size > 1 ? isPersonal(above) : isOverOthers(above)));
};

/**
 * Whether the name is a field of a form for one person, or of instructions: there is a heading below
 * or above it, and beside it something else than headings, or nothing.
 */
const isForm = (found: Headings, ...rows: readonly (SheetRow | undefined)[]): boolean => {
  const filled = found.columns.filter(({ heading }) => heading !== '');
  if (filled.length > 1 && filled.every(isKnown)) return false;
  return rows.some((row) => {
    const text = textOf(row?.cells[columnOf(found, 'name') ?? 0]);
    return columnFor(text) !== 'name' && isHeading(text);
  });
};

const hasName = (found: Headings) => columnOf(found, 'name') !== undefined;
/** Whether there is a name, of whomever it is. */
const nameIn = ({ columns }: Headings) =>
  columns.some(({ column, property }) => column === 'name' || property === 'name');

const isKnown = ({ column, person, property, heading }: ListColumn): boolean =>
  column !== undefined || person !== undefined || property !== undefined || isHeading(heading);

/** Whether a row is searched for headings: it has several cells, and no value. */
export const mayBeHeadings = ({ cells }: SheetRow): boolean =>
  cells.length > 1 && !cells.some(isValue);

/**
 * The headings that begin in a row, or undefined. They have no column for the name when they are
 * those of other people than volunteers.
 * @param least known columns, of which one is the name
 */
const headingsAt = (rows: readonly SheetRow[], at: number, least: number): Headings | undefined => {
  const [upper, lower, third] = rows.slice(at, at + 3);
  if (!upper || upper.cells.some(isValue)) return undefined;
  const one = single(upper);
  const next = lower?.number === upper.number + 1 && !lower.cells.some(isValue) ? lower : undefined;
  if (!hasName(one) && !(next && nameIn(single(next)))) return undefined;
  const two = next && isLower(upper, next) ? double(upper, next) : undefined;
  const isTwo =
    two !== undefined &&
    next !== undefined &&
    (hasName(one) || isByPerson(upper, next) || fitOf(two) > fitOf(single(next)));
  const found = isTwo ? two : one;
  if (!hasName(found) && !(isTwo && isByPerson(upper, next))) return undefined;
  if (meaningsIn(found) < least) return undefined;
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
  const known = filled.filter(isKnown);
  return known.length * 2 > filled.length ? found : undefined;
};

/** Whether a row has headings of at least two columns. */
export const hasHeadings = (row: SheetRow): boolean =>
  !row.cells.some(isValue) && meaningsIn(single(row)) > 1;

/** Whether all columns mean the same by both headings, so far as the second ones name them. */
export const agree = (one: Headings, other: Headings): boolean =>
  other.columns.every(({ at, column, heading, person }) => {
    const same = one.columns[at];
    return heading === '' || (column === same?.column && person === same?.person);
  });

const ofPeople: readonly (Column | undefined)[] = ['name', 'documentNumber', 'phone', 'birthDate'];

/**
 * Whether a row below headings begins another table, of people whom it does not call by 姓名, and
 * whose data would be read under the wrong headings.
 */
export const isNameless = (
  row: SheetRow,
  next: SheetRow | undefined,
  headings: Headings,
): boolean => {
  if (row.cells.some(isValue) || next?.cells.some(isValue) !== true) return false;
  const found = single(row);
  const filled = found.columns.filter(({ heading }) => heading !== '');
  const said = filled.map(({ column, property }) => column ?? property);
  const known = filled.filter(isKnown);
  return (
    new Set(known.map(({ heading }) => plain(heading))).size > 1 &&
    known.length * 2 > filled.length &&
    said.some((each) => each !== 'name' && ofPeople.includes(each as Column)) &&
    !agree(headings, found)
  );
};
