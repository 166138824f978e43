import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normalPhone, phoneFault } from '../../../functions/people/phone.ts';

test.each([
  ['13812345678', '+8613812345678'],
  ['138 1234 5678', '+8613812345678'],
  ['138-1234-5678', '+8613812345678'],
  ['+86 138-1234-5678', '+8613812345678'],
  ['0086 13812345678', '+8613812345678'],
  ['8613812345678', '+8613812345678'],
  ['＋８６ １３８１２３４５６７８', '+8613812345678'],
  ['010-62345678', '+861062345678'],
  ['(021) 6234 5678', '+862162345678'],
  ['0571-87654321', '+8657187654321'],
  ['0993-2612345', '+869932612345'],
  ['+86 10 6234 5678', '+861062345678'],
  ['+86 0571 87654321', '+8657187654321'],
  ['\u202d13812345678\u202c', '+8613812345678'],
  ['138\u200b1234\u00a05678', '+8613812345678'],
  ['138—1234—5678', '+8613812345678'],
  ['13,812,345,678', '+8613812345678'],
])('%s is %s', (text, phone) => {
  expect(normalPhone(text)).toBe(phone);
});

test.each([
  '',
  '13812x45678',
  '+-+13812345678',
  '138123456789',
  '1381234567',
  '12345678901',
  '10812345678',
  '62345678',
  '010-12345678',
  '+1 212 555 0100',
  '+852 2345 6789',
  '00852 2345 6789',
])('%s is no number', (text) => {
  expect(normalPhone(text)).toBeUndefined();
});

test('what comes out is read as itself', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 9, maxLength: 9 });
  const mobiles = fc.tuple(fc.constantFrom(...'3456789'), digits).map(([a, b]) => `1${a}${b}`);
  const landlines = fc
    .tuple(fc.constantFrom('010', '021', '0571', '0993'), fc.constantFrom(...'2345678'), digits)
    .map(([area, first, rest]) => `${area}${first}${rest.slice(0, 7)}`);
  fc.assert(
    fc.property(fc.oneof(mobiles, landlines), (number) => {
      const phone = normalPhone(number) ?? '';
      expect(phone).toMatch(/^\+86\d{9,11}$/);
      expect(normalPhone(phone)).toBe(phone);
      // And however it is written.
      expect(normalPhone(`0086 ${number.slice(0, 3)}-${number.slice(3)}`)).toBe(phone);
    }),
  );
});

test.each([
  ['13812345678/13812345679', /一格只填一个/],
  ['13812345678、13812345679', /一格只填一个/],
  ['13812345678，13812345679', /一格只填一个/],
  ['13812345678 13812345679', /一格只填一个/],
  ['13812345678\n13812345679', /一格只填一个/],
  ['010-62345678转801', /分机/],
  ['010-62345678-801', /分机/],
  ['010-6234 5678-801', /分机/],
  // A cell that a spreadsheet shows as a date.
  ['2023-01-01', /格式有误/],
  ['13812345678（010-62345678）', /一格只填一个/],
  ['13812345678（微信同号）', /去掉旁边的文字/],
  ['张三 13812345678', /去掉旁边的文字/],
  ['+852 91234567', /只接受中国大陆/],
  ['00853 66123456', /只接受中国大陆/],
  ['138****5678', /星号/],
  ['138123', /11 位/],
])('%j is refused in words that say what to do', (text, said) => {
  expect(normalPhone(text)).toBeUndefined();
  const [zh, en] = phoneFault(text);
  expect(zh).toMatch(said);
  expect(en).not.toMatch(/\p{Script=Han}/u);
  expect(`${zh}${en}`).not.toContain(text);
});
