import { bareRows } from './bare-rows.ts';
import { rowsOfLines } from './cell-lines.ts';
import type { PlanText } from './characters.ts';
import { datesInCell } from './dates.ts';
import { rowsOfMonths } from './month-grid.ts';
import {
  areHeads,
  type Column,
  columnOf,
  headsIn,
  isLowerHead,
  mostlyHeads,
} from './table-columns.ts';
import { isSum, type Line, linesOf, type Row, rowOf } from './table-rows.ts';
import type { Part } from './titles.ts';

/**
 * The cells of a row: without the empty one before a table's left edge where the headings have one too,
 * and with the empty one after a tab at its end.
 */
const withEdges = (chars: string, { to, cells }: Line, hasEdge: boolean): readonly Part[] => {
  if (hasEdge) return cells[0]?.from === cells[0]?.to ? cells.slice(1) : cells;
  return chars[to - 1] === '\t' ? [...cells, { from: to, to }] : cells;
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

/** Whether headings are those of activities and what is said of them. */
const areNames = (heads: readonly (Column | undefined)[]): heads is readonly Column[] =>
  heads.length >= 2 && heads[0] === 'title' && heads.every((head) => head !== undefined);

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
  /** Whether a line has as many cells as the headings above it, and is none. */
  const isRow = (next: Line | undefined, columnsOfTable: number): boolean =>
    next?.cells.length === columnsOfTable &&
    next.cells.every((cell) => columnOf(wordOf(cell)) === undefined);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line;
    const isTabbed = chars.slice(line.from, line.to).includes('\t');
    const cellsIn = (each: Line): readonly Part[] =>
      withEdges(chars, each, chars[line.from] === '\t');
    const words = cellsIn(line).map(wordOf);
    const found = headsIn(words);
    const known =
      areHeads(found) || (isTabbed && areNames(found))
        ? found
        : mostlyHeads(found, words, isTabbed && isRow(lines[at + 1], found.length));
    if (known) {
      let heads: readonly Column[] = known;
      let above: Part | undefined;
      let titleAbove: string | undefined;
      const isSame = (title: Part | undefined): boolean =>
        title !== undefined && heads.includes('content') && wordOf(title) === titleAbove;
      for (let next = lines[at + 1]; next; next = lines[at + 1]) {
        if (isSum(wordOf(next))) {
          at += 1;
          continue;
        }
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
        const below = cellsIn(next).map(wordOf);
        if (isTabbed && isLowerHead(below)) {
          const lower = headsIn(below, heads);
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
    const ofMonths = rowsOfMonths(chars, lines, at);
    const ofLines = ofMonths.rows.length > 0 ? ofMonths : rowsOfLines(chars, lines, at);
    const below = ofLines.rows.length > 0 ? ofLines : bareRows(chars, lines, at);
    rows.push(...below.rows.filter(({ whole }) => !isSum(wordOf(whole))));
    at = Math.max(at, below.next - 1);
  }
  return rows;
};
