import type { PlanText } from './characters.ts';
import { datesInCell } from './dates.ts';
import type { UnitRole } from './labels.ts';
import { type Column, columnOf, headsIn, isLowerHead } from './table-columns.ts';
import type { Part } from './titles.ts';

/** A row of a table that was flattened to lines. */
export interface Row {
  readonly title: Part;
  readonly time: Part | undefined;
  readonly units: readonly (Part & { readonly role: UnitRole })[];
  readonly people: readonly Part[];
  readonly whole: Part;
  /** Whether it has a cell in each column. */
  readonly isWhole: boolean;
}

/** No table of a plan has more. */
const mostColumns = 12;

interface Line extends Part {
  readonly cells: readonly Part[];
}

/** The cells of a line: between tabs if it has any, else between gaps. */
const cellsOf = ({ chars, hasGap }: PlanText, from: number, to: number): readonly Part[] => {
  const cells: Part[] = [];
  const hasTabs = chars.slice(from, to).includes('\t');
  let start = from;
  for (let at = from; at < to; at += 1) {
    if (hasTabs ? chars[at] !== '\t' : at === from || !hasGap(at)) continue;
    cells.push({ from: start, to: at });
    start = hasTabs ? at + 1 : at;
  }
  // A line may end with a tab: | 时间 | 活动 |.
  return hasTabs && start === to ? cells : [...cells, { from: start, to }];
};

/**
 * The cells of a row: without the empty one before a table's left edge where the headings have one too,
 * and with the empty one after a tab at its end.
 */
const withEdges = (chars: string, { to, cells }: Line, hasEdge: boolean): readonly Part[] => {
  if (hasEdge) return cells[0]?.from === cells[0]?.to ? cells.slice(1) : cells;
  return chars[to - 1] === '\t' ? [...cells, { from: to, to }] : cells;
};

const linesOf = (plan: PlanText): readonly Line[] => {
  const lines: Line[] = [];
  let from = 0;
  for (const line of plan.chars.split('\n')) {
    const to = from + line.length;
    if (line.length > 0) lines.push({ from, to, cells: cellsOf(plan, from, to) });
    from = to + 1;
  }
  return lines;
};

const rowOf = (
  heads: readonly Column[],
  cells: readonly Part[],
  above: Part | undefined,
  isSameTitle: (title: Part | undefined) => boolean = () => false,
): Row | undefined => {
  // A heading may span several columns, of which one has the text.
  const cellOf = (wanted: Column): Part | undefined =>
    cells.find((cell, at) => heads[at] === wanted && cell.to > cell.from);
  const title = isSameTitle(cellOf('title'))
    ? cellOf('content')
    : (cellOf('title') ?? cellOf('content'));
  if (!title) return undefined;
  return {
    title,
    time: cellOf('time') ?? above,
    units: heads.flatMap((head, at) => {
      const cell = cells[at];
      return typeof head === 'object' && cell && cell.to > cell.from
        ? [{ ...cell, role: head.role }]
        : [];
    }),
    people: heads.flatMap((head, at) => {
      const cell = cells[at];
      return head === 'person' && cell && cell.to > cell.from ? [cell] : [];
    }),
    whole: { from: cells[0]?.from ?? title.from, to: cells.at(-1)?.to ?? title.to },
    isWhole: cells.length >= heads.length,
  };
};

/** Whether the cells of a line are headings, of which one is for people. */
const namePeople = (heads: readonly (Column | undefined)[]): boolean =>
  heads.length >= 2 &&
  heads.includes('person') &&
  heads.filter((head) => head !== undefined).length * 2 >= heads.length;

/** The cells that name or reach people, below such headings, whatever the table lists. */
export const findPeople = (plan: PlanText): readonly Part[] => {
  const wordOf = ({ from, to }: Part): string => plan.chars.slice(from, to);
  let heads: readonly (Column | undefined)[] = [];
  const inLines = linesOf(plan).flatMap(({ cells }) => {
    const own = cells.map((cell) => columnOf(wordOf(cell)));
    if (namePeople(own)) {
      heads = own;
      return [];
    }
    if (cells.length !== heads.length) heads = [];
    return cells.filter((_, at) => heads[at] === 'person');
  });
  const inRows = findRows(plan).flatMap(({ people }) => people);
  return [...inLines, ...inRows].filter(({ from, to }) => to > from);
};

