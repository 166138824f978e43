import traditional from 'opencc-js/dict/TSCharacters';
import { findPageMarks } from './pages.ts';

/** A stretch of the given text, in UTF-16 units: from `start` up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A text as the rules read it: simplified characters, half-width digits and punctuation, no blanks.
 * Rules work on positions in `chars`; `spanOf` leads back to the given text.
 */
export interface PlanText {
  readonly source: string;
  /** Line breaks are `\n`, one for any number; cells of a table are parted by `\t`. */
  readonly chars: string;
  /** Whether blanks or a line break stand before the character. */
  readonly hasGap: (at: number) => boolean;
  /** The place in the given text of the characters from `start` to `end`. */
  readonly spanOf: (start: number, end: number) => Span;
  /** Characters of the given text that stand there in their traditional form. */
  readonly traditional: number;
  /** Gaps between two Chinese characters within a line, but for those behind a month. */
  readonly innerGaps: number;
  /** Gaps within a date: 2018 年 3 月. */
  readonly digitGaps: number;
}

/** Punctuation that has several forms. */
const forms: Readonly<Record<string, string>> = {
  '「': '“',
  '」': '”',
  '『': '‘',
  '』': '’',
  '﹁': '“',
  '﹂': '”',
  '〝': '“',
  '〞': '”',
  '〔': '(',
  '〕': ')',
  '•': '·',
  '・': '·',
  '‧': '·',
  '∙': '·',
  '–': '-',
  '―': '-',
  '─': '-',
  '‒': '-',
  '−': '-',
  '‐': '-',
  '〜': '~',
  '∼': '~',
  '○': '〇',
  '◯': '〇',
  '︰': ':',
  '｡': '。',
  '､': '、',
  '│': '\t',
  '|': '\t',
  '\u3010': '【',
};

/** The simplified form of each traditional character. */
const simplifiedOf: ReadonlyMap<string, string> = new Map(
  traditional.split('|').map((pair): [string, string] => {
    const [from = '', to = from] = pair.split(' ');
    return [from, to];
  }),
);
const known = new Map<string, string>();

/** A character in the form in which rules compare it; of one UTF-16 unit, as the one that it stands for. */
const formOf = (character: string): string => {
  const kept = known.get(character);
  if (kept !== undefined) return kept;
  const code = character.charCodeAt(0);
  const half = code > 0xff00 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : character;
  const plain = forms[half] ?? half;
  const simplified = simplifiedOf.get(plain) ?? plain;
  const form = simplified.length === 1 ? simplified : plain;
  known.set(character, form);
  return form;
};

const isHan = (character: string): boolean => {
  const code = character.charCodeAt(0);
  return (code >= 0x3400 && code <= 0x9fff) || code === 0x3007;
};

/** 0: kept, 1: a blank, 2: a line break, 3: nobody sees it. */
const kindOf = (code: number): 0 | 1 | 2 | 3 => {
  if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029 || code === 0x0c)
    return 2;
  if (code === 0x20 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a))
    return 1;
  if (code < 0x20 && code !== 0x09) return 3;
  if ((code >= 0x200b && code <= 0x200f) || code === 0xfeff || code === 0xad) return 3;
  return 0;
};

/** Straight quotes are opening and closing ones in turn, anew in each line. */
const createQuotes = () => {
  let isOpen = false;
  return {
    next: (): string => {
      isOpen = !isOpen;
      return isOpen ? '“' : '”';
    },
    reset: () => {
      isOpen = false;
    },
  };
};

/**
 * Where a spreadsheet's cell has line breaks: when copied, it stands in quotes between tabs. Such a quote ends
 * before a tab or a line's end, within a few hundred characters.
 */
const quotedCell =
  /(?<=^|[\t\n])"(?=[^"\t]{0,400}\n)[^"\t]{1,400}"(?=[\t\r\n]|$)(?:(?<=\t"[^"\t]{1,400}")|(?=\t))/g;

/** The characters in quoted cells that are no text: the quotes; and the line breaks, which are blanks there. */
const inQuotedCells = (source: string): ReadonlySet<number> =>
  new Set(
    [...source.matchAll(quotedCell)].flatMap(({ index, 0: cell }) =>
      [...cell.matchAll(/["\r\n]/g)].map((each) => index + each.index),
    ),
  );

/** Once over the text. */
export const readCharacters = (source: string): PlanText => {
  const chars: string[] = [];
  const at: number[] = [];
  const gaps: boolean[] = [];
  const quotes = createQuotes();
  let traditional = 0;
  let innerGaps = 0;
  let digitGaps = 0;
  let isGap = false;
  const marks = findPageMarks(source);
  let nextMark = 0;
  const blanks = inQuotedCells(source);
  for (let index = 0; index < source.length; index += 1) {
    while ((marks[nextMark]?.end ?? source.length + 1) <= index) nextMark += 1;
    if (index >= (marks[nextMark]?.start ?? source.length)) continue;
    const kind = blanks.has(index) ? 1 : kindOf(source.charCodeAt(index));
    if (kind === 3) continue;
    if (kind === 1) {
      isGap = true;
      continue;
    }
    const before = chars.at(-1);
    if (kind === 2) {
      isGap = true;
      quotes.reset();
      if (before === '\n' || before === undefined) continue;
      chars.push('\n');
      at.push(index);
      gaps.push(true);
      continue;
    }
    const character = source.charAt(index);
    const form = character === '"' ? quotes.next() : formOf(character);
    if (form !== character && isHan(character) && character !== '〇') traditional += 1;
    // 月份 学雷锋: a blank behind a month parts words, and is within none.
    if (isGap && before && !/[月份\n]/.test(before) && isHan(before) && isHan(form)) innerGaps += 1;
    if (
      isGap &&
      ((/[年月]/.test(before ?? '') && /\d/.test(form)) ||
        (/\d/.test(before ?? '') && /[年月日]/.test(form)))
    )
      digitGaps += 1;
    chars.push(form);
    at.push(index);
    gaps.push(isGap || before === '\n' || before === undefined);
    isGap = form === '\t';
  }
  return {
    source,
    chars: chars.join(''),
    hasGap: (index) => gaps[index] ?? true,
    spanOf: (start, end) => {
      const last = at[end - 1] ?? source.length - 1;
      return { start: at[start] ?? source.length, end: end > start ? last + 1 : (at[start] ?? 0) };
    },
    traditional,
    innerGaps,
    digitGaps,
  };
};

/** Quotes, blanks and marks that titles are compared without. */
const marks = /[\s“”‘’「」『』《》〈〉【】"'\p{Default_Ignorable_Code_Point}]/gu;

/** What of a text is compared: no blanks, no quotes, simplified characters, half-width forms. */
export const bare = (text: string): string =>
  Array.from(text.replace(marks, ''), (character) =>
    character.length === 1 ? formOf(character) : character,
  ).join('');
