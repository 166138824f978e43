import '../../support/tables.ts';
import { beforeEach, expect, test } from '@jest/globals';
import { readClosed, readStatus } from '../../../functions/closed/read-closed.ts';
import { addUp } from '../../../functions/totals/add-up.ts';
import { readSources } from '../../../functions/totals/sources.ts';
import { appendAll, askPeriods, close, closeEvents, projectAll } from '../../support/closing.ts';
import { season } from '../../support/generations.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

const cells = [
  ...['area-0', 'area-1', 'town', null].map((areaId) => ({ areaId, theme: null, alone: false })),
  { areaId: null, theme: 'FREE_CLINIC', alone: false },
];

test('a month is closed with the figures that the Views have, whole and by area and theme', async () => {
  await appendAll(season());
  await projectAll();
  await close('2025-04');
  expect((await closeEvents('2025-04')).map(({ type }) => type)).toEqual([
    'MonthCloseStarted',
    'MonthClosed',
  ]);
  const closed = await readClosed('2025-04');
  expect(closed).toMatchObject({ period: '2025-04', version: 2 });
  for (const part of cells) {
    const cell = { ...part, period: '2025-04' };
    const now = addUp(await readSources(cell, null), cell);
    expect(closed && addUp(closed.sources, cell)).toEqual(now);
  }
  expect(await readStatus('2025-04')).toBe('closed');
  const { body } = await askPeriods({
    route: 'GET /months/{month}',
    params: { month: '2025-04' },
  });
  expect(body).toMatchObject({ status: 'closed', restatementCount: 0 });
  expect(body.figures.distinctVolunteers).toMatchObject({
    ...{ closed: 6, current: 6, differs: false },
  });
});
