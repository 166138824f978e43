import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnsOf } from '../../../functions/imports/columns.ts';
import { readRow } from '../../../functions/imports/read-row.ts';
import type { Cell } from '../../../functions/imports/sheet.ts';
import type { Problem } from '../../../functions/refusals/problem.ts';
import { residentIdOf } from '../../support/people.ts';

const when = { today: '2025-10-18', ages: { guardianConsentUnder: 14, adultFrom: 18 } };
const columnsFor = (...cells: Cell[]) => columnsOf({ number: 1, cells });
const read = (row: Readonly<Record<string, Cell>>) =>
  readRow({ number: 2, cells: Object.values(row) }, columnsFor(...Object.keys(row)), when);
const faultsOf = (row: Readonly<Record<string, Cell>>) =>
  read(row).faults.map(({ column, code }) => `${column} ${code}`);

const number = residentIdOf('1985-05-05', 1);
const wang = { 姓名: '王芳', 身份证号: number };

test('a full row in Chinese becomes a person, an area, tags and categories', () => {
  const row = read({
    序号: '1',
    '*姓名 ': ' 王芳 ',
    '身份证号（必填）': number.toLowerCase(),
    性别: '男',
    出生日期: '1985/5/5',
    手机号: '138-1234-5678',
    住址: '新华路 1 号',
    社区: '新华社区',
    服务类别: '为老服务、medical',
    特长: '书法，太极',
    标签: '党员;青年',
  });
  expect(row.faults).toEqual([]);
  expect(row).toMatchObject({
    area: '新华社区',
    tags: ['party-member', 'youth'],
    serviceCategories: ['elderly', 'medical'],
    person: {
      name: '王芳',
      sex: 'male',
      birthDate: '1985-05-05',
      idDocument: { type: 'resident-id', number },
      phone: '+8613812345678',
      address: '新华路 1 号',
      skills: ['书法', '太极'],
    },
  });
});

test('a row in English, its columns in any order', () => {
  const row = read({
    Phone: '+86 138 1234 5678',
    'Document Type': 'passport',
    'ID number': 'e12345678',
    Name: 'Wang Fang',
    Area: 'hongqi-01',
  });
  expect(row.faults).toEqual([]);
  expect(row.person).toEqual({
    name: 'Wang Fang',
    idDocument: { type: 'passport', number: 'E12345678' },
    phone: '+8613812345678',
  });
});

test.each(['1985-05-05', '1985/5/5', '1985.5.5', '1985年5月5日', '19850505'])(
  '%s is a birth date',
  (text) => {
    expect(read({ ...wang, 出生日期: text }).person?.birthDate).toBe('1985-05-05');
  },
);

test.each<[string, Readonly<Record<string, Cell>>, readonly string[]]>([
  ['no name', { ...wang, 姓名: '' }, ['name required']],
  ['nothing to know the person by', { 姓名: '王芳' }, ['documentNumber identity-required']],
  [
    'a wrong check digit',
    { ...wang, 身份证号: `${number.slice(0, -1)}0` },
    ['documentNumber invalid-value'],
  ],
  ['a wrong phone', { ...wang, 手机: '12' }, ['phone invalid-value']],
  ['an impossible date', { ...wang, 出生日期: '1985-02-30' }, ['birthDate invalid-date']],
  ['another birth date', { ...wang, 出生日期: '1985-05-06' }, ['birthDate invalid-value']],
  ['an unknown sex', { ...wang, 性别: '甲' }, ['sex unknown-word']],
  ['an unknown tag', { ...wang, 标签: '党员、领导' }, ['tags unknown-word']],
  ['a name that is too long', { ...wang, 姓名: '王'.repeat(61) }, ['name invalid-value']],
  ['a text that is far too long', { ...wang, 住址: { fault: 'too-long' } }, ['address too-long']],
  ['a formula', { ...wang, 姓名: { fault: 'formula' } }, ['name formula']],
  [
    'a number that lost its end',
    { ...wang, 身份证号: { fault: 'digits-lost' } },
    ['documentNumber digits-lost'],
  ],
  [
    'a child alone',
    { 姓名: '李明', 身份证号: residentIdOf('2014-05-05', 1) },
    ['guardianName guardian-required'],
  ],
  [
    'a guardian without a phone',
    { 姓名: '李明', 身份证号: residentIdOf('2014-05-05', 1), 监护人姓名: '王芳' },
    ['guardianPhone required'],
  ],
  [
    'a guardian who is the child',
    {
      姓名: '李明',
      身份证号: residentIdOf('2014-05-05', 1),
      手机: '13812345678',
      监护人姓名: '李明',
      监护人电话: '13812345678',
    },
    ['guardianName invalid-value'],
  ],
  [
    'everything at once',
    { 姓名: '', 身份证号: '1', 手机: '1', 性别: '甲' },
    ['name required', 'sex unknown-word', 'documentNumber invalid-value', 'phone invalid-value'],
  ],
])('%s is said', (_, row, faults) => {
  expect(faultsOf(row)).toEqual(faults);
  expect(read(row).person).toBeUndefined();
});

test.each([
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\tx',
  '＝1+1',
  '＠x',
  ' =1',
  '\n=1',
  '\u3000＝1',
  '\ufeff@x',
])('%j would be run by a spreadsheet, and is refused in any text', (text) => {
  expect(faultsOf({ ...wang, 姓名: text })).toEqual(['name formula-text']);
  expect(faultsOf({ ...wang, 住址: text })).toEqual(['address formula-text']);
  expect(faultsOf({ ...wang, 手机: `${text}=` })).toContain('phone formula-text');
  if (!/^[\t\r]x/.test(text))
    expect(faultsOf({ ...wang, 特长: `急救、${text}` })).toEqual(['skills formula-text']);
});

test('a phone may begin with a plus sign, with spaces before it', () => {
  expect(read({ ...wang, 手机: ' +86 138 1234 5678' }).person?.phone).toBe('+8613812345678');
});

test('a heading that is not known is named by its place, for it may be a person', () => {
  const refusal = (...cells: Cell[]) => {
    try {
      columnsFor(...cells);
    } catch (error) {
      return `${(error as Problem).params.zh} ${(error as Problem).params.en}`;
    }
    return undefined;
  };
  expect(refusal('王芳', '13812345678')).toContain('column 1');
  expect(refusal('王芳')).not.toContain('王芳');
  expect(refusal('姓名', '手机', '电话')).toContain('手机');
  expect(refusal('手机')).toContain('name');
  expect(refusal('姓名', { fault: 'formula' })).toContain('column 2');
  expect(refusal('姓名', '')).toBeUndefined();
});

test('no fault says what stood in the cell', () => {
  const unit = fc.constantFrom(...'0123456789Xé中-+=@年 ');
  const text = fc
    .string({ unit, minLength: 7, maxLength: 30 })
    .filter((value) => value.trim() !== '');
  fc.assert(
    fc.property(text, (value) => {
      const { faults } = read({
        姓名: value,
        身份证号: value,
        手机: value,
        性别: value,
        出生日期: value,
        标签: value,
        监护人姓名: value,
        监护人电话: value,
        监护人身份证号: value,
      });
      expect(JSON.stringify(faults)).not.toContain(value.trim());
    }),
  );
});
