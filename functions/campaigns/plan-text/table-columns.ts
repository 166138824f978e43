import { fieldKindOf, type UnitRole } from './labels.ts';

/** What a column of a table holds. */
export type Column =
  | 'number'
  | 'time'
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
  [
    'title',
    /^(?:活动|服务|项目|主题|志愿服务|具体|实践)?(?:主题|名称|项目|活动|主题活动|项目名称|活动主题|活动项目)(?:名称)?$|^(?:工作)?(?:任务|事项)$/,
  ],
  ['content', /^(?:活动|服务|主要|工作|具体|活动主要)?(?:内容|安排|形式)(?:描述|简介|说明)?$/],
  [{ role: 'responsible' }, /^(?:单位|部门|科室|主体|承办|责任)$/],
  [{ role: 'participating' }, /^[班年]级$|^志愿服务队伍?$/],
  ['audience', /^(?:活动|服务|受益|面向|帮扶)?(?:对象|人群|群体)$/],
  ['other', /^(?:(?:活动|服务)?(?:地点|目标|目的|意义|要求)|备注|人数|次数|类别|板块|预算|时长)$/],
];

/** What a heading stands for; undefined when it is none. */
export const columnOf = (word: string): Column | undefined => {
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

/** Whether headings are those of a table of activities: when, or by whom; and what. */
export const areHeads = (heads: readonly (Column | undefined)[]): heads is readonly Column[] =>
  heads.length >= 3 &&
  heads.every((head) => head !== undefined) &&
  heads.some((head) => head === 'title' || head === 'content') &&
  heads.some((head) => head === 'time' || head === 'number' || typeof head === 'object');
