import type { PlanText } from './characters.ts';
import { fieldKindOf, type UnitRole } from './labels.ts';
import type { Part } from './titles.ts';

type Column =
  | 'number'
  | 'time'
  | 'title'
  | 'content'
  | 'person'
  | 'other'
  | { readonly role: UnitRole };

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

const columns: readonly (readonly [Column, RegExp])[] = [
  ['number', /^(?:序号?|编号|项次)$/],
  [
    'time',
    /^(?:活动|开展|计划|实施|举办|完成|服务)?(?:时间|月份|日期|时限|时间节点|时间安排)$|^月度$/,
  ],
  [
    'title',
    /^(?:活动|服务|项目|主题|志愿服务|具体|实践)?(?:主题|名称|项目|活动|主题活动|项目名称|活动主题|活动项目)(?:名称)?$|^(?:工作)?(?:任务|事项)$/,
  ],
  ['content', /^(?:活动|服务|主要|工作|具体|活动主要)?(?:内容|安排|形式)(?:描述|简介|说明)?$/],
  [{ role: 'lead' }, /^(?:牵头|主办|组织)(?:单位|部门)$/],
  [
    { role: 'responsible' },
    /^(?:(?:责任|承办|负责|实施|责任落实)?(?:单位|部门|科室|主体)|承办|责任)$/,
  ],
  [{ role: 'cooperating' }, /^(?:配合|协办|协助)(?:单位|部门)$/],
  [
    { role: 'participating' },
    /^(?:参与|参加)(?:单位|部门|人员|对象|班级)$|^[班年]级$|^志愿服务队伍?$|^服务队伍?$/,
  ],
  [
    'other',
    /^(?:(?:活动|服务)?(?:地点|对象|目标|目的|意义|要求)|备注|人数|次数|类别|板块|预算|时长)$/,
  ],
];

const columnOf = (word: string): Column | undefined => {
  const known = word.length > 8 ? undefined : columns.find(([, is]) => is.test(word))?.[0];
  return known ?? (fieldKindOf(word)?.field === 'person' ? 'person' : undefined);
};

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

/** A row without the empty cell before a table's left edge. */
const withoutEdge = (cells: readonly Part[]): readonly Part[] =>
  cells[0]?.from === cells[0]?.to ? cells.slice(1) : cells;

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
): Row | undefined => {
  const cellOf = (wanted: Column): Part | undefined => {
    const at = heads.indexOf(wanted);
    const cell = at < 0 ? undefined : cells[at];
    return cell && cell.to > cell.from ? cell : undefined;
  };
  const title = cellOf('title') ?? cellOf('content');
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
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line;
    const isTabbed = chars.slice(line.from, line.to).includes('\t');
    const edge = chars[line.from] === '\t' ? withoutEdge : (cells: readonly Part[]) => cells;
    const heads = edge(line.cells).map((cell) => columnOf(wordOf(cell)));
    if (areHeads(heads) || (isTabbed && areNames(heads))) {
      let above: Part | undefined;
      for (
        let next = lines[at + 1];
        next && next.cells.length >= heads.length - 1;
        next = lines[at + 1]
      ) {
        if (!chars.slice(next.from, next.to).includes('\t') && next.cells.length !== heads.length)
          break;
        const row = rowOf(heads, edge(next.cells), above);
        // |---|---| is the line below the headings.
        if (row && /[\p{L}\p{N}]/u.test(wordOf(row.title))) rows.push(row);
        above = row?.time ?? above;
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
      const found = pairs(chars, lines.slice(at + 2), second.role);
      rows.push(...found);
      if (found.length > 0) at += 1 + found.length;
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
