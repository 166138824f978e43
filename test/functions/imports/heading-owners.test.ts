import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openList } from '../../../functions/imports/list.ts';
import { readRow } from '../../../functions/imports/read-row.ts';
import type { SheetRow } from '../../../functions/imports/sheet.ts';
import { Problem } from '../../../functions/refusals/problem.ts';
import { residentIdOf } from '../../support/people.ts';
import { officeHeadings } from './office-headings.ts';

const when = {
  today: '2025-10-18',
  timezone: 'Asia/Shanghai',
  ages: { guardianConsentUnder: 14, adultFrom: 18 },
};
const open = (
  table: readonly (readonly string[])[],
  continued?: ReadonlyMap<number, Set<number>>,
) =>
  openList({
    name: null,
    others: [],
    hiddenColumns: new Set(),
    rows: table.flatMap((cells, at): readonly SheetRow[] => {
      const own = continued?.get(at);
      const row = { number: at + 1, cells };
      return cells.every((cell) => cell === '') ? [] : [own ? { ...row, continued: own } : row];
    }),
  });
const tableOf = (text: string) => text.split('\n').map((line) => line.split(','));
const peopleIn = (list: ReturnType<typeof openList>) =>
  list.rows.map((row) => readRow(row, list.columnsOf(row.number), when));
const refusalOf = (text: string): string => {
  try {
    open(tableOf(text));
  } catch (error) {
    const { zh, en } = (error as Problem).params;
    return `${zh} ${en}`;
  }
  throw new Error('nothing was refused');
};

const ids = { own: residentIdOf('1985-05-05', 1), other: residentIdOf('1940-01-01', 2) };
const phones = { own: '13900000001', other: '13900000002' };

describe('two rows of headings', () => {
  test.each([
    `姓名,手机,紧急联系人,,\n,,姓名,关系,联系电话\n张一,${phones.own},李二,妻,${phones.other}`,
    `序号,姓名,手机,紧急联系人,,\n,,,姓名,关系,联系电话\n1,张一,${phones.own},李二,妻,${phones.other}`,
    `登记表\n性别,姓名,手机,配偶,\n,,,姓名,电话\n男,张一,${phones.own},李二,${phones.other}`,
    `姓名,手机,服务对象,,,\n,,姓名,电话,住址,身份证号\n张一,${phones.own},李二,${phones.other},路,${ids.other}`,
    `姓名,手机,帮带,,\n,,姓名,电话,身份证号\n张一,${phones.own},李二,${phones.other},${ids.other}`,
    `姓名,手机,帮带,,\n,,姓名,甲乙,联系电话\n张一,${phones.own},李二,妻,${phones.other}`,
    `志愿者信息,,服务对象,,\n姓名,手机,姓名,身份证号,住址\n张一,${phones.own},李二,${ids.other},路`,
    `姓名,手机\n张零,${phones.own}\n姓名,手机,家属,,\n,,姓名,身份证号,电话\n张一,${phones.own},李二,${ids.other},${phones.other}`,
  ])('the volunteer is the one outside the other person’s group: %j', (text) => {
    const people = peopleIn(open(tableOf(text)));
    expect(people.at(-1)?.person).toMatchObject({ name: '张一', phone: `+86${phones.own}` });
    expect(JSON.stringify(people)).not.toMatch(new RegExp(`李二|${phones.other}|${ids.other}`));
  });

  test.each([
    [
      `服务对象,,\n姓名,身份证号,手机\n李二,${ids.other},${phones.other}`,
      /第 1 行的标题“服务对象”.*不是志愿者；如果是志愿者，请修改标题/,
    ],
    [`结对党员,,困难群众,\n姓名,电话,姓名,电话\n张一,1,李二,2`, /没有志愿者的姓名/],
    ['基本信息,,人员信息,\n姓名,电话,姓名,电话\n张一,1,李二,2', /A 列与 C 列都是姓名/],
  ])('a list without a group of volunteers is refused: %j', (text, said) => {
    expect(refusalOf(text)).toMatch(said);
  });

  test('a title over the list says nothing of whose the columns are', () => {
    for (const title of ['红旗街道志愿者', '网格员', '2025 年度人员', '志愿服务名单'])
      expect(
        open(tableOf(`${title},,\n姓名,身份证号,手机\n张一,${ids.own},${phones.own}`)).rows,
      ).toHaveLength(1);
  });
});

