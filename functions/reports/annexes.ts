import { roleWords } from '../html/role-words.ts';
import type { Material, PeriodFigures } from './material.ts';
import { definitions } from './metric-tables.ts';
import { tenths } from './numbers.ts';
import { periodWords, statusWords } from './period-words.ts';
import { date, name, type Words } from './pieces.ts';
import { labelOf } from './restated-words.ts';
import {
  type Column,
  isNumber,
  numberColumn,
  type Row,
  row,
  sumRow,
  type Table,
  type TableCell,
  unitColumn,
  wordColumn,
} from './tables.ts';
import { outsidePlan } from './themes.ts';
import { everywhere, type Writer } from './writer.ts';

type Place = typeof everywhere | { areaId: string; alone: true; theme: null };
type At = Omit<Place, 'theme'> & { readonly theme: string | null };

/** What tables by month, area and theme show of each. Estimates have a column of their own. */
const shown = [
  'activitiesHeld',
  'participations',
  'distinctVolunteers',
  'creditedMinutes',
  'onDutyParticipations',
  'beneficiaries',
] as const;

const columnsOf = (writer: Writer): readonly Column[] => [
  ...shown.map((metric) => numberColumn(writer, metric)),
  numberColumn(
    writer,
    'beneficiaries',
    writer.say('服务群众（估计数）', 'beneficiaries (estimated)'),
  ),
];

const cellsOf = (writer: Writer, of: PeriodFigures, at: At): readonly TableCell[] => [
  ...shown.map((metric) => writer.inTable(writer.counted(of, metric, at))),
  writer.inTable(writer.estimated(of, 'beneficiaries', at)),
];

const total = (writer: Writer): Words => ({ text: writer.say('合计', 'Total'), kind: 'text' });

const asClosed = (cell: TableCell): TableCell =>
  cell !== null && isNumber(cell) && cell.basis === 'counted' ? { ...cell, basis: 'closed' } : cell;

/**
 * What was corrected in the closed months and is in the year's figures, so that the months and this add up
 * to the year. Persons do not add up, so they have no such number.
 * @param from the first column with numbers
 */
const correctionsBetween = (
  months: readonly Row[],
  year: readonly TableCell[],
  from: number,
  writer: Writer,
): readonly TableCell[] =>
  year.map((total, column) => {
    if (total === null || !isNumber(total) || !writer.addsUp(total.metric)) return null;
    const parts = months.flatMap(({ cells }) => {
      const cell = cells[column + from] ?? null;
      return cell !== null && isNumber(cell) ? [cell.value] : [];
    });
    const value = tenths(total.value - parts.reduce((sum, part) => sum + part, 0));
    return value === 0 ? null : writer.inTable({ ...total, value, basis: 'change' });
  });

const byMonth = ({ months, figures }: Material, writer: Writer): Table => {
  const joining = ['volunteersRegistered', 'teamsFormed'] as const;
  const cells = (of: PeriodFigures) => [
    ...cellsOf(writer, of, everywhere),
    ...joining.map((metric) => writer.inTable(writer.counted(of, metric))),
  ];
  const ofMonths = months.map((of) =>
    row([
      periodWords(of.period, writer),
      { text: writer.say(...statusWords[of.status]), kind: 'text' },
      ...(of.status === 'draft' ? cells(of) : cells(of).map(asClosed)),
    ]),
  );
  const all = cells(figures);
  const corrections = correctionsBetween(ofMonths, all, 2, writer);
  const rows = corrections.some((cell) => cell !== null)
    ? [
        ...ofMonths,
        row([
          { text: writer.say('关账后更正', 'Corrected since'), kind: 'text' },
          null,
          ...corrections,
        ]),
      ]
    : ofMonths;
  return {
    title: writer.say('附表1 按月', 'Annex 1: by month'),
    sheet: 'months',
    columns: [
      wordColumn(writer.say('月份', 'Month')),
      wordColumn(writer.say('状态', 'Status')),
      ...columnsOf(writer),
      ...joining.map((metric) => numberColumn(writer, metric)),
    ],
    rows: [...rows, sumRow(writer, rows, [total(writer), null, ...all])],
  };
};

const byTheme = (material: Material, writer: Writer): Table => {
  const { figures, themes, routines } = material;
  const planned = [...themes, ...routines].map(({ key, title, months }) => ({
    key,
    title,
    months: months.length === 0 ? writer.say('全年', 'all year') : months.join('、'),
  }));
  const others = outsidePlan(material).map((key) => ({
    ...{ key, title: key },
    months: writer.say('方案外', 'outside the plan'),
  }));
  const rows = [...planned, ...others].map(({ key, title, months }) =>
    row([
      name(title),
      date(months),
      writer.inTable(writer.counted(figures, 'activitiesPublished', { ...everywhere, theme: key })),
      ...cellsOf(writer, figures, { ...everywhere, theme: key }),
    ]),
  );
  return {
    title: writer.say('附表2 按主题', 'Annex 2: by theme'),
    sheet: 'themes',
    columns: [
      wordColumn(writer.say('主题', 'Theme')),
      wordColumn(writer.say('月份', 'Months')),
      numberColumn(writer, 'activitiesPublished'),
      ...columnsOf(writer),
    ],
    rows: [
      ...rows,
      sumRow(writer, rows, [
        ...[total(writer), null],
        writer.inTable(writer.counted(figures, 'activitiesPublished')),
        ...cellsOf(writer, figures, everywhere),
      ]),
    ],
  };
};

