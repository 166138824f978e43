import type { Locale } from '../refusals/problem-types.ts';
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
