import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  comparableName,
  hasOddCharacter,
  isSameName,
  keptName,
} from '../../../functions/people/names.ts';

test.each([
  ['阿·白', '阿•白'],
  ['阿·白', '阿・白'],
  ['阿·白', '阿．白'],
  ['阿·白', '阿.白'],
  ['阿·白', '阿‧白'],
  ['阿·白', '阿∙白'],
  ['阿·白', '阿 · 白'],
  ['白一', '白　一'],
  ['白一', ' 白\n一 '],
  ['白一', '\u200b白\u2060一\ufeff'],
  ['白一', '⽩⼀'],
  ['葛', '葛\u{e0100}'],
  ['Wang Fang', 'WANG  FANG'],
  ['Ｗａｎｇ', 'wang'],
  ['ﬁ', 'fi'],
])('%j and %j are one name', (one, other) => {
  expect(isSameName(one, other)).toBe(true);
});

test.each([
  ['白一', '白二'],
  ['后一', '後一'],
  ['阿·白', '阿白'],
  ['𠮷田', '吉田'],
  ['', ''],
  ['\u200b', ' '],
])('%j and %j are not', (one, other) => {
  expect(isSameName(one, other)).toBe(false);
});

test('no name is another once blanks, dots and marks without width are put into it', () => {
  const noise = fc.constantFrom('', ' ', '\u3000', '\u00a0', '\u200b', '\u202d', '\ufe00');
  const letter = fc.constantFrom(...'白王阿𠮷éb·');
  fc.assert(
    fc.property(fc.array(fc.tuple(letter, noise), { minLength: 1 }), (parts) => {
      const plain = parts.map(([character]) => character).join('');
      const noisy = parts.flat().join('').replaceAll('·', '・');
      expect(comparableName(noisy)).toBe(comparableName(plain));
      expect(comparableName(comparableName(noisy))).toBe(comparableName(noisy));
      expect(keptName(keptName(noisy))).toBe(keptName(noisy));
    }),
  );
});

test.each([
  ['白　一', '白一'],
  [' 白 一 ', '白一'],
  ['白\r\n一', '白一'],
  ['𠮷 一', '𠮷一'],
  ['\u202d白一\u202c', '白一'],
  ['Wang \t Fang', 'Wang Fang'],
  ['阿·白', '阿·白'],
  ['阿•白', '阿•白'],
  ['نور\u200cى', 'نور\u200cى'],
])('%j is kept as %j', (name, kept) => {
  expect(keptName(name)).toBe(kept);
});

test.each([
  ['白\ue863', true],
  ['白\u{f0000}', true],
  ['白\u0378', true],
  ['白\ufffd', true],
  ['白?', true],
  ['白□', true],
  ['白𠮷', false],
  ['白\u{32000}', false],
  ['白\u{31350}', false],
  ['阿·白', false],
  ['Zoë', false],
])('%j has a character that others do not see: %s', (name, odd) => {
  expect(hasOddCharacter(name)).toBe(odd);
});
