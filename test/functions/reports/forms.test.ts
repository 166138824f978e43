import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import FormulaParser from 'fast-formula-parser';
import readXlsxFile from 'read-excel-file/node';
import { xlsx } from '../../../functions/files/office-kind.ts';
import { openPackage } from '../../../functions/files/package-parts.ts';
import type { View } from '../../../functions/html/view.ts';
import { type ReportAnswer, report } from '../../../functions/reports/answer.ts';
import { renderCsv } from '../../../functions/reports/csv.ts';
import type { Material } from '../../../functions/reports/material.ts';
import { renderPage } from '../../../functions/reports/page.ts';
import { periodFigures } from '../../../functions/reports/period-figures.ts';
import type { Figure } from '../../../functions/reports/pieces.ts';
import { buildReport } from '../../../functions/reports/report.ts';
import { reportAnswer } from '../../../functions/reports/report-answer.ts';
import { renderWorkbook } from '../../../functions/reports/workbook.ts';
import { months } from '../../lab/figures/history.ts';
import { documentsOf } from '../../support/documents-of.ts';
import {
  runningMetrics,
  season,
  sourcesOf,
  sumMetrics,
  tree,
  unitOf,
  wantedOf,
} from '../../support/random-season.ts';
import {
  figuresOf,
  materialOf,
  monthOf,
  outputMeasures,
  planned,
} from '../../support/report-material.ts';
import {
  figuresIn,
  namesIn,
  numbersIn,
  ownWordsIn,
  tablesOf,
} from '../../support/report-numbers.ts';

type Locale = 'zh-CN' | 'en';
const answerOf = (material: Material, locale: Locale): ReportAnswer =>
  report.parse(reportAnswer(buildReport(material, locale), { isPublic: false }));

/** A number as it is shown: in hours if it is a time, with 万 in a sentence. */
const valueShown = ({ shown }: Figure): number =>
  shown.endsWith('万') ? Number(shown.slice(0, -1)) * 10_000 : Number(shown);
const inShownUnit = ({ value, unit }: Figure): number => (unit === 'minutes' ? value / 60 : value);

const expectShownAsItIs = (answer: ReportAnswer): void => {
  for (const figure of figuresIn(answer)) {
    const off = Math.abs(valueShown(figure) - inShownUnit(figure));
    expect([figure, off <= 0.05 + 1e-9]).toEqual([figure, true]);
  }
  expect(ownWordsIn(answer).flatMap(numbersIn)).toEqual([]);
};

const counted = (all: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(all, (each) => each)].map(([each, same]) => [each, same.length]));

/** All numbers of a text are figures of the report, or in one of its names, as often as it has them. */
const expectNoOthers = (text: string, answer: ReportAnswer, besides: readonly string[]): void => {
  const allowed = new Set(
    [...figuresIn(answer).map(({ shown }) => shown), ...namesIn(answer), ...besides].flatMap(
      numbersIn,
    ),
  );
  const strange = [...counted(numbersIn(text)).keys()].filter((number) => !allowed.has(number));
  expect(strange).toEqual([]);
};

/** The page for anybody. */
const viewOf = ({ language, period }: ReportAnswer): View => ({
  ...{ locale: language, year: 2025, path: `/reports/${period}`, query: {} },
  ...{ signedIn: undefined, hasSession: false, roles: [], refusal: undefined },
});

const textOfPage = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot);/g, ' ');

/** The cells of the workbook in all sheets, by their references, with the formulas of some. */
const workbookOf = async (answer: ReportAnswer) => {
  const bytes = Buffer.from(renderWorkbook(answer).bytes);
  const sheets = await readXlsxFile(bytes);
  const { names, part } = openPackage(bytes, xlsx);
  const parts = names.filter((name) => name.startsWith('xl/worksheets/')).sort();
  return sheets.map(({ sheet, data }, at) => {
    const xml = Buffer.from(part(parts[at] ?? '') ?? []).toString('utf8');
    const formulas = [...xml.matchAll(/<c r="([A-Z]+)(\d+)"[^>]*><f>([^<]*)<\/f><v>([^<]*)<\/v>/g)];
    return { name: sheet, rows: data, formulas };
  });
};