const byArea = ({ figures }: Material, writer: Writer, areas: readonly string[]): Table => {
  const rows = areas.map((areaId) =>
    row([
      writer.area(areaId),
      name(areaId),
      ...cellsOf(writer, figures, { areaId, alone: true, theme: null }),
    ]),
  );
  return {
    title: writer.say(
      '附表3 按区域（按区域代码顺序，不作排名）',
      'Annex 3: by area, in the order of area codes; this is no ranking',
    ),
    sheet: 'areas',
    columns: [
      wordColumn(writer.say('区域', 'Area')),
      wordColumn(writer.say('区域代码', 'Code of the area')),
      ...columnsOf(writer),
    ],
    rows: [
      ...rows,
      sumRow(writer, rows, [total(writer), null, ...cellsOf(writer, figures, everywhere)]),
    ],
  };
};

/** Outputs, each with its themes; an output of several themes has a sum below them. */
const outputs = (material: Material, writer: Writer): Table => {
  const { figures, metrics, themes, routines } = material;
  const titles = new Map([...themes, ...routines].map(({ key, title }) => [key, title]));
  const order = [...titles.keys(), ...outsidePlan(material)];
  const rows: Row[] = [];
  for (const metric of Object.keys(metrics).filter((each) => each.startsWith('outputs.'))) {
    const cells = (theme: string | null) => {
      const at = { ...everywhere, theme };
      return [
        writer.inTable(writer.counted(figures, metric, at)),
        writer.inTable(writer.estimated(figures, metric, at)),
        writer.unit(metric),
      ];
    };
    const from = rows.length;
    for (const theme of order) {
      const own = cells(theme);
      if (own[0] !== null || own[1] !== null)
        rows.push(row([writer.label(metric), name(titles.get(theme) ?? theme), ...own]));
    }
    if (rows.length - from > 1)
      rows.push(
        sumRow(
          writer,
          rows,
          [
            writer.label(metric),
            { text: writer.say('小计', 'Subtotal'), kind: 'text' },
            ...cells(null),
          ],
          from,
          rows.length - 1,
        ),
      );
  }
  const number = (title: string): Column => ({ title, unit: null, numbers: true, decimals: 0 });
  return {
    title: writer.say('附表4 产出', 'Annex 4: outputs'),
    sheet: 'outputs',
    columns: [
      wordColumn(writer.say('产出', 'Output')),
      wordColumn(writer.say('主题', 'Theme')),
      number(writer.say('数量', 'Counted')),
      number(writer.say('估计数', 'Estimated')),
      unitColumn(writer),
    ],
    rows,
  };
};

const restatements = ({ restated }: Material, writer: Writer): Table => {
  const value = (each: Material['restated'][number], of: 'old' | 'now'): TableCell => {
    const number = each[of];
    if (number === null) return null;
    return writer.inTable(
      writer.other(each.metric, number, 'corrected', { period: each.closedPeriod }),
    );
  };
  const column = (title: string, numbers = false): Column => ({
    ...wordColumn(title),
    numbers,
  });
  const { say } = writer;
  return {
    title: say('附表6 更正', 'Annex 6: corrections of closed figures'),
    sheet: 'restatements',
    columns: [
      column(say('期间', 'Period')),
      column(say('更正日期', 'Corrected on')),
      column(say('年度数据', 'Figures of the year')),
      column(say('指标', 'Metric')),
      column(say('原数', 'Closed'), true),
      column(say('改为', 'Now'), true),
      unitColumn(writer),
      column(say('更正事项', 'What happened')),
      column(say('原因', 'Reason')),
      column(say('更正人角色', 'Role')),
    ],
    rows: restated.map((each) =>
      row([
        periodWords(each.closedPeriod, writer),
        date(each.madeOn),
        each.isAfterYear === null
          ? null
          : each.isAfterYear
            ? { text: say('年度关账后，未计入', 'later, not included'), kind: 'text' }
            : { text: say('已计入', 'included'), kind: 'text' },
        labelOf(each, writer),
        value(each, 'old'),
        value(each, 'now'),
        writer.unit(each.metric),
        name(say(each.cause.zh, each.cause.en)),
        each.reason === null ? null : name(each.reason),
        name(say(roleWords[each.role].zh, roleWords[each.role].en)),
      ]),
    ),
  };
};

const requests = ({ requests: all }: Material, writer: Writer): Table => ({
  title: writer.say('附表5 居民点单', 'Annex 5: residents’ requests'),
  sheet: 'totals',
  columns: [
    wordColumn(writer.say('指标', 'Metric')),
    { ...wordColumn(writer.say('数量', 'Counted')), numbers: true },
    unitColumn(writer),
  ],
  rows:
    all === null
      ? [
          row([
            {
              text: writer.say('本系统暂不登记', 'not recorded in this system yet'),
              kind: 'text',
            },
            null,
            null,
          ]),
        ]
      : all.map(({ metric, words, value }) =>
          row([
            name(writer.say(words.zh, words.en)),
            writer.inTable(
              value === null
                ? undefined
                : writer.other(metric, value, 'counted', { unit: words.unit }),
            ),
            name(writer.say(words.unitZh, words.unit)),
          ]),
        ),
});

/** The tables after the text. A bulletin has no months; its tables keep the numbers of the year’s. */
export const annexes = (
  material: Material,
  writer: Writer,
  areas: readonly string[],
): readonly Table[] => [
  ...(material.months.length > 0 ? [byMonth(material, writer)] : []),
  byTheme(material, writer),
  byArea(material, writer, areas),
  outputs(material, writer),
  requests(material, writer),
  restatements(material, writer),
  definitions(material, writer),
];
