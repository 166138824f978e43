import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameFault } from '../../../functions/people/name-faults.ts';

test.each([
  '白一',
  '甲',
  '欧阳娜娜',
  '李〇',
  '𠮷田',
  '王　芳',
  '王\n芳',
  '欧阳 娜娜',
  '阿卜杜热合曼·买买提',
  '阿依古丽．吐尔逊',
  '迪丽热巴 迪力木拉提',
  '才让卓玛',
  'John Smith',
  'Wang \t Fang',
  'Mary-Ann O’Brien',
  "Jean-Luc d'Artagnan",
  'J. R. R. Tolkien',
  'Zoë Müller',
  'Нурсултан Абаев',
  'محمد علي',
  'ནོར་བུ',
  '김철수',
  'さくら',
  'Null Smith',
  '无为',
  '男生',
  '白\ue863',
  '白?',
  '白一2',
  'Volunteer 12',
  'vol_1',
  '志愿者0001',
])('%j is a name', (name) => {
  expect(nameFault(name)).toBeUndefined();
});

test.each<readonly [fault: string, ...texts: string[]]>([
  [
    '没有姓名',
    '无',
    '—',
    '/',
    '.',
    '〃',
    '々',
    '同上',
    '待定',
    '不详',
    'null',
    'N/A',
    '\u200b',
    '***',
    '😀',
  ],
  ['数字', '110101196006061016', '13912345678', '110101196006061016白一', '白一 13912345678'],
  ['数字', '2025-03-05', '3月5日', '1', '１', '①', '白123456'],
  ['遮盖', '王**', '王×', '王＊', '王○○'],
  [
    '一个人',
    '夫甲\n妻甲',
    '夫乙  妻乙',
    '白六/白七',
    '白六／白七',
    '白八、白九',
    '白八，白九',
    '白八\r\n白九一',
  ],
  ['列是否对齐', '男', '女', '男性', 'TRUE', '新华社区', '红旗街道', '新华社区居民委员会'],
  ['括号', '白二（组长）', '白三(已故)', '白四【党员】', '白二（组长'],
  ['符号', '白一!', 'a@b', '白一：', '=白一'],
])('%s: %j', (part, ...texts) => {
  for (const text of texts)
    expect([text, nameFault(text)?.[0]]).toEqual([text, expect.stringContaining(part)]);
});

test('names of letters are names, with a digit too, and with a number not', () => {
  const word = fc
    .stringMatching(/^\p{L}{2,8}$/u)
    .filter((text) => /^\p{L}+$/u.test(text.normalize('NFKC')));
  const between = fc.constantFrom(' ', '·', '-', '’', '. ');
  fc.assert(
    fc.property(
      fc.constantFrom('李', 'Abel ', 'Ли'),
      word,
      between,
      word,
      fc.nat(9),
      (first, one, sign, other, digit) => {
        const name = `${first}${one}${sign}${other}`;
        expect(nameFault(name)).toBeUndefined();
        expect(nameFault(`${name}${digit}`)).toBeUndefined();
        const number = String(digit).repeat(11);
        expect(nameFault(`${name}${number}`)).toBeDefined();
        expect(nameFault(`${number}${name}`)).toBeDefined();
      },
    ),
  );
});
