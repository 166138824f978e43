// Tables that were flattened to one cell a line.
import { datesInCell } from './dates.ts';
import type { UnitRole } from './labels.ts';
import { numberOf } from './numerals.ts';
import { areHeads, type Column, columnOf, mayBeHead } from './table-columns.ts';
import { isSum, type Line, type Row, rowOf } from './table-rows.ts';
import type { Part } from './titles.ts';

/** No table of a plan has more. */
const mostColumns = 12;
/** A row has at most so many lines more than the table has columns: cells of several lines. */
const mostExtra = 4;
/** No table of two columns has more lines. */
const longestPairs = 400;
/** A time in a cell is not longer. */
const longestTime = 24;

/** A line that only names units: 宣传部, 社团部、青年志愿者协会. */
const namesUnits =
  /^(?:[^,。;:“”《》、\d\s]{1,16}(?:局|委|办|部|会|联|站|所|中心|社区|街道|支部|团委|队|校|院|公司|协会|处|科|室|系|班|镇|乡|村)(?:、|$)){1,8}$/;

/**
 * The rows of a table with two columns, activity and unit, whose cells are lines: a row ends with the
 * line that names units, and a title may have several lines.
 */
const pairs = (chars: string, lines: readonly Line[], role: UnitRole): readonly Row[] => {
  const rows: Row[] = [];
  let title: Part | undefined;
  for (const { from, to } of lines) {
    const written = chars.slice(from, to);
    if (/^[一二三四五六七八九十]{1,3}[、.]|[。;]$/.test(written) || written.length > 40) break;
    if (title && namesUnits.test(written)) {
      const time = undefined;
      rows.push({
        title,
        time,
        units: [{ from, to, role }],
        people: [],
        whole: { from: title.from, to },
        isWhole: true,
      });
      title = undefined;
    } else if (title && rows.length === 0 && to - title.from > 60) break;
    else title = { from: title?.from ?? from, to };
  }
  if (!title || rows.length === 0) return rows;
  // The unit of the last activity is missing or cut.
  const end = chars.indexOf('\n', title.from);
  const last = { from: title.from, to: end < 0 ? title.to : Math.min(title.to, end) };
  return [
    ...rows,
    { title: last, time: undefined, units: [], people: [], whole: title, isWhole: false },
  ];
};

/** What stands in a cell for a time, where there is no month. */
const notDated =
  /^(?:全年|常年|长期|日常|适时|待定|不定期|定期|经常性?|随时|另行通知|寒假|暑假|寒暑假|节假日|周末)(?:期间)?$|^每[^,。“]{1,12}$/;

const isTime = (chars: string, { from, to }: Part): boolean =>
  to - from <= longestTime &&
  (notDated.test(chars.slice(from, to)) || datesInCell(chars, { from, to })[0]?.start === from);

const isNumber = (written: string): boolean =>
  /^(?:\d{1,3}|[一二三四五六七八九十]{1,3})$/.test(written);

/** How well a line is what its column asks for; above 0 where it is. */
const likenessOf = (chars: string, head: Column, line: Part): number => {
  const written = chars.slice(line.from, line.to);
  if (head === 'number') return isNumber(written) ? 4 : -8;
  if (isNumber(written)) return -4;
  if (head === 'time') return isTime(chars, line) ? 4 : -4;
  if (typeof head === 'object') return namesUnits.test(written) ? 3 : -1;
  if (head === 'title') return isTime(chars, line) ? -4 : 2;
  return 1;
};

/** What an empty cell and a cell of several lines cost. A column for remarks is empty more often than not. */
const emptyCosts = (head: Column): number => (head === 'other' ? 0.5 : 2);
const moreCosts = 1.5;

/**
 * The cells of a row, of which some may be empty and others may have several lines: the way in which the lines
 * are most what their columns ask for.
 */
const cellsOf = (
  chars: string,
  heads: readonly Column[],
  lines: readonly Line[],
): readonly Part[] => {
  interface Way {
    readonly worth: number;
    readonly columns: readonly number[];
  }
  const skipped = (from: number, to: number): number =>
    heads.slice(from, to).reduce((sum, head) => sum + emptyCosts(head), 0);
  // The best way for the lines so far, by the column of the last of them.
  let ways: readonly Way[] = heads.map((_, at) => ({ worth: -skipped(0, at), columns: [] }));
  for (const [index, line] of lines.entries()) {
    const before = ways;
    ways = heads.map((head, column) => {
      const own = likenessOf(chars, head, line);
      if (index === 0) return { worth: (before[column] as Way).worth + own, columns: [column] };
      const best = before
        .slice(0, column + 1)
        .map(({ worth, columns }, last) => ({
          worth: worth - (last === column ? moreCosts : skipped(last + 1, column)),
          columns,
        }))
        .reduce((a, b) => (b.worth > a.worth ? b : a));
      return { worth: best.worth + own, columns: [...best.columns, column] };
    });
  }
  const best = ways
    .map(({ worth, columns }, last) => ({
      worth: worth - skipped(last + 1, heads.length),
      columns,
    }))
    .reduce((a, b) => (b.worth > a.worth ? b : a));
  return heads.map((_, column) => {
    const own = lines.filter((_line, at) => best.columns[at] === column);
    const [first] = own;
    const end = lines[0]?.from ?? 0;
    return first ? { from: first.from, to: own.at(-1)?.to ?? first.to } : { from: end, to: end };
  });
};