const roles = [
  ...['配偶', '子女', '户主', '联系人', '紧急联系人', '联络员', '社工', '领队', '单元长', '填报人'],
  ...[
    '登记人',
    '结对党员',
    '帮扶责任人',
    '帮扶对象',
    '服务对象',
    '受助人',
    '委托人',
    '所长',
    '队长',
  ],
  ...['网格员', '老人姓名', '配偶姓名', '带教', '搭子', '推荐人', '班主任', '楼门长', '受益人姓名'],
];

describe('a column right of somebody else’s name', () => {
  test.each(roles)('is not silently the volunteer’s: %s', (role) => {
    expect(refusalOf(`姓名,电话,${role},身份证号\n张一,${phones.own},李二,${ids.other}`)).toMatch(
      /看不出 D 列“身份证号”.*请把表头写成“本人身份证号”或“.+身份证号”/,
    );
    expect(
      refusalOf(`姓名,身份证号,${role},联系电话\n张一,${ids.own},李二,${phones.other}`),
    ).toMatch(/看不出 D 列“联系电话”/);
    const told = `姓名,身份证号,${role},本人电话,${role}电话\n张一,${ids.own},李二,${phones.own},${phones.other}`;
    expect(peopleIn(open(tableOf(told)))[0]?.person?.phone).toBe(`+86${phones.own}`);
  });

  test.each(['性别', '出生日期', '住址'])('nor is %s after 老人姓名', (heading) => {
    expect(refusalOf(`姓名,电话,老人姓名,${heading}\n张一,${phones.own},李二,女`)).toMatch(
      /看不出/,
    );
  });

  test('a column of yes and no names nobody', () => {
    const text = `姓名,社工,残疾人,手机\n张一,是,否,${phones.own}\n张二,否,否,${phones.other}`;
    expect(peopleIn(open(tableOf(text))).map(({ faults }) => faults)).toEqual([[], []]);
  });
});

describe('a later table of other people', () => {
  test.each(['服务对象姓名,身份证号,手机', '受助人,证件号码,联系方式', '人员,证件号,电话号'])(
    'is not read under the headings above it: %s',
    (headings) => {
      expect(
        refusalOf(
          `姓名,身份证号,手机\n张一,${ids.own},${phones.own}\n${headings}\n李二,${ids.other},${phones.other}`,
        ),
      ).toMatch(/第 3 行/);
    },
  );
});

describe('a title of other people', () => {
  test.each([
    ...['服务对象名单', '帮扶对象', '孤寡老人花名册', '困难群众登记表', '家属', '独居老人台账'],
    ...['服务对象台账', '特困人员花名册', '受助学生名单', '空巢老人名册', '重点关爱人员名单'],
    '红旗社区 2025 年困境儿童信息登记表（第一批）',
  ])('refuses the list: %s', (title) => {
    const people = `姓名,身份证号,手机\n李二,${ids.other},${phones.other}`;
    for (const blank of ['', ',,\n'])
      expect(refusalOf(`${title},,\n${blank}${people}`)).toMatch(
        new RegExp(`第 1 行的标题“${title}”说明.*不是志愿者；如果是志愿者，请修改标题`),
      );
    expect(
      refusalOf(`姓名,身份证号,手机\n张一,${ids.own},${phones.own}\n${title},,\n${people}`),
    ).toMatch(/第 3 行的标题/);
  });

  test.each([
    ...['服务对象志愿者名单', '空巢老人结对志愿服务队', '第一组', '网格员', '老年协会'],
    ...['困境儿童关爱服务队名单', '困境儿童关爱行动报名表', '关爱困境儿童活动签到表'],
    ...['慰问困难户活动人员名单', '护学岗成员及家属名单', '便民服务人员名单', '帮扶者名册'],
  ])('is not one of volunteers: %s', (title) => {
    const list = open(tableOf(`${title},,\n姓名,身份证号,手机\n张一,${ids.own},${phones.own}`));
    expect(list.rows).toHaveLength(1);
  });
});

