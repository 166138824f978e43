// Numbers of people in digits that are parted by signs, of another script, in Chinese, or letters that look like digits.
import type { Part } from './titles.ts';

const chinese = ['〇零', '一壹幺', '二贰', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'];
const chineseValues: ReadonlyMap<string, string> = new Map(
  chinese.flatMap((forms, digit) => [...forms].map((form): [string, string] => [form, `${digit}`])),
);
const isDigit = (character: string): boolean => /^\p{Nd}$/u.test(character);

/** The digit that a character shows: ①, 𝟏 and ١ are 1; undefined where it shows none. */
const digitOf = (character: string): string | undefined => {
  const plain = character.normalize('NFKC');
  if (/^\d$/.test(plain)) return plain;
  if (!isDigit(plain)) return undefined;
  // The digits of a script follow one another, from its zero.
  const code = plain.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && isDigit(String.fromCodePoint(code - value - 1))) value += 1;
  return `${value}`;
};

/** o and l within a number are 0 and 1. */
const mixed = /(?<![A-Za-z])(?=[oOlI]*\d)[\doOlI]{3,}(?![A-Za-z])/g;
const asDigits = (form: string): string => form.replace(/o/gi, '0').replace(/[lI]/g, '1');

/** Signs between the parts of a number. In a list of amounts 、 and ; are between numbers. */
const signs = '[^\\p{L}\\p{N}\\n、;,。:()“”]{1,3}|\\n';
const anySigns = '([^\\p{L}\\p{N}\\n]{1,3}|\\n)';
const ownSigns = `((?:${signs}))`;

const mobileParts = [
  `1[3-9]\\d${anySigns}\\d{4}\\1\\d{4}`,
  `1[3-9]\\d{2}${ownSigns}\\d{3}\\1\\d{4}`,
  `1[3-9]\\d${ownSigns}\\d{3}\\1\\d{5}`,
  `1${ownSigns}[3-9](?:\\1\\d){9}`,
  // Two parts, wherever a line or a cell breaks.
  ...[3, 4, 5, 6, 7, 8].map((size) => `1[3-9]\\d{${size - 2}}${ownSigns}\\d{${11 - size}}`),
];
const whole = [
  '1[3-9]\\d{9}',
  ...[
    ...mobileParts,
    '0\\d{2,3}[1-9]\\d{6,7}',
    `0\\d{2,3}${ownSigns}[1-9]\\d{6,7}`,
    `0\\d{2,3}${ownSigns}[1-9]\\d{2,3}\\1\\d{4}`,
    '\\d{17}[\\dXx]',
    `\\d{6}${anySigns}\\d{8}\\1\\d{3}[\\dXx]`,
  ].map((form) => `(?<!\\d)${form}`),
].map((form) => new RegExp(`${form}(?!\\d)`, 'gu'));

/** Telephones and resident ID numbers in a text that are more than plain digits, in no order. */
export const findWrittenNumbers = (chars: string): readonly Part[] => {
  const characters = [...chars];
  const places: number[] = [];
  let at = 0;
  for (const character of characters) {
    places.push(at);
    at += character.length;
  }
  places.push(at);
  // One unit for each character, so that places can be looked up.
  const plain = characters.map((each) =>
    each.length > 1 || /\P{ASCII}/u.test(each) ? (digitOf(each) ?? each.charAt(0)) : each,
  );
  const read = plain.map((each) => chineseValues.get(each) ?? each);
  return [plain, read].flatMap((each) => {
    const digits = each.join('').replace(mixed, asDigits);
    return whole.flatMap((form) =>
      [...digits.matchAll(form)].map(({ index, 0: { length } }) => ({
        from: places[index] ?? at,
        to: places[index + length] ?? at,
      })),
    );
  });
};