/**
 * The lines with which rows begin, from the one below the headings: each has its number or its time as far
 * below as the headings have it.
 */
const startsOf = (
  chars: string,
  heads: readonly Column[],
  lines: readonly Line[],
  at: number,
): readonly number[] => {
  const isCounted = heads.includes('number');
  const column = heads.indexOf(isCounted ? 'number' : 'time');
  if (column < 0) return [];
  const starts: number[] = [];
  let first = 1;
  for (let next = at + column; next < lines.length; next += 1) {
    const last = starts.at(-1) ?? at;
    if (next - column - last > heads.length * 2 + mostExtra) break;
    const line = lines[next] as Line;
    const written = chars.slice(line.from, line.to);
    if (isCounted && isNumber(written) && starts.length === 0) first = numberOf(written);
    const isAnchor = isCounted
      ? isNumber(written) && numberOf(written) === first + starts.length
      : isTime(chars, line);
    if (isAnchor) starts.push(next - column);
    else if (starts.length === 0) break;
  }
  return starts;
};

/** Two activities below one time, which is a cell merged down: the second has no line for it. */
const mergedRows = (
  heads: readonly Column[],
  lines: readonly Line[],
): readonly (readonly Line[])[] => {
  const [head, ...others] = heads;
  const more = lines.length - heads.length;
  if (head !== 'time' || more <= 0 || more % others.length !== 0) return [lines];
  return Array.from({ length: more / others.length + 1 }, (_, index) =>
    index === 0
      ? lines.slice(0, heads.length)
      : lines.slice(
          heads.length + (index - 1) * others.length,
          heads.length + index * others.length,
        ),
  );
};

/** Text below a table, which is in no cell of it. */
const isBelow = (written: string): boolean =>
  isSum(written) ||
  /^(?:注|说明|备注|附|联系人?|要求|[一二三四五六七八九十]{1,3}、)[^\n]{0,6}[:、.]/.test(written) ||
  /\d年\d{1,2}月\d{1,2}日$/.test(written);

/** So many headings that nobody knows may stand in a row. */
const mostUnknown = 2;

/** The headings below those of a table, up to its first cell, of which one or two are not known. */
const headsBelow = (
  chars: string,
  heads: readonly Column[],
  lines: readonly Line[],
  at: number,
): readonly Column[] => {
  const [first] = heads;
  if (!areHeads(heads) || (first !== 'time' && first !== 'number')) return [];
  const below: Column[] = [];
  let unknown = 0;
  for (let next = lines[at]; next && heads.length + below.length <= mostColumns; ) {
    const written = chars.slice(next.from, next.to);
    if (first === 'time' ? isTime(chars, next) : isNumber(written)) return below;
    const head = columnOf(written);
    unknown = head ? 0 : unknown + 1;
    if (next.cells.length > 1 || unknown > mostUnknown || !(head || mayBeHead(written))) return [];
    below.push(head ?? 'other');
    next = lines[at + below.length];
  }
  return [];
};

/**
 * The rows of the table whose headings begin at a line, each in a line of its own.
 * @returns the rows, and the line below them; where there is no table, the line itself
 */
export const rowsOfLines = (
  chars: string,
  lines: readonly Line[],
  at: number,
): { readonly rows: readonly Row[]; readonly next: number } => {
  const heads: Column[] = [];
  const textOf = ({ from, to }: Part): string => chars.slice(from, to);
  for (
    let next = lines[at];
    next && next.cells.length === 1 && heads.length <= mostColumns;
    next = lines[at + heads.length]
  ) {
    const head = columnOf(textOf(next));
    if (!head) break;
    heads.push(head);
  }
  heads.push(...headsBelow(chars, heads, lines, at + heads.length));
  const [first, second] = heads;
  const below = at + heads.length;
  if (heads.length === 2 && first === 'title' && typeof second === 'object') {
    const rows = pairs(chars, lines.slice(below, below + longestPairs), second.role);
    return { rows, next: rows.length > 0 ? below + rows.length : at };
  }
  if (!areHeads(heads)) return { rows: [], next: at };
  const starts = startsOf(chars, heads, lines, below);
  const rows: Row[] = [];
  let end = below;
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const whole = lines.slice(start, next ?? start + heads.length);
    const foot = next === undefined ? whole.findIndex((line) => isBelow(textOf(line))) : -1;
    const own = foot > 0 ? whole.slice(0, foot) : whole;
    let above: Part | undefined;
    for (const each of mergedRows(heads, own)) {
      const columns = above && each.length < heads.length ? heads.slice(1) : heads;
      const row = rowOf(columns, cellsOf(chars, columns, each), above);
      above = row?.time ?? above;
      if (row) rows.push({ ...row, isWhole: each.length >= columns.length });
    }
    end = start + own.length;
  }
  return { rows, next: end };
};