const recompute = (
  rows: readonly (readonly unknown[])[],
  formula: string,
  position: { readonly row: number; readonly col: number; readonly sheet: string },
): unknown =>
  new FormulaParser({
    onCell: ({ row, col }: { row: number; col: number }) => rows[row - 1]?.[col - 1] ?? null,
    onRange: ({
      from,
      to,
    }: {
      from: { row: number; col: number };
      to: { row: number; col: number };
    }) =>
      Array.from({ length: to.row - from.row + 1 }, (_row, down) =>
        Array.from(
          { length: to.col - from.col + 1 },
          (_cell, right) => rows[from.row - 1 + down]?.[from.col - 1 + right] ?? null,
        ),
      ),
  }).parse(formula, position);

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

const expectWorkbook = async (answer: ReportAnswer): Promise<number> => {
  const workbook = await workbookOf(answer);
  const values = new Set(figuresIn(answer).map((figure) => inShownUnit(figure).toPrecision(12)));
  let formulas = 0;
  for (const { name, rows, formulas: own } of workbook) {
    const strange = rows
      .flat()
      .filter((cell) => typeof cell === 'number' && !values.has(cell.toPrecision(12)));
    expect({ name, strange }).toEqual({ name, strange: [] });
    const texts = rows.flat().filter((cell): cell is string => typeof cell === 'string');
    expectNoOthers(texts.join(' '), answer, ['5']);
    for (const [, letters = '', row = '', formula = '', cached] of own) {
      const position = { row: Number(row), col: columnOf(letters), sheet: name };
      expect([formula, Number(recompute(rows, formula, position))]).toEqual([
        formula,
        expect.closeTo(Number(cached), 6),
      ]);
      formulas += 1;
    }
  }
  return formulas;
};

const expectEveryForm = async (material: Material): Promise<number> => {
  let formulas = 0;
  for (const locale of ['zh-CN', 'en'] as const) {
    const answer = answerOf(material, locale);
    expectShownAsItIs(answer);
    for (const { text, pieces } of answer.parts.flatMap(({ paragraphs }) => paragraphs))
      expect(pieces.map((piece) => ('text' in piece ? piece.text : piece.shown)).join('')).toBe(
        text,
      );
    expectNoOthers(textOfPage(renderPage(answer, undefined, viewOf(answer)).text), answer, ['5']);
    formulas += await expectWorkbook(answer);
    const csv: string[][] = parse(renderCsv(answer).text, { bom: true });
    const shown = new Set(
      tablesOf(answer).flatMap(({ rows }) =>
        rows.flatMap(({ cells }) =>
          cells.flatMap((cell) => (cell !== null && 'shown' in cell ? [Number(cell.shown)] : [])),
        ),
      ),
    );
    for (const [table, row, column, value = ''] of csv.slice(1))
      expect([
        table,
        row,
        column,
        value === '' || /少于|不公布|below|not shown/.test(value) || shown.has(Number(value)),
      ]).toEqual([table, row, column, true]);
  }
  return formulas;
};

const figureKey = ({ metric, period, areaId, alone, theme, value, basis }: Figure): string =>
  [metric, period, areaId, alone, theme, value, basis].join('|');

