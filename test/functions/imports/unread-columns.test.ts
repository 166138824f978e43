import { describe, expect, test } from '@jest/globals';
import { openList } from '../../../functions/imports/list.ts';
import { readRow } from '../../../functions/imports/read-row.ts';
import { readSheet } from '../../../functions/imports/read-sheet.ts';
import type { Problem } from '../../../functions/refusals/problem.ts';
import { residentIdOf } from '../../support/people.ts';
import { workbookOf } from '../../support/workbooks.ts';

const when = {
  today: '2025-10-18',
  timezone: 'Asia/Shanghai',
  ages: { guardianConsentUnder: 14, adultFrom: 18 },
};
const id = residentIdOf('1985-05-05', 1);
const phone = '13900000001';
const read = (bytes: Uint8Array | string) => {
  const list = openList(readSheet(Buffer.from(bytes)));
  const people = list.rows.map((row) => readRow(row, list.columnsOf(row.number), when));
  return { list, people, columns: list.columns.map(({ at, column }) => [at, column ?? null]) };
};
const refusalOf = (bytes: Uint8Array | string): string => {
  try {
    read(bytes);
  } catch (error) {
    const { zh, en } = (error as Problem).params;
    return `${zh} ${en}`;
  }
  throw new Error('nothing was refused');
};
const codesOf = (bytes: Uint8Array | string) =>
  read(bytes).people.map(({ faults, flags }) => [...faults, ...flags].map(({ code }) => code));

describe('a column that is not read', () => {
  test.each([
    [
      `姓名,证照,手机\n张一,${id},${phone}`,
      /B 列没有读取，但其内容像是身份证号.*表头“证照”写成“身份证号”/,
    ],
    [`姓名,最新身份证号,手机\n张一,${id},${phone}`, /B 列没有读取，但其内容像是身份证号/],
    [`姓名,备注,手机\n张一,${id},${phone}`, /B 列没有读取，但其内容像是身份证号/],
    [
      `姓名,,手机\n张一,${id},${phone}`,
      /B 列没有读取，但其内容像是身份证号；请把第 1 行的表头写成/,
    ],
    [`姓名,身份证号,号码簿\n张一,${id},${phone}`, /C 列没有读取，但其内容像是手机/],
    [`姓名,破壳日,手机\n张一,1985-05-05,${phone}`, /B 列没有读取，但其内容像是出生日期/],
  ])('is refused by what its cells show: %j', (text, said) => {
    expect(refusalOf(text)).toMatch(said);
    expect(refusalOf(text)).not.toMatch(/张一|139|1985/);
  });

  test.each([
    `姓名,身份证号,微信号\n张一,${id},${phone}`,
    `姓名,身份证号,单位电话\n张一,${id},${phone}`,
    `姓名,身份证号,紧急联系人电话\n张一,${id},${phone}`,
    `姓名,手机,配偶身份证号\n张一,${phone},${id}`,
    `姓名,手机,入党时间\n张一,${phone},1985-05-05`,
    `姓名,身份证号,手机,号码簿\n张一,${id},${phone},${phone}`,
  ])('is left out where its heading says that it is something else: %j', (text) => {
    expect(codesOf(text)).toEqual([[]]);
  });

  test('is flagged in the rows that have a number there and nowhere else', () => {
    expect(
      codesOf(`姓名,身份证号,手机,备注\n张一,${id},${phone},无\n张二,,13900000002,${id}`),
    ).toEqual([[], ['unread-number']]);
  });
});

describe('a column without a heading', () => {
  test('is listed, and its rows are flagged', () => {
    const text = `姓名,身份证号,手机,住址\n张一,${id},${phone},新华路1号,2单元301\n张二,,13900000002,路`;
    expect(codesOf(text)).toEqual([['unread-cell'], []]);
    expect(read(text).columns).toEqual([
      [0, 'name'],
      [1, 'documentNumber'],
      [2, 'phone'],
      [3, 'address'],
      [4, null],
    ]);
  });

  test('may hold running numbers', () => {
    expect(codesOf(`,姓名,手机\n1,张一,${phone}\n2.,张二,13900000002`)).toEqual([[], []]);
  });
});

describe('an age', () => {
  test.each([
    ['8', ['guardian-required', 'age-only']],
    ['８岁', ['guardian-required', 'age-only']],
    ['16', ['age-only']],
    ['18', []],
    ['八岁', ['guardian-required', 'age-only']],
    ['八', ['guardian-required', 'age-only']],
    ['十', ['guardian-required', 'age-only']],
    ['十二岁', ['guardian-required', 'age-only']],
    ['满十三周岁', ['guardian-required', 'age-only']],
    ['十六岁半', ['age-only']],
    ['二十岁', []],
    ['六十五', []],
    ['2018年', []],
    ['3年级', []],
    ['小学', []],
    ['65', []],
    ['', []],
    ['不详', []],
  ])('of %j without birth date and number: %j', (age, codes) => {
    expect(codesOf(`姓名,年龄,手机\n张一,${age},${phone}`)).toEqual([codes]);
  });

  test('counts for nothing beside a birth date, and needs nobody to type it', () => {
    expect(codesOf(`姓名,年龄,身份证号\n张一,8,${id}`)).toEqual([[]]);
    expect(codesOf(`姓名,年龄,手机,监护人,监护人电话\n张一,8,${phone},张父,13900000002`)).toEqual([
      ['age-only'],
    ]);
  });
});

describe('merged cells', () => {
  test('a heading over two columns is one column', () => {
    for (const merged of [['B1:C1'], ['B1:C1', 'B2:C2', 'B3:C3']]) {
      const { people, columns } = read(
        workbookOf([
          {
            rows: [
              ['序号', '姓名', '', '手机'],
              ['1', '张一', '', phone],
              ['2', '张二', '', '13900000002'],
            ],
            merged,
          },
        ]),
      );
      expect(people.map(({ person, flags }) => [person?.name, flags])).toEqual([
        ['张一', []],
        ['张二', []],
      ]);
      expect(columns).toEqual([
        [0, 'ordinal'],
        [1, 'name'],
        [3, 'phone'],
      ]);
    }
  });

  test('two values below one heading are told', () => {
    const rows = [
      ['姓名', '身份证号', '联系方式', ''],
      ['张一', id, phone, '13900000002'],
    ];
    const file = workbookOf([{ rows, merged: ['C1:D1'] }]);
    expect(codesOf(file)).toEqual([['unread-cell']]);
    expect(read(file).people[0]?.person?.phone).toBe(`+86${phone}`);
  });

  test.each([true, false])('a number in 18 boxes is one number (merged: %s)', (isMerged) => {
    const blank = Array.from({ length: 17 }, () => '');
    const rows = (number: string) => [
      ['姓名', '身份证号', ...blank, '手机'],
      ['张一', ...number.padEnd(18, ' '), phone].map((cell) => cell.trim()),
    ];
    const merged = isMerged ? ['B1:S1'] : [];
    expect(read(workbookOf([{ rows: rows(id), merged }])).people[0]).toMatchObject({
      person: { idDocument: { number: id }, phone: `+86${phone}` },
      flags: [],
    });
    expect(codesOf(workbookOf([{ rows: rows(id.slice(0, 17)), merged }]))).toEqual([
      ['invalid-value'],
    ]);
  });
});

test.each([
  ['父亲姓名', null],
  ['家长1姓名', 'guardianName'],
  ['家长2姓名', null],
])('%s is %s', (heading, column) => {
  const { columns } = read(`姓名,手机,${heading}\n张一,${phone},张父`);
  expect(columns[2]?.[1]).toBe(column);
});
