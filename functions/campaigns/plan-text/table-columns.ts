import { fieldKindOf, type UnitRole } from './labels.ts';

/** What a column of a table holds. */
export type Column =
  | 'number'
  | 'time'
  | 'quarter'
  | 'title'
  | 'content'
  | 'person'
  | 'audience'
  | 'other'
  | { readonly role: UnitRole };

const columns: readonly (readonly [Column, RegExp])[] = [
  ['number', /^(?:序号?|编号|项次)$/],
  [
    'time',
    /^(?:活动|开展|计划|实施|举办|完成|服务)?(?:时间|月份|日期|时限|时间节点|时间安排)$|^月度$/,
  ],
  ['quarter', /^(?:所属)?季度$/],
  [
    'title',
    /^(?:活动|服务|项目|主题|志愿服务|具体|实践)?(?:主题|名称|项目|活动|主题活动|项目名称|活动主题|活动项目)(?:名称)?$|^(?:工作)?(?:任务|事项)$/,
  ],
  [
    'content',
    /^(?:活动|服务|主要|工作|具体|活动主要)?(?:内容|安排|形式)(?:描述|简介|说明|[及与和](?:活动)?(?:内容|形式|要求|方式|安排))?$/,
  ],
  [{ role: 'responsible' }, /^(?:单位|部门|科室|主体|承办|责任)$/],
  [{ role: 'participating' }, /^[班年]级$|^志愿服务队伍?$/],
  ['audience', /^(?:活动|服务|受益|面向|帮扶)?(?:对象|人群|群体)$/],
  [
    'other',
    /^(?:(?:活动|服务)?(?:地[点址]|目标|目的|意义|要求)|备注|(?:(?:参[加与]|预计|计划|服务|活动)(?:人员)?)?(?:人[数次]|次数|时长)|类别|板块|(?:活动|所需)?(?:经费)?(?:预算)?(?:经费|预算|费用|金额)|(?:完成|落实|进展|开展|实施)(?:情况|进度)|进度|进展)$/,
  ],
];

/** What a heading stands for, also with a unit of measure in brackets; undefined when it is none. */
export const columnOf = (heading: string): Column | undefined => {
  const word = heading.replace(/(?<=..)\([^()]{1,6}\)$/, '');
  const known = word.length > 8 ? undefined : columns.find(([, is]) => is.test(word))?.[0];
  if (known) return known;
  // What is a label before a colon is a heading of a column as well.
  const label = fieldKindOf(word);
  if (label?.field === 'unit') return { role: label.role };
  return label?.field === 'person' ? 'person' : undefined;
};

/**
 * The headings of a row, of which an empty cell is what the heading before it spans; and of two rows of
 * headings the lower one, where it has some.
 */
export const headsIn = (
  words: readonly string[],
  upper: readonly (Column | undefined)[] = [],
): readonly (Column | undefined)[] => {
  const heads: (Column | undefined)[] = [];
  for (let at = 0; at < Math.max(words.length, upper.length); at += 1) {
    const word = words[at] ?? '';
    heads.push(word === '' ? (upper[at] ?? (at > 0 ? heads[at - 1] : undefined)) : columnOf(word));
  }
  return heads;
};

/** Whether a row below headings is a row of headings too: no activity is called 时间. */
export const isLowerHead = (words: readonly string[]): boolean => {
  const written = words.filter((word) => word !== '');
  return written.length > 1 && written.every((word) => columnOf(word) !== undefined);
};

const isKnown = (head: Column | undefined): head is Column => head !== undefined;

/** Whether headings say when, or by whom; and what. */
const sayEnough = (heads: readonly (Column | undefined)[]): boolean =>
  heads.some((head) => head === 'title' || head === 'content') &&
  heads.some(
    (head) =>
      head === 'time' || head === 'quarter' || head === 'number' || typeof head === 'object',
  );

/** Whether headings are those of a table of activities: when, or by whom; and what. */
export const areHeads = (heads: readonly (Column | undefined)[]): heads is readonly Column[] =>
  heads.length >= 3 && heads.every(isKnown) && sayEnough(heads);

/** What may stand above a column, whatever it is for: no time, no sentence. */
const anyHead = /^(?!.*\d)[\p{L}()/、·]{1,12}$/u;

/** Whether a word may be the heading of a column that nobody knows. */
export const mayBeHead = (word: string): boolean => anyHead.test(word);

/**
 * The headings of a table of activities, where most of its columns are known: each other one is one that is
 * not read. Undefined where a row is no such headings.
 * @param isSure whether something else shows that it is one, so that two known columns of three are enough
 */
export const mostlyHeads = (
  heads: readonly (Column | undefined)[],
  words: readonly string[],
  isSure: boolean,
): readonly Column[] | undefined => {
  const known = heads.filter(isKnown).length;
  const others = heads.length - known;
  const isEnough = known >= 3 ? others < known : isSure && known === 2 && others === 1;
  const areWords = heads.every((head, at) => isKnown(head) || mayBeHead(words[at] ?? ''));
  return isEnough && areWords && sayEnough(heads)
    ? heads.map((head): Column => head ?? 'other')
    : undefined;
};
