import type { Word } from '../html/words.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { Basis } from './pieces.ts';
import type { Column, Hidden } from './tables.ts';

const hidden = {
  small: { 'zh-CN': '少于5', en: 'below 5' },
  protecting: { 'zh-CN': '不公布', en: 'not shown' },
} as const;

/** What stands for a number that is not shown. */
export const hiddenWords = (cell: Hidden, locale: Locale): string => hidden[cell.hidden][locale];

/** A column's heading with its unit. */
export const headingOf = (
  { title, unit }: Pick<Column, 'title' | 'unit'>,
  locale: Locale,
): string => {
  if (unit === null) return title;
  return locale === 'zh-CN' ? `${title}（${unit}）` : `${title} (${unit})`;
};

/** Where a number comes from, as a table says it. */
export const basisWords: Readonly<Record<Basis, Word>> = {
  counted: { zh: '核实数', en: 'counted' },
  estimated: { zh: '估计数', en: 'estimated' },
  change: { zh: '增减数', en: 'change' },
  ratio: { zh: '比率', en: 'ratio' },
  numerator: { zh: '其中', en: 'numerator' },
  listed: { zh: '条目数', en: 'listed' },
  closed: { zh: '关账数', en: 'closed' },
  corrected: { zh: '更正数', en: 'corrected' },
};
