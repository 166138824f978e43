// What a few lines of code read in a plan: lines that begin with a month.
import { numberOf } from '../../functions/campaigns/plan-text/numerals.ts';
import type { Scored } from './score.ts';

export const baselineOf = (text: string): Scored => {
  const themes = [...text.matchAll(/^(\d+|[一二三四五六七八九十]+)月(.*)$/gm)].map((match) => ({
    title: (match[2] ?? '').replace(/^份?[,,::、\s]*/, ''),
    span: { start: match.index, end: match.index + match[0].length },
    when: { months: [numberOf(match[1] ?? '')] },
    units: [],
  }));
  return { year: null, themes, warnings: [] };
};
