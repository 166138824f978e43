import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Activity } from '../../../events/activities.ts';
import { catalogue, type DomainEvent } from '../../../events/catalogue.ts';
import { readClosed } from '../../../functions/closed/read-closed.ts';
import { metricsOf } from '../../../functions/figures/metrics.ts';
import { xlsx } from '../../../functions/http/contract.ts';
import type { ReportAnswer } from '../../../functions/reports/answer.ts';
import { handler } from '../../../functions/reports/api.ts';
import type { Figure } from '../../../functions/reports/pieces.ts';
import { monthsOf } from '../../../functions/runtime/calendar.ts';
import { addUp } from '../../../functions/totals/add-up.ts';
import { inUnits } from '../../../functions/totals/figure.ts';
import { readSources } from '../../../functions/totals/sources.ts';
import {
  appendAll,
  appendClosed,
  close,
  january,
  projectAll,
  restateAfter,
} from '../../support/closing.ts';
import { placeOf, season, verifiedActivity } from '../../support/generations.ts';
import { ask } from '../../support/http-event.ts';
import { figuresIn } from '../../support/report-numbers.ts';
import { entry, eventOf, idOf, sheetFact, sheetIdOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

const month = '2025-04';
const later = january + 86_400_000;
const whole = { areaId: null, alone: false, theme: null } as const;
const metrics = metricsOf({});

const readFinal = (period: string, headers = {}) =>
  ask(handler, {
    ...(period.length === 4
      ? { route: 'GET /reports/{year}', params: { year: period } }
      : { route: 'GET /bulletins/{month}', params: { month: period } }),
    headers,
  });
const final = async (period: string): Promise<ReportAnswer> => {
  const { status, body } = await readFinal(period);
  expect([period, status]).toEqual([period, 200]);
  return body;
};

/** The two verified lines of sheet 2, which is of April, are struck out. */
const voidTwo = (): DomainEvent => {
  const lines = [2, 3, 4].map((n) => ({
    ...{ ...entry, volunteerId: idOf('c', n), creditedMinutes: 62 },
    ...(n < 4 ? { status: 'voided' as const } : {}),
  }));
  return eventOf(sheetFact('HoursVoided', lines.slice(0, 2), { at: placeOf(2), all: lines }), {
    ...{ id: sheetIdOf(placeOf(2)), version: 3, at: later },
  });
};
/** One of the three waiting lines of sheet 6, also of April, is verified. */
const verifyOne = (): DomainEvent => {
  const lines = [6, 7, 8].map((n) => ({
    ...{ ...entry, volunteerId: idOf('c', n), creditedMinutes: 66 },
    ...(n === 6 ? { status: 'verified' as const, verifiedBy: ['verifier-1'] } : {}),
  }));
  return eventOf(sheetFact('HoursVerified', lines.slice(0, 1), { at: placeOf(6), all: lines }), {
    ...{ id: sheetIdOf(placeOf(6)), version: 2, at: later + 86_400_000 },
  });
};
const correct = async (): Promise<void> => {
  const events = [voidTwo(), verifyOne()];
  await appendAll(events);
  await restateAfter(events);
  await projectAll();
};

/** Every figure of a report's cells is what the Ledger was folded to at the close of its period. */
const expectAsClosed = async (answer: ReportAnswer): Promise<void> => {
  const figures = figuresIn(answer).filter(
    ({ basis, metric }) => (basis === 'counted' || basis === 'estimated') && metrics[metric],
  );
  expect(figures.length).toBeGreaterThan(10);
  for (const figure of figures) {
    const closed = await readClosed(figure.period);
    if (!closed) throw new Error(`${figure.period} is not closed`);
    const metric = metrics[figure.metric];
    const measure = figure.basis === 'estimated' ? metric?.estimated : figure.metric;
    const { [measure ?? '']: known } = addUp(closed.sources, figure).figures;
    // Where entries are counted, none of them corrected is known to be none.
    const sum = known ?? (measure === 'correctedMinutes' ? 0 : undefined);
    expect([figure, metric && sum !== undefined && inUnits(metric, sum)]).toEqual([
      figure,
      figure.value,
    ]);
  }
};

const correctionsIn = ({ annexes }: ReportAnswer) => {
  const table = annexes.find(({ sheet }) => sheet === 'restatements');
  const at = (title: string): number =>
    table?.columns.findIndex((column) => column.title === title) ?? -1;
  return (table?.rows ?? []).map(({ cells }) => {
    const text = (title: string): string | null => {
      const cell = cells[at(title)] ?? null;
      return cell !== null && 'text' in cell ? cell.text : null;
    };
    return {
      old: cells[at('原数')] as Figure | null,
      now: cells[at('改为')] as Figure | null,
      ...{ metric: text('指标'), what: text('更正事项'), reason: text('原因') },
    };
  });
};
const withoutCorrections = (answer: ReportAnswer) =>
  figuresIn({
    ...answer,
    annexes: answer.annexes.filter(({ sheet }) => sheet !== 'restatements'),
    parts: answer.parts.filter(({ key }) => key !== 'quality'),
  }).filter(({ metric }) => metric !== 'characters');

describe('after the close of a month', () => {
  beforeEach(async () => {
    await appendAll(season());
    await projectAll();
    expect((await readFinal(month)).status).toBe(404);
    await close(month);
  });

  test('its bulletin is public and final in every form, and every number is the closed figure', async () => {
    const answer = await final(month);
    const closed = await readClosed(month);
    expect([answer.status, answer.version, answer.root]).toEqual([
      ...['closed', closed?.version, closed?.root],
    ]);
    await expectAsClosed(answer);
    expect(correctionsIn(answer)).toEqual([]);
    for (const type of ['text/html', 'text/csv', xlsx]) {
      const { status, headers } = await readFinal(month, { accept: type });
      expect([status, String(headers['content-type']).split(';')[0]]).toEqual([200, type]);
    }
  });

  test('a correction leaves its numbers, and is shown line by line from closed to current', async () => {
    const before = await final(month);
    await correct();
    const after = await final(month);
    expect([after.status, after.root]).toEqual(['restated', before.root]);
    expect(withoutCorrections(after)).toEqual(withoutCorrections(before));

    const lines = correctionsIn(after);
    const closed = await readClosed(month);
    const then = closed && addUp(closed.sources, { period: month, ...whole }).figures;
    const live = await readSources({ period: month, ...whole }, null);
    const now = addUp(live, { period: month, ...whole }).figures;
    const corrected = Map.groupBy(lines, ({ old, now: next }) => (old ?? next)?.metric ?? '');
    const differing = Object.entries(metrics)
      .filter(([, { aggregation }]) => aggregation !== 'ratio')
      .flatMap(([name]) => ((then?.[name] ?? 0) === (now[name] ?? 0) ? [] : [name]));
    expect(differing).toContain('creditedMinutes');
    expect([...corrected.keys()]).toEqual(expect.arrayContaining(differing));
    for (const [name, steps] of corrected) {
      expect([name, steps[0]?.old?.value ?? 0]).toEqual([name, then?.[name] ?? 0]);
      expect([name, steps.at(-1)?.now?.value]).toEqual([name, now[name] ?? 0]);
      steps.slice(1).forEach((step, at) => {
        expect([name, step.old?.value]).toEqual([name, steps[at]?.now?.value]);
      });
    }
    const hours = corrected.get('creditedMinutes') ?? [];
    expect(hours.map(({ old, now: next }) => (next?.value ?? 0) - (old?.value ?? 0))).toEqual([
      -124, 66,
    ]);
    expect(hours.map(({ reason }) => reason)).toEqual(['不符', null]);
    expect(hours.every(({ what }) => what !== null)).toBe(true);
    const quality = after.parts.find(({ key }) => key === 'quality');
    expect(quality?.paragraphs.map(({ text }) => text).join('')).toMatch(
      /2025年4月数据于2026年1月16日更正：.*，原因：不符。/,
    );
  });

  test('why an activity with a professional service was corrected is told nobody', async () => {
    const held = verifiedActivity(2);
    const { activity } = held.data as { readonly activity: Activity };
    const { before } = catalogue.ActivityCorrected.example;
    const outcome = { ...before, outputs: { casesAssisted: { quantity: 2, basis: 'counted' } } };
    const at = (version: number, fact: object): DomainEvent =>
      ({
        ...held,
        id: idOf('d', 90 + version),
        recordedAt: new Date(later).toISOString(),
        aggregate: { ...held.aggregate, version },
        ...fact,
      }) as DomainEvent;
    const events = [
      at(2, {
        type: 'ActivityCorrected',
        data: {
          activity: { ...activity, status: 'completed', outcome },
          ...{ before, reason: '调解对象赵某家补记' },
        },
      }),
      at(3, { type: 'ActivityVerified', data: { activity: { ...activity, outcome } } }),
    ];
    for (const event of events) {
      await appendAll([event]);
      await restateAfter([event]);
    }
    await projectAll();
    const answer = await final(month);
    expect(correctionsIn(answer).map(({ metric }) => metric)).toContain('开展活动');
    expect(JSON.stringify(answer)).not.toContain('赵某');
  });

  test('a year that is open states it as closed, and shows the others as they are', async () => {
    const { body } = await ask(handler, {
      ...{ route: 'GET /reports/{year}/draft', params: { year: '2025' } },
      token: { sub: 'auditor-1', role: 'auditor' },
    });
    const months = (body as ReportAnswer).annexes.find(({ sheet }) => sheet === 'months')?.rows;
    const statuses = months?.map(({ cells }) => cells[1]);
    expect([statuses?.[3], statuses?.[4]]).toMatchObject([{ text: '已关账' }, { text: '初稿' }]);
  });
});

test('a closed year is public, and every number is a closed figure, also after a correction', async () => {
  await appendAll(season());
  await projectAll();
  for (const each of monthsOf('2025'))
    if (each === month || each === '2025-05') await close(each);
    else await appendClosed(each);
  await close('2025');
  const before = await final('2025');
  expect(before.status).toBe('closed');
  await expectAsClosed(before);
  await correct();
  const after = await final('2025');
  expect(after.status).toBe('restated');
  expect(withoutCorrections(after)).toEqual(withoutCorrections(before));
  expect(correctionsIn(after).length).toBeGreaterThan(0);
});

test('in a year that closed after a correction, the months and their corrections add up to it', async () => {
  await appendAll(season());
  await projectAll();
  for (const each of monthsOf('2025'))
    if (each === month || each === '2025-05') await close(each);
    else await appendClosed(each);
  await correct();
  await close('2025');
  const { annexes } = await final('2025');
  const table = annexes.find(({ sheet }) => sheet === 'months');
  const rows = table?.rows ?? [];
  expect(rows.map(({ cells }) => (cells[0] as { text: string }).text)[12]).toBe('关账后更正');
  const hours = table?.columns.findIndex(({ title }) => title === '服务时长') ?? -1;
  const valueIn = (row: number) => (rows[row]?.cells[hours] as Figure | null)?.value ?? 0;
  const closed = await readClosed(month);
  expect(valueIn(3)).toBe(
    closed && addUp(closed.sources, { period: month, ...whole }).figures.creditedMinutes,
  );
  expect(rows[3]?.cells[hours]).toMatchObject({ basis: 'closed' });
  // Twice 62 minutes were struck out, 66 verified.
  expect(rows[12]?.cells[hours]).toMatchObject({ value: -58, basis: 'change', period: '2025' });
  expect(rows[13]?.adds?.columns).toContain(hours);
});

test('the report of a closed year with nothing in it says that nothing is known', async () => {
  await appendClosed('2021');
  await projectAll();
  const answer = await final('2021');
  expect([answer.status, answer.asOf]).toEqual(['closed', null]);
  expect(answer.parts[0]?.paragraphs[0]?.text).toBe('本项无核实数据。');
  expect(figuresIn(answer).every(({ basis }) => basis === 'listed')).toBe(true);
});
