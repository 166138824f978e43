import type { Word } from '../html/words.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { Basis } from './pieces.ts';
import type { Column } from './tables.ts';

const hidden = { 'zh-CN': '少于5或不公布', en: 'below 5 or not published' } as const;

/** What stands for a number that is not shown. */
export const hiddenWords = (locale: Locale): string => hidden[locale];

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