describe('over random seasons', () => {
  const names = [...sumMetrics, 'distinctVolunteers', 'partners', ...runningMetrics];

  test('every number is the figure of its cell, in every form', async () => {
    let formulas = 0;
    await fc.assert(
      fc.asyncProperty(season, async ({ facts, pages }) => {
        const items = documentsOf(facts, { pages, unitOf });
        const wanted = wantedOf(facts);
        const read = (each: string) => periodFigures(each, sourcesOf(items, each));
        for (const period of ['2025', '2025-10', '2026']) {
          const material = materialOf({
            ...{ period, tree, figures: read(period), areaNames: new Map() },
            months:
              period === '2025'
                ? months
                    .filter((each) => each.startsWith('2025'))
                    .map((each) => monthOf(read(each)))
                : [],
            themes: [planned('LAUNCH', '启动仪式', { months: [3] })],
          });
          for (const figure of figuresIn(answerOf(material, 'zh-CN'))) {
            if (figure.basis !== 'counted' || !names.includes(figure.metric)) continue;
            const { metric, value } = figure;
            expect([figure, wanted(figure)[metric]]).toEqual([figure, value]);
          }
          formulas += await expectEveryForm(material);
        }
      }),
      { numRuns: 3 },
    );
    expect(formulas).toBeGreaterThan(0);
  });
});

describe('over random figures', () => {
  const amount = fc.oneof(fc.constant(0), fc.nat(12), fc.nat(20_000), fc.nat(9_999_999));
  const metrics = [
    ...['activitiesHeld', 'participations', 'distinctVolunteers', 'creditedMinutes'],
    ...['pendingMinutes', 'beneficiaries', 'beneficiariesEstimated', 'onDutyParticipations'],
    ...['partners', 'teams', 'teamsFormed', 'volunteersRegistered', 'registeredVolunteers'],
    ...outputMeasures,
  ];
  const measures = fc
    .dictionary(fc.constantFrom(...metrics), amount, { maxKeys: 20 })
    .map((all) => ({ ...all }));
  const cells = fc.record({
    '* all *': measures,
    '* all LAUNCH': measures,
    '* all FREE_CLINIC': measures,
    '* all OTHER': measures,
    'hongqi-01 alone *': measures,
    'hongqi-02 alone *': measures,
    'hongqi-03 alone *': measures,
  });
  const share = fc.option(
    fc.record({ numerator: fc.nat(50), denominator: fc.integer({ min: 50, max: 90 }) }),
  );
  const text = fc.option(
    fc.record({
      text: fc.constantFrom('共3类问题', '=1+1', '<b>&amp;</b>\n"二"'),
      authorId: fc.constant('admin-1'),
      writtenAt: fc.constant('2025-12-20T06:00:00.000Z'),
    }),
  );
  const materials = fc
    .record({
      cells,
      before: fc.option(measures),
      quality: fc.record({
        ...{ evidence: share, onTimeRecords: share, corrections: share, exactHundreds: share },
        correctedMinutes: fc.option(amount),
        origins: fc.option(
          fc.constant(
            new Map([
              ['scan', 3],
              ['import', 4],
            ]),
          ),
        ),
        flagsSeen: fc.option(amount),
        flagsDismissed: fc.option(amount),
      }),
      restated: fc.array(
        fc.record({
          closedPeriod: fc.constantFrom('2025', '2025-03'),
          madeOn: fc.constant('2026-02-03'),
          metric: fc.constantFrom('creditedMinutes', 'participations'),
          isAfterYear: fc.constantFrom(null, false, true),
          isEstimate: fc.boolean(),
          cause: fc.constant({ zh: '服务时长已更正', en: 'Hours were corrected' }),
          ...{ old: fc.option(amount), now: fc.option(amount) },
          reason: fc.constantFrom(null, '重复录入2条'),
          role: fc.constant('verifier'),
        }),
        { maxLength: 12 },
      ),
      problems: text,
      count: fc.option(amount),
    })
    .map(({ cells: all, before, quality, restated, problems, count }) =>
      materialOf({
        figures: figuresOf('2025', all),
        before: before && figuresOf('2024', { '* all *': before }),
        ...{ quality, restated, status: 'restated', closed: { version: 2, root: 'ab12' } },
        asOf: '2026-01-05',
        firstServices: { within60Days: count, never: count },
        requests: [
          {
            metric: 'requestsReceived',
            words: { zh: '收到点单', en: 'requests received', unit: 'requests', unitZh: '件' },
            value: count,
          },
        ],
        themes: [
          planned('LAUNCH', '第1次启动', { months: [3] }),
          planned('FREE_CLINIC', '义诊', { months: [9, 10] }),
        ],
        texts: { problems, nextYear: null, lateOn: { problems: '2026-02-01', nextYear: null } },
      }),
    );

  test('no form has a number that is no figure', async () => {
    await fc.assert(
      fc.asyncProperty(materials, async (material) => {
        await expectEveryForm(material);
      }),
      { numRuns: 20 },
    );
  });

  test('both languages have the same numbers', () => {
    fc.assert(
      fc.property(materials, (material) => {
        const [zh, en] = (['zh-CN', 'en'] as const).map((locale) =>
          figuresIn(answerOf(material, locale))
            .filter(({ metric }) => metric !== 'characters')
            .map(figureKey)
            .sort(),
        );
        expect(en).toEqual(zh);
      }),
      { numRuns: 20 },
    );
  });
});

