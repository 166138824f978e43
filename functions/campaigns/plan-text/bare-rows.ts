// Tables without headings, whose columns are known by what all their cells are.
import { datesInCell } from './dates.ts';
import { looksLikeName } from './names.ts';
import type { Line, Row } from './table-rows.ts';
import type { Part } from './titles.ts';
import { unitEnd } from './unit-names.ts';

const leastRows = 3;
const [leastColumns, mostColumns] = [3, 7];
const longestCell = 30;

const hour =
  /^(?:[上下]午|晚上?|早上?)?\d{1,2}[:点时]\d{0,2}分?(?:[-—~至到]\d{1,2}[:点时]\d{0,2}分?)?$|^[上下]午$/;
const phone = /^[\d-]{7,}$/;
const counted = /^\d{1,3}[、.]?$/;
const place =
  /(?:广场|公园|小区|敬老院|养老院|福利院|[学医]院|[中小]学|幼儿园|社区|街道?|[村镇乡县区市]|路口?|馆|室|站|中心|基地|商场|超市|景区|河[边畔道岸]?|湖[边畔岸]?|大厅|车站|礼堂|楼|辖区|线上|所|院|园|场|点)$/;
const done =
  /活动|行动|服务|宣传|慰问|走访|植树|清扫|清理|义诊|讲座|培训|巡查|巡逻|劝导|整治|演练|仪式|比赛|帮扶|关爱|志愿|会$|日$|节$/;

const who = new RegExp(`(?:${unitEnd}|[残老科关]协|志愿者|党员)$`);

type Kind = 'person' | 'time' | 'hour' | 'number' | 'unit' | 'place' | 'title';

/**
 * What the columns of lines hold; undefined where they show no table of activities: a first column of times, one
 * for the names, and others that are known by all of their cells.
 */
const kindsOf = (chars: string, lines: readonly Line[]): readonly Kind[] | undefined => {
  const columns = (lines[0]?.cells ?? []).map((_, at) =>
    lines.map(({ cells }) => cells[at] ?? { from: 0, to: 0 }),
  );
  const wordOf = ({ from, to }: Part): string => chars.slice(from, to);
  const isTime = (cell: Part): boolean => {
    const [token] = datesInCell(chars, cell);
    return token?.start === cell.from && token.end === cell.to;
  };
  const kinds = columns.map((cells): Kind | undefined => {
    const words = cells.map(wordOf);
    if (cells.every(isTime)) return 'time';
    if (words.every((word) => counted.test(word))) return 'number';
    if (words.every((word) => looksLikeName(word) || phone.test(word))) return 'person';
    if (words.every((word) => hour.test(word))) return 'hour';
    if (words.filter((word) => done.test(word)).length * 2 >= words.length) return undefined;
    if (words.every((word) => place.test(word))) return 'place';
    return words.every((word) => who.test(word)) ? 'unit' : undefined;
  });
  // The last column may say who, by names that are those of places as well.
  const last = columns.at(-1)?.map(wordOf) ?? [];
  if (last.every((word) => who.test(word)) && kinds.at(-1) === 'place')
    kinds[kinds.length - 1] = 'unit';
  const open = kinds.filter((kind) => kind === undefined);
  const lead = kinds.findIndex((kind) => kind !== 'number');
  if (open.length !== 1 || kinds[lead] !== 'time') return undefined;
  return kinds.map((kind) => kind ?? 'title');
};

/**
 * The rows of a table without headings that begins at a line: at least three lines of as many cells, parted by
 * blanks or tabs, each of which begins with its time (3月5日 9:00 广场 便民集市 社区妇联).
 * @returns the rows, which may be none, and the line below them or below what looked like them
 */
export const bareRows = (
  chars: string,
  lines: readonly Line[],
  at: number,
): { readonly rows: readonly Row[]; readonly next: number } => {
  const count = lines[at]?.cells.length ?? 0;
  if (count < leastColumns || count > mostColumns) return { rows: [], next: at };
  const isRow = ({ cells }: Line): boolean =>
    cells.length === count &&
    cells.every(
      ({ from, to }) =>
        to > from && to - from <= longestCell && !/[。;]/.test(chars.slice(from, to)),
    ) &&
    /^\d|^[一二三四五六七八九十]/.test(chars.slice(cells[0]?.from, cells[0]?.to));
  let next = at;
  while (next < lines.length && isRow(lines[next] as Line)) next += 1;
  const table = lines.slice(at, next);
  const kinds = table.length >= leastRows ? kindsOf(chars, table) : undefined;
  // No line of it begins a table, so that none is tried again.
  if (!kinds) return { rows: [], next: Math.max(at, next) };
  const rows = table.map(({ from, to, cells }): Row => {
    const cellOf = (kind: Kind): Part => cells[kinds.indexOf(kind)] ?? { from, to: from };
    return {
      title: cellOf('title'),
      time: cellOf('time'),
      units: cells.flatMap((cell, column) =>
        kinds[column] === 'unit' ? [{ ...cell, role: 'responsible' as const }] : [],
      ),
      people: cells.filter((_, column) => kinds[column] === 'person'),
      whole: { from, to },
      isWhole: true,
    };
  });
  return { rows, next };
};