/** What is read of a list, with each of these values in the cells of one column. */
const readWith = (heading: string, ...values: readonly string[]) => {
  const rows = values.map((value, at) => {
    const own = residentIdOf('1985-05-05', at + 1);
    return `张${'一二三四五六七八'.charAt(at)},${value},${own},1390000000${at}`;
  });
  const list = open(tableOf([`姓名,${heading},身份证号,手机`, ...rows].join('\n')));
  return { columns: list.columns.map(({ column }) => column ?? null), people: peopleIn(list) };
};

describe('an unknown heading', () => {
  test.each([
    ['出生地', '辽宁', '安徽', '江西', '云南'],
    ['老家', '安徽', '江苏', '江西', '云南'],
    ['原籍', '安徽', '江苏', '江西', '云南'],
    ['来自', '安徽', '江苏', '江西', '云南'],
    ['自然屯', '王屯', '李屯'],
    ['星座', '白羊', '金牛'],
    ['楼宇', '金融', '商务'],
    ['品牌', '华为', '安踏'],
    ['站点', '安宁', '高新'],
    ['队名', '雷锋', '温馨'],
    ['属相', '马年', '龙年'],
    ['帮带', '李二', '李二', '李二', '李二', '李二', '王三'],
  ])('over something else than people leaves no doubt: %s', (heading, ...values) => {
    const { columns, people } = readWith(heading, ...values);
    expect(columns).toEqual(['name', null, 'documentNumber', 'phone']);
    expect(people.map(({ faults, flags }) => [faults, flags])).toEqual(values.map(() => [[], []]));
  });

  test.each([['李二'], ['李二', '王三', '赵四'], ['阿不都·买买提'], ['李二、王三']])(
    'over people makes the columns right of it doubtful: %s',
    (...values) => {
      for (const heading of ['一对一', '帮带', '结对专家'])
        expect(() => readWith(heading, ...values)).toThrow(Problem);
    },
  );
});

test.each(['配偶', '户主', '网格员', '老人姓名'])(
  '%s over blank cells makes nothing doubtful',
  (heading) => {
    expect(readWith(heading, '', '').columns).toEqual(['name', null, 'documentNumber', 'phone']);
    expect(refusalOf(`姓名,子女,${heading},身份证号\n张一,李二,,${ids.other}`)).toMatch(
      /看不出 D 列/,
    );
    const list = open(
      tableOf(`姓名,手机,${heading},联系电话\n张一,${phones.own},,${phones.other}`),
    );
    expect(peopleIn(list)[0]?.person?.phone).toBe(`+86${phones.own}`);
  },
);

describe('two columns of one meaning', () => {
  const columnsOf = (headings: string, ...cells: readonly string[]) =>
    open(tableOf([headings, ...cells].join('\n'))).columns.map(({ column }) => column ?? null);

  test.each([
    ...['所在居委会', '服务区域', '归属社区', '服务社区', '所在村', '所属社区', '居住区域'],
  ])('社区 is read, and %s is not', (other) => {
    expect(columnsOf(`姓名,手机,社区,${other}`)).toEqual(['name', 'phone', 'area', null]);
    expect(columnsOf(`姓名,手机,${other},社区`)).toEqual(['name', 'phone', null, 'area']);
    expect(columnsOf(`姓名,手机,${other}`)).toEqual(['name', 'phone', 'area']);
  });

  test.each(['报名手机号', '注册手机号', '常用手机', '通讯方式', '预留电话'])(
    '手机 and 联系电话 are read, and %s is not',
    (other) => {
      for (const exact of ['手机', '联系电话']) {
        expect(columnsOf(`姓名,${exact},${other}`)).toEqual(['name', 'phone', null]);
        expect(columnsOf(`姓名,${other},${exact}`)).toEqual(['name', null, 'phone']);
      }
      expect(columnsOf(`姓名,注册手机号,紧急联系人,联系电话`, '张一,1,李二,2')).toEqual([
        'name',
        'phone',
        null,
        null,
      ]);
    },
  );

  test.each([
    ['中文名', ''],
    ['志愿者名称', '张一'],
    ['志愿者名称', ''],
    ['义工', '是'],
    ['志愿者', '否'],
    ['学生', '√'],
    ['英文姓名', 'Zhang Yi'],
    ['英文姓名', '张一'],
    ['英文名', 'Yi'],
    ['姓名拼音', 'zhangyi'],
    ['曾用名', '张二'],
    ['别名', '张二'],
  ])('姓名 and 中文姓名 are read, and %s over %j is not', (other, cell) => {
    for (const exact of ['姓名', '中文姓名'])
      expect(
        columnsOf(`${exact},${other},身份证号,手机`, `张一,${cell},${ids.own},${phones.own}`),
      ).toEqual(['name', null, 'documentNumber', 'phone']);
  });

  test('the row’s name is the one under 姓名, also right of 志愿者', () => {
    const text = `志愿者,常用手机,姓名,手机\n是,,张一,${phones.own}\n否,,张二,${phones.other}`;
    expect(peopleIn(open(tableOf(text))).map(({ person }) => person?.name)).toEqual([
      '张一',
      '张二',
    ]);
  });

  test('志愿者 over the names of others is a second person', () => {
    expect(refusalOf(`姓名,志愿者,手机\n李二,张一,${phones.own}`)).toMatch(/A 列与 B 列都是姓名/);
  });

  test.each(['手机,联系电话', '所在社区,服务社区', '社区,社区', '报名手机,注册手机'])(
    'are refused where none is more exact: %s',
    (headings) => {
      expect(refusalOf(`姓名,${headings}`)).toMatch(/含义相同/);
    },
  );
});