/** Whether headings are those of a table of activities: when, or by whom; and what. */
const areHeads = (heads: readonly (Column | undefined)[]): heads is readonly Column[] =>
  heads.length >= 3 &&
  heads.every((head) => head !== undefined) &&
  heads.some((head) => head === 'title' || head === 'content') &&
  heads.some((head) => head === 'time' || head === 'number' || typeof head === 'object');

/** Whether headings are those of activities and what is said of them. */
const areNames = (heads: readonly (Column | undefined)[]): heads is readonly Column[] =>
  heads.length >= 2 && heads[0] === 'title' && heads.every((head) => head !== undefined);

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

/** The rows of the tables in a text, whose cells are parted by tabs or gaps, or are a line each. */
export const findRows = (plan: PlanText): readonly Row[] => {
  const { chars } = plan;
  const lines = linesOf(plan);
  const rows: Row[] = [];
  const wordOf = ({ from, to }: Part): string => chars.slice(from, to);
  /** Whether a table goes on below a line without tabs. */
  const goesOn = (next: Line | undefined, columnsOfTable: number): boolean =>
    next !== undefined &&
    chars.slice(next.from, next.to).includes('\t') &&
    next.cells.length >= columnsOfTable - 1 &&
    // Headings begin another table.
    next.cells.filter((cell) => columnOf(wordOf(cell)) !== undefined).length < 2;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line;
    const isTabbed = chars.slice(line.from, line.to).includes('\t');
    const cellsIn = (each: Line): readonly Part[] =>
      withEdges(chars, each, chars[line.from] === '\t');
    const found = headsIn(cellsIn(line).map(wordOf));
    if (areHeads(found) || (isTabbed && areNames(found))) {
      let heads: readonly Column[] = found;
      let above: Part | undefined;
      let titleAbove: string | undefined;
      const isSame = (title: Part | undefined): boolean =>
        title !== undefined && heads.includes('content') && wordOf(title) === titleAbove;
      for (let next = lines[at + 1]; next; next = lines[at + 1]) {
        const isSection =
          isTabbed && next.cells.length === 1 && goesOn(lines[at + 2], heads.length);
        if (next.cells.length < heads.length - 1 && !isSection) break;
        // A cell across the table is a heading of the rows below it, or their time.
        if (isSection) {
          const isTime = datesInCell(chars, next).length > 0;
          above = isTime ? { from: next.from, to: next.to } : undefined;
          at += 1;
          continue;
        }
        const words = cellsIn(next).map(wordOf);
        if (isTabbed && isLowerHead(words)) {
          const lower = headsIn(words, heads);
          if (lower.every((head): head is Column => head !== undefined)) heads = lower;
          at += 1;
          continue;
        }
        if (!chars.slice(next.from, next.to).includes('\t') && next.cells.length !== heads.length)
          break;
        const row = rowOf(heads, cellsIn(next), above, isSame);
        // |---|---| is the line below the headings.
        if (row && /[\p{L}\p{N}]/u.test(wordOf(row.title))) rows.push(row);
        above = row?.time ?? above;
        const title = cellsIn(next).find((_, column) => heads[column] === 'title');
        titleAbove = title && wordOf(title);
        at += 1;
      }
      continue;
    }
    // A cell a line: as many lines of headings as the table has columns.
    const column: Column[] = [];
    for (
      let next = lines[at];
      next && next.cells.length === 1 && column.length <= mostColumns;
      next = lines[at + column.length]
    ) {
      const head = columnOf(wordOf(next));
      if (!head) break;
      column.push(head);
    }
    const [first, second] = column;
    if (column.length === 2 && first === 'title' && typeof second === 'object') {
      const foundPairs = pairs(chars, lines.slice(at + 2), second.role);
      rows.push(...foundPairs);
      if (foundPairs.length > 0) at += 1 + foundPairs.length;
      continue;
    }
    if (!areHeads(column)) continue;
    at += column.length;
    for (; at + column.length <= lines.length; at += column.length) {
      const row = rowOf(column, lines.slice(at, at + column.length), undefined);
      // The first column is a number or a time; other text is below the table.
      const first = wordOf(lines[at] as Line);
      if (!row || !/^\d{1,3}$|^[一二三四五六七八九十]{1,3}$|\d|月/.test(first) || first.length > 20)
        break;
      rows.push(row);
    }
    at -= 1;
  }
  return rows;
};
