import { docx } from './office-kind.ts';
import { readXml } from './xml.ts';

/** How a level of a list writes its number: `%1、` in Chinese numerals. */
interface Level {
  readonly format: string;
  readonly text: string;
  readonly from: number;
}

const digits = '零一二三四五六七八九';
/** 1 to 99 as headings write it: 一, 十, 十一, 二十. */
const chinese = (value: number): string => {
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : (digits[tens] ?? '')}十`;
  return `${ten}${ones === 0 && tens > 0 ? '' : (digits[ones] ?? '')}`;
};

const circles = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';

const written = (value: number, format: string): string => {
  // Before Chinese numerals, as one kind of circles is named decimalEnclosedCircleChinese.
  if (format.startsWith('decimalEnclosedCircle') && value <= circles.length)
    return circles[value - 1] ?? '';
  if (format === 'decimalEnclosedParen') return `(${value})`;
  return /^(?:chinese|ideograph|japanese|taiwanese)/i.test(format) && value < 100
    ? chinese(value)
    : String(value);
};

/**
 * A number apart from the text behind it. A word processor parts them by a tab or their places; in a plain
 * text 1 and 3月 would be 13月, with a blank too, where blanks do not count; so a bare number gets a dot.
 */
const apart = (number: string): string => {
  if (number === '') return '';
  return `${number}${/[\d一二三四五六七八九十]$/.test(number) ? '.' : ''} `;
};

/** Lists have nine levels; what a file says beyond is the first. */
export const levelOf = (val: string): number => (/^[0-8]$/.test(val) ? Number(val) : 0);

/** Characters of the text of a number: a word processor takes fewer. */
const longestNumber = 100;

const readLevels = (bytes: Uint8Array): ReadonlyMap<string, ReadonlyMap<number, Level>> => {
  const abstract = new Map<string, Map<number, Level>>();
  const lists = new Map<string, ReadonlyMap<number, Level>>();
  let levels = new Map<number, Level>();
  let level = 0;
  let list = '';
  const set = (part: Partial<Level>): void => {
    levels.set(level, { format: 'decimal', text: '', from: 1, ...levels.get(level), ...part });
  };
  readXml(bytes, docx, {
    open: (name, { abstractNumId = '', ilvl = '0', numId = '', val = '' }) => {
      if (name === 'abstractNum') {
        levels = new Map();
        abstract.set(abstractNumId, levels);
      }
      if (name === 'lvl') level = levelOf(ilvl);
      if (name === 'numFmt') set({ format: val });
      if (name === 'lvlText') set({ text: val.slice(0, longestNumber) });
      if (name === 'start') set({ from: Number(val) || 1 });
      if (name === 'num') list = numId;
      if (name === 'abstractNumId') lists.set(list, abstract.get(val) ?? new Map());
    },
  });
  return lists;
};

/**
 * The numbers that a word processor shows before the paragraphs of its lists, which stand nowhere in
 * their text: call it for each such paragraph in order.
 * @param bytes the part with the lists' formats; without it there are no numbers
 */
export const listNumbers = (
  bytes: Uint8Array | undefined,
): ((list: string, level: number) => string) => {
  const lists = bytes ? readLevels(bytes) : new Map<string, ReadonlyMap<number, Level>>();
  const counts = new Map<string, number[]>();
  return (list, level) => {
    const levels = lists.get(list);
    const own = levels?.get(level);
    if (!levels || !own) return '';
    const count = counts.get(list) ?? [];
    counts.set(list, count);
    count.length = Math.min(count.length, level + 1);
    for (let at = 0; at < level; at += 1) count[at] ??= levels.get(at)?.from ?? 1;
    count[level] = count[level] === undefined ? own.from : count[level] + 1;
    if (own.format === 'bullet' || own.format === 'none') return own.format === 'none' ? '' : '●';
    const number = own.text.replace(/%([1-9])/g, (_, at: string) => {
      const of = Number(at) - 1;
      return written(count[of] ?? 1, levels.get(of)?.format ?? 'decimal');
    });
    return apart(number.trimEnd());
  };
};