test.each(officeHeadings)('the list of an office is read: %s', (headings, expected) => {
  const cells: string[] = [];
  for (const { at, heading } of open(tableOf(headings)).columns) cells[at] = cellFor(heading);
  const list = open([...tableOf(headings), cells]);
  const [person] = peopleIn(list);
  expect([person?.faults, Object.keys(person?.person ?? {})]).toEqual([
    [],
    expect.arrayContaining(expected.split(' ')),
  ]);
  expect(person?.person?.name).toBe('张一');
});

/** What stands in an office's list below a heading. */
function cellFor(given: string): string {
  const heading = given.replace(/\s/g, '');
  if (/关系/.test(heading)) return '父子';
  if (/监护|家长/.test(heading)) return /电话|手机|方式/.test(heading) ? phones.other : '张父';
  if (/类型|民族|国籍/.test(heading)) return /证件/.test(heading) ? '身份证' : '汉族';
  if (/身份证|身份号|证件号|证件编号/.test(heading)) return ids.own;
  if (/紧急|应急/.test(heading)) return /电话|手机|方式/.test(heading) ? phones.other : '李二';
  if (/电话|手机|(?:联系|通讯)方式$|Mobile/.test(heading)) return phones.own;
  if (/年龄/.test(heading)) return '40';
  if (/出生年月$/.test(heading)) return '1985.05';
  if (/出生|生日/.test(heading)) return '1985-05-05';
  if (/性别/.test(heading)) return '男';
  if (/队长|组长|负责人|推荐人|介绍人|网格员|楼长|班主任/.test(heading)) return '李二';
  if (/姓名|名字|志愿者名称|^报名人$|申请人|Name/.test(heading)) return '张一';
  if (/序号|编号|号$/.test(heading)) return '1';
  if (/住址|地址/.test(heading)) return '新华路1号';
  return /是否|党员|退役/.test(heading) ? '是' : '其他';
}

interface Line {
  readonly name: string;
  readonly documentNumber: string;
  readonly phone: string;
}
const surname = fc.constantFrom(...'王李张刘陈杨赵黄');
const given = fc.constantFrom(...'一二三芳伟敏静丽强磊');
const line = fc
  .record({
    name: fc.tuple(surname, given).map((parts) => parts.join('')),
    n: fc.integer({ min: 1, max: 499 }),
  })
  .map(({ name, n }) => ({ name, n }));
const fields = {
  name: ['姓名'],
  documentNumber: ['身份证号', '证件号码', '公民身份号码'],
  phone: ['手机', '联系电话', '电话'],
} as const;
type Field = keyof typeof fields;
const heads = (among: readonly Field[]) =>
  fc
    .shuffledSubarray([...among], { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((field) =>
          fc.constantFrom(...fields[field]).map((heading) => ({ field, heading })),
        ),
      ),
    );