describe('what somebody wrote', () => {
  const nasty = '=HYPERLINK("https://example.org")<script>alert(1)</script>]]>_x000D_';
  const answer = answerOf(
    materialOf({
      themes: [planned('LAUNCH', nasty)],
      figures: figuresOf('2025', { '* all LAUNCH': { activitiesHeld: 2, 'outputs.audience': 3 } }),
    }),
    'zh-CN',
  );

  test('is escaped in a page, which has no scripts and may load nothing', () => {
    const { text, headers } = renderPage(answer, undefined, viewOf(answer));
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  test('is text in a workbook, as it is', async () => {
    const themes = (await workbookOf(answer)).find(({ name }) => name === '按主题');
    expect(themes?.rows.flat()).toContain(nasty);
    expect(themes?.formulas.map(([, , , formula]) => formula?.slice(0, 4))).not.toContain('HYPE');
  });

  test('begins with an apostrophe in CSV when it could be a formula', () => {
    const rows: string[][] = parse(renderCsv(answer).text, { bom: true });
    expect(rows.map(([, row]) => row).filter((row) => row?.startsWith(`'${nasty}`))).not.toEqual(
      [],
    );
    expect(rows.flat().filter((field) => /^[=+@]/.test(field))).toEqual([]);
  });
});

describe('a workbook', () => {
  const figures = figuresOf('2025', {
    '* all *': { creditedMinutes: 4_560_030, activitiesHeld: 3 },
    'hongqi-01 alone *': { creditedMinutes: 4_560_000, activitiesHeld: 1 },
    'hongqi-02 alone *': { creditedMinutes: 30, activitiesHeld: 2 },
  });
  const answer = answerOf(materialOf({ figures }), 'zh-CN');

  test('has the seven sheets', async () => {
    expect((await workbookOf(answer)).map(({ name }) => name)).toEqual([
      ...['总表', '按月', '按社区', '按主题', '产出', '更正', '说明'],
    ]);
  });

  test('has hours as numbers, and sums as formulas with their values', async () => {
    const areas = (await workbookOf(answer)).find(({ name }) => name === '按社区');
    expect(areas?.rows[1]?.slice(0, 6)).toEqual([
      ...['区域', '区域代码', '开展活动（场次）', '参与志愿者人次（人次）'],
      ...['参与志愿者人数（人）', '服务时长（小时）'],
    ]);
    expect(areas?.rows[5]?.slice(0, 6)).toEqual(['合计', null, 3, null, null, 76_000.5]);
    expect(
      areas?.formulas.map(([, column, row, formula, value]) => [column, row, formula, value]),
    ).toEqual([
      ['C', '6', 'SUM(C3:C5)', '3'],
      ['F', '6', 'SUM(F3:F5)', '76000.5'],
    ]);
  });

  test('and the other files have plain names', () => {
    expect(renderWorkbook(answer).headers['content-disposition']).toBe(
      'attachment; filename="report-2025-draft.xlsx"',
    );
    expect(renderCsv(answer).headers['content-disposition']).toBe(
      'attachment; filename="report-2025-draft.csv"',
    );
  });
});
