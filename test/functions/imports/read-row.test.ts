import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openList } from '../../../functions/imports/list.ts';
import { readRow } from '../../../functions/imports/read-row.ts';
import type { Cell } from '../../../functions/imports/sheet.ts';
import { residentIdOf } from '../../support/people.ts';

const when = {
  today: '2025-10-18',
  timezone: 'Asia/Shanghai',
  ages: { guardianConsentUnder: 14, adultFrom: 18 },
};
const columnsFor = (...cells: Cell[]) =>
  openList({ name: null, rows: [{ number: 1, cells }], others: [], hiddenColumns: new Set() })
    .columns;
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
  ['a name that is too long', { ...wang, 姓名: '王'.repeat(61) }, ['name too-long']],
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
  expect(faultsOf({ ...wang, 特长: `急救、${text}` })).toEqual(['skills formula-text']);
});

test('a phone may begin with a plus sign, with spaces before it', () => {
  expect(read({ ...wang, 手机: ' +86 138 1234 5678' }).person?.phone).toBe('+8613812345678');
});

test.each([
  ['1977-7-7'],
  ['1977 年 7 月 7 日'],
  ['１９７７．７．７'],
  ['1977-07-07 00:00:00'],
  ['1977-07-07T00:00:00'],
  ['1977-07-06T16:00:00.000Z'],
  ['1977-07-06T15:59:17.000Z'],
  ['1977-07-07T00:00:00.000Z'],
  ['1977-07-06T16:00:00Z'],
  ['1977-07-06T16:00:00+00:00'],
  ['1977-07-06 16:00:00+0000'],
  ['1977-07-07T00:00:00+08:00'],
  ['1977-07-07T00:00:00.000+08:00'],
  ['1977/7/7 星期四'],
  ['1977、7、7'],
])('%s is the seventh of July', (text) => {
  expect(read({ 姓名: '白四', 手机: '13900000004', 出生日期: text }).person?.birthDate).toBe(
    '1977-07-07',
  );
});

test.each([
  ['77-07-07', 'two-digit-year'],
  ['28313', 'date-number'],
  ['1960', 'year-only'],
  ['1960年', 'year-only'],
  ['7/7/1977', 'invalid-date'],
  ['一九七七年七月七日', 'invalid-date'],
  ['1977.7', 'day-missing'],
  ['197707', 'day-missing'],
])('%s is no birth date: %s', (text, code) => {
  const row = { 姓名: '白四', 手机: '13900000004', 出生日期: text };
  expect(faultsOf(row)).toEqual([`birthDate ${code}`]);
});

test.each(['1985.05', '1985年5月', '1985-05-01', '198505'])(
  'beside a resident ID number %s as year and month is compared, and no more',
  (text) => {
    const row = read({ ...wang, 出生年月: text });
    expect([row.faults, row.person?.birthDate]).toEqual([[], '1985-05-05']);
    const other = { ...wang, 身份证号: residentIdOf('1985-06-05', 1), 出生年月: text };
    expect(faultsOf(other)).toEqual(['birthMonth birth-month']);
  },
);

test.each([
  `\t${number}`,
  `'${number}`,
  `’${number}`,
  `="${number}"`,
  `"${number}"`,
  `\u202d${number}\u202c`,
  `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`,
  `${number.slice(0, 6)}-${number.slice(6)}`,
  `\u00a0${number}\u3000`,
])('%j is the number', (text) => {
  const row = read({
    姓名: '王芳',
    身份证号: text,
    手机: text.replace(/\d[\d -]*[\dX]/, '13812345678'),
  });
  expect(row.faults).toEqual([]);
  expect(row.person).toMatchObject({ idDocument: { number }, phone: '+8613812345678' });
});

test.each([
  ['1.3900000001E+10', '+8613900000001'],
  ['1.3900000001E10', '+8613900000001'],
  ['13900000001.0', '+8613900000001'],
])('%s is a phone that was kept as a figure, with all its digits', (text, phone) => {
  expect(read({ 姓名: '王芳', 手机: text }).person?.phone).toBe(phone);
});

