import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Column } from '../../../functions/imports/heading-words.ts';
import { openList } from '../../../functions/imports/list.ts';
import type { Cell, SheetRow } from '../../../functions/imports/sheet.ts';
import { Problem } from '../../../functions/refusals/problem.ts';

const sheetOf = (table: readonly (readonly Cell[])[]) => ({
  name: null,
  others: [],
  hiddenColumns: new Set<number>(),
  rows: table.flatMap((cells, at): readonly SheetRow[] =>
    cells.some((cell) => cell !== '') ? [{ number: at + 1, cells }] : [],
  ),
});
const isRunningNumber = (row: SheetRow) =>
  row.cells.filter((cell) => cell !== '').length === 1 &&
  row.cells.some((cell) => typeof cell === 'string' && /^\d+$/.test(cell));

/** Where each row went: every row is in one place, and only running numbers are in none. */
const expectAllTold = (rows: readonly SheetRow[], list: ReturnType<typeof openList>) => {
  const told = [
    ...list.headingRows,
    ...list.rows.map(({ number }) => number),
    ...list.passedOver.map(({ row }) => row),
  ];
  expect(new Set(told).size).toBe(told.length);
  const untold = rows.filter(({ number }) => !told.includes(number));
  expect(untold.filter((row) => !isRunningNumber(row))).toEqual([]);
};

interface Person {
  readonly name: string;
  readonly phone: string;
}
type Field = readonly [heading: string, of: (person: Person, ordinal: number) => string];

const nameField: fc.Arbitrary<Field> = fc
  .constantFrom(
    ...[
      '姓名',
      '姓 名',
      '*姓名',
      '1、您的姓名：',
      '学生姓名',
      '姓名（必填）',
      '志愿者姓名',
      '申请人',
      '姓名②',
      '姓名 ↓',
    ],
  )
  .map((heading) => [heading, ({ name }) => name]);
const phoneField: fc.Arbitrary<Field> = fc
  .constantFrom(
    ...[
      '手机',
      '联系电话',
      '手机号码/微信',
      '手机/座机',
      '您的联系电话（手机）',
      '本人电话',
      '手机1',
    ],
  )
  .map((heading) => [heading, ({ phone }) => phone]);
const otherFields: fc.Arbitrary<Field> = fc.constantFrom<Field>(
  ['序号', (_, ordinal) => String(ordinal)],
  ['民族', () => '汉族'],
  ['政治面貌', () => '群众'],
  ['性别', () => '女'],
  ['住址', () => '某路1号'],
  ['职务', () => '组长'],
  ['备注', () => ''],
  ['紧急联系人电话', () => '13700000000'],
);
const fields = fc
  .tuple(nameField, phoneField, fc.uniqueArray(otherFields, { maxLength: 5, selector: ([h]) => h }))
  .chain(([name, phone, others]) =>
    fc.shuffledSubarray([name, phone, ...others], { minLength: 2 + others.length }),
  );

type Line =
  | { readonly kind: 'blank' | 'number' | 'repeated' }
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'told'; readonly text: string; readonly column: 'name' | 'first' | 'all' };
const surname = fc.constantFrom(...'赵钱孙白司郑楼经');
const person: fc.Arbitrary<Line> = fc
  .tuple(surname, fc.constantFrom(...'合共注例一二三社村组'), fc.nat(99_999_999))
  .map(([first, last, phone]) => ({
    kind: 'person',
    person: { name: first + last, phone: `139${String(phone).padStart(8, '0')}` },
  }));
const told: fc.Arbitrary<Line> = fc.record({
  kind: fc.constant('told' as const),
  text: fc.constantFrom(
    ...['第一组', '红旗社区', '二、党员志愿者', '合计', '填表人：王五', '经办人 李四', '以下空白'],
    ...['社区负责人', '联系电话', '分管领导', '第 1 页 共 1 页', '说明：如实填写', '例：张三'],
  ),
  column: fc.constantFrom('name' as const, 'first' as const, 'all' as const),
});
const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 4, arbitrary: person },
  { weight: 2, arbitrary: told },
  fc.constantFrom<Line>({ kind: 'blank' }, { kind: 'number' }, { kind: 'repeated' }),
);
const block = fc.record({ fields, lines: fc.array(line, { maxLength: 8 }) });
const above = fc.array(
  fc.constantFrom('某街道志愿者登记表', '填报单位：红旗街道', '', '白一,13900000000'),
  { maxLength: 3 },
);

test('every person of a list is read under the headings above, and every other row is told', () => {
  fc.assert(
    fc.property(above, fc.array(block, { minLength: 1, maxLength: 3 }), (titles, blocks) => {
      const table: string[][] = titles.map((text) => text.split(','));
      const expected = new Map<number, Person>();
      for (const { fields: own, lines } of blocks) {
        const headings = own.map(([heading]) => heading);
        table.push(headings);
        lines.forEach((each, at) => {
          const nameAt = own.findIndex(([, of]) => of({ name: 'n', phone: '' }, 0) === 'n');
          if (each.kind === 'blank') table.push([]);
          if (each.kind === 'repeated') table.push(headings);
          if (each.kind === 'number')
            table.push(headings.map((heading) => (heading === '序号' ? String(at) : '')));
          if (each.kind === 'person') {
            table.push(own.map(([, of]) => of(each.person, at)));
            expected.set(table.length, each.person);
          }
          if (each.kind === 'told')
            table.push(
              headings.map((_, column) =>
                each.column === 'all' || column === (each.column === 'name' ? nameAt : 0)
                  ? each.text
                  : '',
              ),
            );
        });
      }
      const sheet = sheetOf(table);
      const list = openList(sheet);
      expectAllTold(sheet.rows, list);
      const read = new Map(
        list.rows.map(({ number, cells }) => {
          const cellOf = (column: Column) => {
            const at = list.columnsOf(number).find((each) => each.column === column)?.at ?? -1;
            return cells[at];
          };
          return [number, { name: cellOf('name'), phone: cellOf('phone') }];
        }),
      );
      for (const [number, each] of expected)
        expect([number, read.get(number)]).toEqual([number, each]);
    }),
    { numRuns: 500 },
  );
});

test('any table of words that lists have is refused, or told row by row', () => {
  const cell = fc.constantFrom(
    ...[
      '',
      '',
      '',
      '姓名',
      '手机',
      '身份证号',
      '监护人',
      '姓名',
      '电话',
      '社区',
      '联系人',
      '序号',
      '备注',
    ],
    ...[
      '白一',
      '13900000001',
      '1',
      '2025-03-05',
      '女',
      '合计',
      '第一组',
      '红旗社区',
      '负责人',
      '填表人',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 }), (table) => {
      const sheet = sheetOf(table);
      try {
        expectAllTold(sheet.rows, openList(sheet));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        expect(error.params.zh).toMatch(/第 \d+ 行|前 20 行|没有内容/);
      }
    }),
    { numRuns: 2_000 },
  );
});
