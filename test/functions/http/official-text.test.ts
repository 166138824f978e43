import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { namesSomebody, officialText } from '../../../functions/http/official-text.ts';

test.each([
  '请联系13800138000',
  '电话：138 0013 8000。',
  '138-0013-8000',
  '+86 138-0013-8000',
  '008613800138000',
  '１３８００１３８０００',
  '138\u200b0013\u200b8000',
  '2025-10-18 13800138000',
  '身份证11010519491231002X',
  '11010519491231002x',
  '110105 19491231 0021',
  '110105194912310029',
  '旧证 110105491231002',
])('%j has somebody’s number in it', (text) => {
  expect(namesSomebody(text)).toBe(true);
  expect(officialText(200).safeParse(text).success).toBe(false);
});

test.each([
  '心肺复苏、创伤包扎',
  '2025-10-18 至 2025-10-19，上午 8:30-11:30',
  '测血压 80 人次，发放手册 200 份',
  '证书编号 20251018000138',
  '统一社会信用代码 91110105MA01ABCD2X',
  '电话 010-65551234',
  '12800138000',
  '13800138000123',
  '110105194913310021',
])('%j has not', (text) => {
  expect(namesSomebody(text)).toBe(false);
  expect(officialText(200).parse(` ${text} `)).toBe(text);
});

const digits = (length: number) =>
  fc.integer({ min: 0, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'));

test('any mobile number is found, wherever it stands between words', () => {
  const mobile = fc
    .tuple(fc.integer({ min: 13, max: 19 }), digits(9))
    .map((parts) => parts.join(''));
  const words = fc.constantFrom('', '电话', 'tel:', '（', ' ');
  fc.assert(
    fc.property(words, mobile, words, (before, number, after) =>
      namesSomebody(before + number + after),
    ),
  );
});

test('not blank, not too long, and a refusal does not repeat it', () => {
  expect(officialText(5).safeParse('  ').success).toBe(false);
  expect(officialText(5).safeParse('一二三四五').success).toBe(true);
  expect(officialText(5).safeParse('一二三四五六').success).toBe(false);
  const refused = officialText(200).safeParse('13800138000');
  expect(JSON.stringify(refused.error?.issues)).not.toContain('13800138000');
});
