import { numberOf } from './numerals.ts';
import type { Part } from './titles.ts';

/** A year that follows from a count: of a day that is counted, or of the years since an event. */
interface CountedYear extends Part {
  readonly year: number;
}

/** Days that are counted, with the year before the first. */
const counted: readonly (readonly [RegExp, number])[] = [
  [/^学习?雷锋/, 1963],
  [/^(?:青年)?志愿者(?:服务)?日/, 1999],
  [/^(?:三八|3[.·]8|三[.·]八|劳动妇女|妇女|女神|女生)/, 1910],
  [/^植树节/, 1978],
  [/^志愿者日|^(?:国际)志愿/, 1985],
  [/^助残日/, 1990],
  [/^教师节/, 1984],
  [/^世界水日/, 1992],
  [/^(?:中国)?水周/, 1987],
];
const ordinals =
  /第([\d]{1,3}|[一二三四五六七八九十百零]{1,6})(?:个|次|届)?[“”]*(中国|全国|国际)?[“”]*(?=([^,。\n]{2,8}))/g;
/** 2023-2024学年第二学期: of two years the term says which; without one there are two. */
export const schoolYears =
  /(20\d\d)(?:年?)(?:-+|—+|~|至)(20\d\d)学年度?(?:\(?第?([一二上下])(?:学期|半年))?/g;
const anniversaries = /(\d{1,3}|[一二三四五六七八九十]{1,4})周年/g;

/** Events since which years are counted. The first that the clause names decides. */
const events: readonly (readonly [RegExp, number])[] = [
  [/雷锋.*(?:牺牲|逝世|殉职)/, 1962],
  [/雷锋.*(?:诞辰|出生)/, 1940],
  [/(?:妇女|三八)[^,]{0,6}节$/, 1910],
  [/建党|共产党(?:成立|建立|诞生)?$|建党节$/, 1921],
  [/建国|(?:共和国|新中国)(?:成立|建立|诞生)?$/, 1949],
  [/建军|解放军(?:成立|建立)$/, 1927],
  [/成立|胜利|解放|长征|五四|改革开放|回归/, Number.NaN],
  [/雷锋|题词/, 1963],
];

/** The years that a part of a text states by counting. */
export const countedYears = (chars: string): readonly CountedYear[] => {
  const found: CountedYear[] = [];
  for (const match of chars.matchAll(ordinals)) {
    const [whole, number = '', scope = '', what = ''] = match;
    const named = what.replace(/[“”]/g, '');
    // 国际志愿者日 and 中国青年志愿者服务日 are counted from different years.
    const base =
      scope === '国际' && named.startsWith('志愿者')
        ? 1985
        : counted.find(([is]) => is.test(named))?.[1];
    if (base === undefined) continue;
    found.push({
      year: base + numberOf(number),
      from: match.index,
      to: match.index + whole.length + what.length,
    });
  }
  for (const match of chars.matchAll(anniversaries)) {
    const sentence = chars.slice(Math.max(0, match.index - 50), match.index);
    const clause = sentence.slice(sentence.search(/[^。;\n]*$/));
    const base = events.find(([is]) => is.test(clause.replace(/[“”]/g, '')))?.[1];
    if (base === undefined) continue;
    found.push({
      year: base + numberOf(match[1] ?? ''),
      from: match.index - clause.length,
      to: match.index + match[0].length,
    });
  }
  for (const { index, 0: whole, 1: first, 2: second, 3: term } of chars.matchAll(schoolYears))
    if (term)
      found.push({
        year: Number(/[一上]/.test(term) ? first : second),
        from: index,
        to: index + whole.length,
      });
  return found.filter(({ year }) => year > 1980 && year < 2100);
};
