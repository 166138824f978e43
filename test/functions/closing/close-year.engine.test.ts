import '../../support/tables.ts';
import { beforeEach, expect, test } from '@jest/globals';
import {
  readClosed,
  readStatus,
  restatementsAfter,
} from '../../../functions/closed/read-closed.ts';
import { monthsOf } from '../../../functions/runtime/calendar.ts';
import { addUp } from '../../../functions/totals/add-up.ts';
import { readSources } from '../../../functions/totals/sources.ts';
import {
  appendAll,
  askPeriods,
  close,
  january,
  order,
  projectAll,
  restateAfter,
} from '../../support/closing.ts';
import { merged, placeOf, season, verifiedActivity } from '../../support/generations.ts';
import { entry, eventOf, idOf, sheetFact, sheetIdOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

/** Sheet 6 or 0 of April has three lines that wait: all are verified. */
const verifyAll = (n: number, at: number) => {
  const lines = [n, n + 1, n + 2].map((c) => ({
    ...entry,
    ...{ volunteerId: idOf('c', c % 9), creditedMinutes: 60 + n },
    ...{ status: 'verified' as const, verifiedBy: ['verifier-1'] },
  }));
  const id = sheetIdOf(placeOf(n));
  return eventOf(sheetFact('HoursVerified', lines, { at: placeOf(n) }), { id, version: 2, at });
};

test('a year closes after its months, with what was restated before it, and is restated after it', async () => {
  await appendAll(season());
  await projectAll();
  for (const month of monthsOf('2025').slice(0, 11)) await close(month);
  // November is closed, December is not.
  const refused = await order('2025');
  expect([refused.status, refused.body.type, refused.body.detail]).toEqual([
    409,
    'urn:leifeng:problem:months-not-closed',
    expect.stringContaining('2025-12'),
  ]);
  await close('2025-12');
  // An earlier month is restated while the year is open.
  const first = verifyAll(6, january + 3_600_000);
  await appendAll([first]);
  await restateAfter([first]);
  await projectAll();
  await close('2025');
  const cell = { period: '2025', areaId: null, alone: false, theme: null };
  const closed = await readClosed('2025');
  const figures = closed && addUp(closed.sources, cell).figures;
  expect(figures).toEqual(addUp(await readSources(cell, null), cell).figures);
  expect(await readStatus('2025')).toBe('closed');
  // All nine confirmed on 1 February, two records are one person; who served, did so in 2024 or from 12 April on.
  expect(closed?.sources.firstServices).toEqual({ within60Days: 4, never: 0 });
  const { body } = await askPeriods({
    route: 'GET /years/{year}/leaves',
    params: { year: '2025' },
    token: { sub: 'auditor-1', role: 'auditor' },
  });
  // biome-ignore lint/suspicious/noExplicitAny: leaves of every kind
  const leaves = body.leaves.map((text: string): any => JSON.parse(text));
  const ofKind = (kind: string) => leaves.filter((leaf: { kind: string }) => leaf.kind === kind);
  expect(ofKind('month')).toHaveLength(12);
  expect(ofKind('person')).toHaveLength(figures?.distinctVolunteers ?? 0);
  expect(ofKind('change').map((leaf: { id: string }) => leaf.id)).toEqual([
    `held#${idOf('b', 6)}`,
    `sheet#${sheetIdOf(placeOf(6))}#2`,
  ]);
  // The months' closed figures and the changes are the year's.
  const months = await Promise.all(monthsOf('2025').map((month) => readClosed(month)));
  const minutes = months.map((each) =>
    each ? (addUp(each.sources, { ...cell, period: each.period }).figures.creditedMinutes ?? 0) : 0,
  );
  expect(minutes.reduce((sum, each) => sum + each, 0) + 3 * 66).toBe(figures?.creditedMinutes);

  // A correction in a closed year, and a merge.
  const second = verifyAll(0, january + 7_200_000);
  const third = { ...merged(7, 8), recordedAt: new Date(january + 7_200_000).toISOString() };
  await appendAll([second, third]);
  // An event that the close has read comes again first, and finds that the activity was held.
  await restateAfter([verifiedActivity(0), second, third]);
  await projectAll();
  expect(await readStatus('2025')).toBe('restated');
  const { first: later } = await restatementsAfter('2025', {
    run: closed?.run ?? '',
    startedAt: closed?.closedAt ?? '',
  });
  expect(later.flatMap(({ held, cause }) => (held ? [cause.aggregate] : []))).toEqual([
    second.aggregate,
  ]);
  const year = await askPeriods({ route: 'GET /years/{year}', params: { year: '2025' } });
  expect(year.body.status).toBe('restated');
  expect(year.body.figures.creditedMinutes).toMatchObject({
    closed: figures?.creditedMinutes,
    current: (figures?.creditedMinutes ?? 0) + 3 * 60,
  });
  expect(year.body.months[3]).toEqual({ period: '2025-04', status: 'restated' });
  expect((await readClosed('2025'))?.root).toBe(closed?.root);
});