const own = heads(['documentNumber', 'phone']);
const neutral = fc.subarray(['序号', '民族', '单位', '职务', '备注', '服务队']);
const fill: Readonly<Record<string, string>> = {
  序号: '1',
  民族: '汉族',
  单位: '民政局',
  职务: '科员',
  备注: '',
  服务队: '红马甲',
};
const layout = fc.record({
  own,
  others: fc.array(
    fc.record({
      role: fc.constantFrom(...roles),
      fields: heads(['documentNumber', 'phone']),
      named: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  neutral,
  rows: fc.constantFrom('one' as const, 'two' as const, 'merged' as const),
  first: fc.boolean(),
  titled: fc.boolean(),
  people: fc.array(fc.tuple(line, line, line), { minLength: 1, maxLength: 4 }),
});

test('nobody gets the name or a number of somebody else in the row', () => {
  let read = 0;
  fc.assert(
    fc.property(layout, ({ own: mine, others, neutral: plain, rows, first, titled, people }) => {
      const valuesOf = (
        { name, n }: { name: string; n: number },
        who: number,
        row: number,
      ): Line => ({
        name,
        documentNumber: residentIdOf(`19${50 + who * 10}-0${1 + row}-05`, n),
        phone: `13${who}${String(row).padStart(2, '0')}${String(n).padStart(6, '0')}`,
      });
      const isTwo = rows !== 'one';
      type Part = {
        readonly upper: string;
        readonly lower: string;
        readonly of: (row: readonly Line[], at: number) => string;
      };
      const leaf = (heading: string, of: Part['of']): Part => ({ upper: heading, lower: '', of });
      const volunteer: Part[] = [
        leaf('姓名', ([me]) => me?.name ?? ''),
        ...mine.map(({ field, heading }) => leaf(heading, ([me]) => me?.[field] ?? '')),
        ...plain.map((heading) =>
          leaf(heading, (_, at) => (heading === '序号' ? String(at) : (fill[heading] ?? ''))),
        ),
      ];
      const another = others.flatMap(({ role, fields: theirs, named }, who): Part[] => {
        const word = role.replace(/姓名$/, '');
        const of =
          (field: Field): Part['of'] =>
          (row) =>
            row[who + 1]?.[field] ?? '';
        if (!isTwo)
          return [
            leaf(role, of('name')),
            ...theirs.map(({ field, heading }) =>
              leaf(named ? word + heading : heading, of(field)),
            ),
          ];
        return [{ field: 'name' as const, heading: '姓名' }, ...theirs].map(
          ({ field, heading }, at) => ({
            upper: at === 0 || rows === 'merged' ? word : '',
            lower: heading,
            of: of(field),
          }),
        );
      });
      const parts = first ? [...another, ...volunteer] : [...volunteer, ...another];
      const continued = new Set<number>();
      parts.forEach(({ upper, lower }, at) => {
        if (
          rows === 'merged' &&
          lower !== '' &&
          parts[at - 1]?.upper === upper &&
          parts[at - 1]?.lower !== ''
        )
          continued.add(at);
      });
      const lines = people.map((row, at) => row.map((each, who) => valuesOf(each, who, at)));
      const title = titled ? [['某街道名册']] : [];
      const table = [
        ...title,
        parts.map(({ upper }) => upper),
        ...(isTwo
          ? [parts.map(({ upper, lower }) => lower || (rows === 'merged' ? upper : ''))]
          : []),
        ...lines.map((row, at) => parts.map(({ of }) => of(row, at + 1))),
      ];
      try {
        const list = open(table, new Map([[title.length, continued]]));
        const found = peopleIn(list);
        expect(found).toHaveLength(lines.length);
        read += 1;
        found.forEach(({ person }, at) => {
          const [me] = lines[at] ?? [];
          const has = (field: Field) => mine.some((each) => each.field === field);
          expect(person).toMatchObject({
            name: me?.name,
            ...(has('phone') ? { phone: `+86${me?.phone}` } : {}),
            ...(has('documentNumber') ? { idDocument: { number: me?.documentNumber } } : {}),
          });
          const theirs = (lines[at] ?? [])
            .slice(1)
            .flatMap(({ documentNumber, phone }) => [documentNumber, phone]);
          for (const value of theirs) expect(JSON.stringify(person)).not.toContain(value);
        });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        expect(error.params.zh).toMatch(/看不出|没有志愿者的姓名|含义相同/);
      }
    }),
    { numRuns: 1_000 },
  );
  // Most of such lists say whose each column is.
  expect(read).toBeGreaterThan(500);
});
