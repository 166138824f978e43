import type { PlanText } from './characters.ts';
import { fieldKindOf } from './labels.ts';
import { sectionKindOf } from './sections.ts';
import { ends, type Part } from './titles.ts';

/** No heading is longer. */
const longestHeading = 400;

/** Words with which a sentence begins, after a heading in the same line. */
const begins = /^(?:组织|由|以|为|在|通过|围绕|利用|结合|邀请|动员|发动|各|针对|深入|广泛)/;

/** The same, where nothing parts heading and sentence. */
const runsOn = /^(?:组织|广泛|积极|深入|以“|通过|围绕|结合|各|大力|充分|动员|发动)/;

/**
 * The heading that begins at `from`: to the end of its line, its sentence, or to a colon; where lines
 * are not kept, to a gap after what can be a name.
 * @returns the part, and where what follows it begins
 */
export const headingAt = (
  { chars, hasGap }: PlanText,
  from: number,
  end: number,
  isUnbroken: boolean,
): Part & { readonly next: number } => {
  const limit = Math.min(end, from + longestHeading);
  let quotes = 0;
  let brackets = 0;
  for (let at = from; at < limit; at += 1) {
    const character = chars[at] as string;
    if (character === '\n' || character === '\t') return { from, to: at, next: at + 1 };
    if (at > from && hasGap(at) && quotes === 0) {
      const written = chars.slice(from, at);
      if (sectionKindOf(written) && written.length >= 3) return { from, to: at, next: at };
      const label = /^[\p{Script=Han}]{2,8}(?=:)/u.exec(chars.slice(at, at + 9))?.[0];
      if (label && fieldKindOf(label)) return { from, to: at, next: at };
      const isName = written.length >= 4 && ends.test(written);
      if (isName && (isUnbroken || begins.test(chars.slice(at, at + 4))))
        return { from, to: at, next: at };
    }
    if (
      isUnbroken &&
      quotes === 0 &&
      at - from >= 6 &&
      /[活行]动$/.test(chars.slice(at - 2, at)) &&
      runsOn.test(chars.slice(at, at + 3))
    )
      return { from, to: at, next: at };
    if (/[“《]/.test(character)) quotes += 1;
    else if (/[”》]/.test(character)) quotes = Math.max(0, quotes - 1);
    else if (character === '】') return { from, to: at, next: at + 1 };
    else if (character === '(') brackets += 1;
    else if (character === ')') {
      brackets = Math.max(0, brackets - 1);
      // 宣传阶段(3月1日至3日)制定…: a sentence begins after the time in brackets.
      const inside = chars.slice(chars.lastIndexOf('(', at) + 1, at);
      const isTime = /\d月|[一二三四五六七八九十]月/.test(inside) && inside.length < 30;
      if (
        isTime &&
        quotes === 0 &&
        /[\p{Script=Han}]/u.test(chars[at + 1] ?? '') &&
        !/[活行服的及和与]/.test(chars[at + 1] ?? '')
      )
        return { from, to: at + 1, next: at + 1 };
    } else if (quotes === 0 && brackets === 0) {
      if (/[。;!?]/.test(character)) return { from, to: at, next: at + 1 };
      if (character === ':' && !/\d:\d/.test(chars.slice(at - 1, at + 2)))
        return { from, to: at, next: at + 1 };
    }
  }
  return { from, to: limit, next: limit };
};
