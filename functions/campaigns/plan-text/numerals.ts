const digits = '〇一二三四五六七八九';

/** Numerals as money and the highest headings have them. */
const plainOf: Readonly<Record<string, string>> = {
  壹: '一',
  贰: '二',
  叁: '三',
  参: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
};

/** A Chinese numeral up to 999, or one in Arabic digits; NaN for anything else. */
export const numberOf = (written: string): number => {
  if (written.startsWith('民国')) return numberOf(written.slice(2));
  if (written === '元') return 1;
  if (/^\d+$/.test(written)) return Number(written);
  const text = written
    .replace(/零/g, '〇')
    .replace(/廿/, '二十')
    .replace(/卅/, '三十')
    .replace(/两/, '二')
    .replace(/[壹贰叁参肆伍陆柒捌玖拾]/g, (formal) => plainOf[formal] ?? formal);
  if (/^[〇一二三四五六七八九]+$/.test(text))
    return Number([...text].map((each) => digits.indexOf(each)).join(''));
  const hundreds =
    /^([一二三四五六七八九])百(?:〇?([一二三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?))?$/.exec(
      text,
    );
  if (hundreds)
    return digits.indexOf(hundreds[1] ?? '') * 100 + (hundreds[2] ? numberOf(hundreds[2]) : 0);
  const tens = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(text);
  if (!tens) return Number.NaN;
  const [, ten = '', one = ''] = tens;
  return (ten ? digits.indexOf(ten) : 1) * 10 + (one ? digits.indexOf(one) : 0);
};

/** Two to four months in Chinese numerals without a sign between them. */
const joined = /^(?:十[一二]?|[一二三四五六七八九]){2,4}$/;

/** Months written together that follow one another: 七八 is 7 and 8, 十一十二 and 十一二 are 11 and 12; none for another text. */
export const monthsTogether = (written: string): readonly number[] => {
  if (!joined.test(written)) return [];
  const months = (written.match(/十[一二]?|[一二三四五六七八九]/g) ?? []).map(numberOf);
  if (/十一二$/.test(written)) months[months.length - 1] = 12;
  const follow = months.every((month, at) => at === 0 || month === (months[at - 1] ?? 0) + 1);
  return months.length > 1 && follow ? months : [];
};

/** ① is 1; NaN for another character. */
export const circledNumberOf = (character: string): number => {
  const code = character.charCodeAt(0);
  if (code >= 0x2460 && code <= 0x2473) return code - 0x2460 + 1;
  if (code >= 0x2776 && code <= 0x277f) return code - 0x2776 + 1;
  return Number.NaN;
};

const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** Ⅳ and IV are 4; NaN for another text. */
export const romanNumberOf = (written: string): number => {
  const code = written.charCodeAt(0);
  if (code >= 0x2160 && code <= 0x216b) return code - 0x2160 + 1;
  return romans.includes(written) ? romans.indexOf(written) + 1 : Number.NaN;
};

/** Patterns of numbers, to be put into other patterns. */
export const pattern = {
  /** 1 to 12; 元月 is the first month, and 500元月薪 none. */
  month:
    '(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|(?<![\\d〇一二三四五六七八九十百千万美欧日公])元(?=月(?![薪捐卡票租均供费饼])))',
  /** 七八 before 月: see {@link monthsTogether}. */
  together: `(?<![${digits}十历第])(?:十[一二]?|[一二三四五六七八九]){2,4}(?=月(?!历))`,
  /** 1 to 31. */
  day: '(?:3[01]|[12]\\d|0?[1-9]|三十一?|[二廿]十?[一二三四五六七八九]|二十|十[一二三四五六七八九]?|[一二三四五六七八九])',
  /** A year of this or the last century, or of the Republic in Taiwan (民國107年). */
  year: '(?:民国1?\\d\\d|1[01]\\d(?=年(?:1[0-2]|[1-9])月|年度)|(?:19|20)\\d\\d|二〇[〇一二三四五六七八九]{2}|二零[零一二三四五六七八九]{2})',
} as const;

/** A year in the common era: those of three digits or fewer are counted from 1912. */
export const yearOf = (written: string): number => {
  const value = numberOf(written.replace(/年.*$/, ''));
  return value < 200 ? value + 1911 : value;
};