test.each([
  ['手机', '1.39E+10', 'phone digits-lost'],
  ['身份证号', '1.10105E+17', 'documentNumber digits-lost'],
  ['身份证号', '110105198505050010.0', 'documentNumber digits-lost'],
  ['手机', '13812345678、13812345679', 'phone invalid-value'],
  ['姓名', '王\ufffd', 'name character-lost'],
  ['住址', '="=cmd"', 'address formula-text'],
  ['手机', '\t=1', 'phone formula-text'],
  ['手机', '-5', 'phone invalid-value'],
  ['身份证号', '-5', 'documentNumber invalid-value'],
])('%s %j is refused: %s', (heading, text, fault) => {
  const row = { 姓名: '王芳', 身份证号: number, 手机: '13812345678', 住址: '', [heading]: text };
  expect(faultsOf(row)).toEqual([fault]);
});

test.each(['无', '-', '—', '/', '暂无', 'N/A', '未填', '　'])(
  '%s means that there is nothing',
  (text) => {
    const row = read({
      ...wang,
      手机: text,
      住址: text,
      出生日期: text,
      标签: text,
      监护人姓名: text,
    });
    expect(row.faults).toEqual([]);
    expect(row.person).not.toHaveProperty('phone');
    expect(row.person).not.toHaveProperty('address');
  },
);

test('a document is known by its number where only one has numbers of this form', () => {
  const document = (numberOf: string, type = '') =>
    read({ 姓名: '王芳', 证件类型: type, 证件号码: numberOf, 出生日期: '1985-05-05' });
  expect(document('H12345678').person?.idDocument?.type).toBe('hk-macau-permit');
  expect(document(residentIdOf('1985-05-05', 1, '911840')).person?.idDocument?.type).toBe(
    'foreign-permanent-resident-id',
  );
  expect(document('12345678').faults).toMatchObject([{ column: 'documentNumber' }]);
  expect(document('12345678', '台胞证').faults).toEqual([]);
  expect(document('x', '台胞证').faults).toMatchObject([{ column: 'documentNumber' }]);
  expect(document('你好', '港澳通行证').faults).toMatchObject([{ column: 'documentNumber' }]);
  expect(document(residentIdOf('1985-05-05', 1, '810000'), '港澳台居民居住证').faults).toEqual([]);
});

test('a word that is not known is told with those that are', () => {
  const [fault] = read({ ...wang, 性别: '甲' }).faults;
  expect(fault?.zh).toContain('女、男');
  expect(fault?.en).toContain('female, male');
});

const odd = { code: 'odd-character', columns: ['name'] };
test('names with characters that others do not see are named', () => {
  expect(read({ ...wang, 姓名: '白\ue863' }).flags).toEqual([odd]);
  expect(read({ ...wang, 姓名: '白𠮷' }).flags).toEqual([]);
});

test('a name is kept without what only aligns it', () => {
  expect(read({ ...wang, 姓名: '王　芳' }).person?.name).toBe('王芳');
  expect(read({ ...wang, 姓名: '王\n芳\r' }).person?.name).toBe('王芳');
  expect(read({ ...wang, 姓名: '阿·白' }).person?.name).toBe('阿·白');
});

test.each([
  ['白二（组长）', '白二'],
  ['白三(已故)', '白三'],
  ['1.白五', '白五'],
  ['１、白五', '白五'],
  ['03 白五', '白五'],
  ['④白五', '白五'],
  ['五、白五', '白五'],
  ['01白五', '白五'],
  ['白五①', '白五'],
  ['白五。', '白五'],
  ['·白五', '白五'],
  ['白五、', '白五'],
  ['(白五)', '白五'],
  ['【白五】', '白五'],
  ['2. John Smith (约翰)', 'John Smith'],
  ['白三(13912345678)', '白三'],
])('%s is read as %s, and it is said', (text, name) => {
  const row = read({ ...wang, 姓名: text });
  expect([row.faults, row.person?.name, row.flags]).toEqual([
    [],
    name,
    [{ code: 'note-left-out', columns: ['name'] }],
  ]);
});

test.each(['一一', '五月', '欧阳 娜娜', 'J. R. Smith', '阿·白'])('%s is read as it is', (name) => {
  const row = read({ ...wang, 姓名: name });
  expect([row.person?.name, row.flags]).toEqual([name === '欧阳 娜娜' ? '欧阳娜娜' : name, []]);
});

test.each(['110101196006061016', '白六/白七', '-', 'TRUE', '1、男', '（组长）', '5'])(
  'a person is not called %s',
  (text) => {
    expect(faultsOf({ ...wang, 姓名: text })).toEqual(['name invalid-value']);
    expect(faultsOf({ ...wang, 监护人姓名: '白六/白七', 监护人电话: '13912345678' })).toEqual([
      'guardianName invalid-value',
    ]);
  },
);

