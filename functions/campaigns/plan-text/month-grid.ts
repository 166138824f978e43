// Tables whose columns are months: marks for when something is done, or activities in the cells.
import type { UnitRole } from './labels.ts';
import { numberOf, pattern } from './numerals.ts';
import { columnOf } from './table-columns.ts';
import type { Line, Row } from './table-rows.ts';
import type { Part } from './titles.ts';

/** Fewer columns of months make no such table. */
const leastMonths = 3;
/** No table has more columns of months: three years. */
const mostMonths = 36;
/** Columns beside those of the months. */
const mostOthers = 3;
const monthHead = new RegExp(`^(${pattern.month})月份?$`);
/** A cell with a sign alone says that something is done in its month. */
const mark = /^[^\p{L}\p{N}]{1,3}$|^[√vVxX]$|^是$/u;
const name = /\p{Script=Han}{2,}/u;

interface Head {
  readonly at: number;
  readonly cell: Part;
}

const isFilled = ({ from, to }: Part): boolean => to > from;

/** The columns of months in a line of headings, which are in order; undefined where it has none. */
const monthsIn = (chars: string, { cells }: Line): readonly Head[] | undefined => {
  if (cells.length > mostMonths + mostOthers) return undefined;
  const heads = cells.flatMap((cell, at) => {
    const found = monthHead.exec(chars.slice(cell.from, cell.to));
    return found ? [{ at, cell, month: numberOf(found[1] ?? '') }] : [];
  });
  const isInOrder = heads.every(
    ({ month }, index) =>
      index === 0 ||
      month === ((heads[index - 1]?.month ?? 0) % 12) + 1 ||
      month > (heads[index - 1]?.month ?? 0),
  );
  return heads.length >= leastMonths && heads.length >= cells.length - mostOthers && isInOrder
    ? heads
    : undefined;
};

/** One line below the months: an activity with marks, or one activity in each cell. */
const rowsOf = (
  chars: string,
  heads: Line,
  months: readonly Head[],
  { cells, from, to }: Line,
): readonly Row[] => {
  const others = heads.cells.flatMap((head, at) => {
    const cell = cells[at];
    const isMonth = months.some((month) => month.at === at);
    return isMonth || !cell || !isFilled(cell)
      ? []
      : [{ cell, kind: columnOf(chars.slice(head.from, head.to)) }];
  });
  const units = others.flatMap(({ cell, kind }) =>
    typeof kind === 'object' ? [{ ...cell, role: kind.role }] : [],
  );
  const common = { units, people: [], whole: { from, to }, isWhole: true };
  const filled = months.flatMap((month) => {
    const cell = cells[month.at];
    return cell && isFilled(cell)
      ? [{ month, cell, written: chars.slice(cell.from, cell.to) }]
      : [];
  });
  if (filled.length === 0) return [];
  const title = others.find(
    ({ kind, cell }) =>
      typeof kind !== 'object' && kind !== 'number' && name.test(chars.slice(cell.from, cell.to)),
  );
  if (filled.every(({ written }) => mark.test(written)))
    return title
      ? [
          {
            ...common,
            title: title.cell,
            time: undefined,
            times: filled.map(({ month }) => month.cell),
          },
        ]
      : [];
  return filled
    .filter(({ written }) => name.test(written))
    .map(({ month, cell }) => ({ ...common, title: cell, time: month.cell, whole: cell }));
};

/** Lines that say one thing each of the months above them: 主题 …, 责任单位 …. */
const columnsOf = (
  chars: string,
  months: readonly Head[],
  lines: readonly Line[],
): readonly Row[] => {
  const kinds = lines.map(
    ({ cells: [first] }) => first && columnOf(chars.slice(first.from, first.to)),
  );
  const titles = lines[kinds.indexOf('title')] ?? lines[kinds.indexOf('content')];
  if (!titles) return [];
  return months.flatMap(({ at, cell }): readonly Row[] => {
    const title = titles.cells[at];
    if (!title || !isFilled(title)) return [];
    const units = lines.flatMap(
      ({ cells }, index): readonly (Part & { readonly role: UnitRole })[] => {
        const kind = kinds[index];
        const own = cells[at];
        return typeof kind === 'object' && own && isFilled(own)
          ? [{ ...own, role: kind.role }]
          : [];
      },
    );
    const to = lines.reduce((last, { cells }) => Math.max(last, cells[at]?.to ?? 0), title.to);
    const whole = { from: title.from, to };
    return [{ title, time: cell, units, people: [], whole, isWhole: true }];
  });
};

/**
 * The rows of a table whose headings at a line are months.
 * @returns the rows, and the line below them; where there is no such table, the line itself
 */
export const rowsOfMonths = (
  chars: string,
  lines: readonly Line[],
  at: number,
): { readonly rows: readonly Row[]; readonly next: number } => {
  const heads = lines[at] as Line;
  const months = chars.slice(heads.from, heads.to).includes('\t')
    ? monthsIn(chars, heads)
    : undefined;
  if (!months) return { rows: [], next: at };
  let next = at + 1;
  while (
    next < lines.length &&
    (lines[next] as Line).cells.length >= leastMonths &&
    !monthsIn(chars, lines[next] as Line)
  )
    next += 1;
  const below = lines.slice(at + 1, next);
  const [first] = heads.cells;
  const isOfTimes = first !== undefined && columnOf(chars.slice(first.from, first.to)) === 'time';
  const rows = isOfTimes
    ? columnsOf(chars, months, below)
    : below.flatMap((line) => rowsOf(chars, heads, months, line));
  return rows.length > 0 ? { rows, next } : { rows: [], next: at };
};
