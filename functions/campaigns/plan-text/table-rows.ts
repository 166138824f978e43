import type { PlanText } from './characters.ts';
import type { UnitRole } from './labels.ts';
import type { Column } from './table-columns.ts';
import type { Part } from './titles.ts';

/** A row of a table that was flattened to lines. */
export interface Row {
  readonly title: Part;
  readonly time: Part | undefined;
  /** Several times, each in the heading of its column. */
  readonly times?: readonly Part[];
  readonly units: readonly (Part & { readonly role: UnitRole })[];
  /** What is done, and for whom. */
  readonly content?: Part | undefined;
  readonly audience?: Part | undefined;
  readonly people: readonly Part[];
  readonly whole: Part;
  /** Whether it has a cell in each column. */
  readonly isWhole: boolean;
}

/** A line that is not empty, with its cells. */
export interface Line extends Part {
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

const sum = /^(?:合计|总计|小计|共计|总数)(?=$|[:(\t\n\d共])/;

/** Whether a row or a line says how many there are above it, and names no activity: 合计 9项. */
export const isSum = (words: string): boolean => sum.test(words.replace(/^\t+/, ''));

/** The lines of a text that are not empty. */
export const linesOf = (plan: PlanText): readonly Line[] => {
  const lines: Line[] = [];
  let from = 0;
  for (const line of plan.chars.split('\n')) {
    const to = from + line.length;
    if (line.length > 0) lines.push({ from, to, cells: cellsOf(plan, from, to) });
    from = to + 1;
  }
  return lines;
};

/** What a row says below its headings; undefined without a name. `above` is a time for several rows. */
export const rowOf = (
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
  const content = cellOf('content');
  return {
    title,
    content: content === title ? undefined : content,
    audience: cellOf('audience'),
    // 第一季度, 3月: a month is more exact.
    time: cellOf('time') ?? cellOf('quarter') ?? above,
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