test('a picture, or a sign that turns the text around, is named in a name', () => {
  expect(read({ ...wang, 姓名: '王芳😀' }).flags).toEqual([odd]);
  expect(read({ ...wang, 姓名: '王\u202e芳' })).toMatchObject({
    flags: [odd],
    person: { name: '王芳' },
  });
});

test('what is too long is told with how long it may be', () => {
  const wordsOf = (row: Readonly<Record<string, Cell>>) => read(row).faults.map(({ zh }) => zh);
  expect(wordsOf({ ...wang, 姓名: '王'.repeat(61) })).toEqual([expect.stringContaining('60')]);
  expect(wordsOf({ ...wang, 住址: '路'.repeat(201) })).toEqual([expect.stringContaining('200')]);
  expect(wordsOf({ ...wang, 住址: { fault: 'too-long' } })).toEqual([
    expect.stringContaining('200'),
  ]);
  expect(wordsOf({ ...wang, 特长: '书'.repeat(41) })).toEqual([expect.stringContaining('40')]);
  expect(wordsOf({ ...wang, 出生日期: '1899-12-31', 身份证号: '', 手机: '13812345678' })).toEqual([
    expect.stringContaining('1900'),
  ]);
});

test.each<[string, Readonly<Record<string, Cell>>, readonly string[]]>([
  ['no area where there is a column for it', { ...wang, 社区: '' }, ['no-area']],
  ['no area, but a street', { ...wang, 街道: '红旗街道', 社区: '' }, []],
  ['no column for an area', wang, []],
  [
    'a type without a number',
    { 姓名: '王芳', 手机: '13812345678', 证件类型: '护照', 证件号码: '' },
    ['number-missing'],
  ],
  [
    'a number that was rounded',
    { 姓名: '王芳', 身份证号: '110101195001288000' },
    ['rounded-number'],
  ],
])('%s is flagged', (_, row, codes) => {
  const { faults, flags } = read(row);
  expect([faults, flags.map(({ code }) => code)]).toEqual([[], codes]);
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

test.each([
  ['内地居民身份证', number, 'resident-id'],
  ['大陆身份证', number, 'resident-id'],
  ['身份证件', number, 'resident-id'],
  ['身分证', number, 'resident-id'],
  ['外国人护照', 'E12345678', 'passport'],
])('the number proves what %s is', (word, idNumber, type) => {
  const row = read({ 姓名: '王芳', 证件类型: word, 证件号码: idNumber });
  expect([row.faults, row.person?.idDocument?.type]).toEqual([[], type]);
});

test.each([
  ['香港居民身份证', 'A123456(7)'],
  ['内地居民身份证', 'E12345678'],
  ['军官证', number],
])('and where it does not, %s is unknown', (word, idNumber) => {
  const row = { 姓名: '王芳', 证件类型: word, 证件号码: idNumber };
  expect(faultsOf(row)).toContain('documentType unknown-word');
});

test('a month that a number cuts off is that of the document, if it can be', () => {
  const october = residentIdOf('1960-10-05', 1);
  const january = residentIdOf('1960-01-05', 1);
  for (const idNumber of [october, january])
    expect(faultsOf({ 姓名: '王芳', 身份证号: idNumber, 出生年月: '1960.1' })).toEqual([]);
  expect(faultsOf({ 姓名: '王芳', 身份证号: october, 出生年月: '1960.01' })).toEqual([
    'birthMonth birth-month',
  ]);
  expect(faultsOf({ 姓名: '王芳', 手机: '13800000000', 出生年月: '1960.1' })).toEqual([
    'birthMonth day-missing',
  ]);
});

test('who begins like a footer is a person by the ID number, and refused without one', () => {
  const signs = { 序号: '填表人', 姓名: '王芳' };
  expect(read({ ...signs, 身份证号: number })).toMatchObject({
    faults: [],
    flags: [{ code: 'like-footer' }],
  });
  expect(faultsOf({ ...signs, 手机: '13800000000' })).toEqual(['name like-footer']);
});

test('an address that a spreadsheet would calculate is refused, also as a number', () => {
  expect(faultsOf({ ...wang, 住址: '+1' })).toEqual(['address formula-text']);
});

test('a row whose area is a formula is not said to have none', () => {
  const row = read({ ...wang, 社区: { fault: 'formula' } });
  expect(row.faults.map(({ code }) => code)).toEqual(['formula']);
  expect(row.flags).toEqual([]);
});
