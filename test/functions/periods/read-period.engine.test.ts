import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { catalogue, type DomainEvent } from '../../../events/catalogue.ts';
import { monthsOf } from '../../../functions/runtime/calendar.ts';
import {
  appendAll,
  appendClosed,
  askPeriods,
  close,
  january,
  projectAll,
  restateAfter,
  restatedOften,
} from '../../support/closing.ts';
import { season, verifiedActivity } from '../../support/generations.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

test('where a change of a professional service was made is told to nobody', async () => {
  await appendAll(season());
  await projectAll();
  await close('2025-04');
  const { data, ...event } = verifiedActivity(2) as DomainEvent<'ActivityVerified'>;
  const { activity } = data;
  const corrected: DomainEvent = {
    ...event,
    recordedAt: new Date(january + 86_400_000).toISOString(),
    aggregate: { ...event.aggregate, version: 2 },
    data: {
      ...data,
      activity: {
        ...activity,
        outcome: {
          beneficiaries: null,
          outputs: {
            ...activity.outcome?.outputs,
            legalConsultations: { quantity: 3, basis: 'counted' },
            hygieneKilometres: { quantity: 2, basis: 'counted' },
          },
        },
      },
    },
  } as never;
  await appendAll([corrected]);
  await restateAfter([corrected]);
  await projectAll();
  const { body } = await askPeriods({ route: 'GET /months/{month}', params: { month: '2025-04' } });
  const changes = body.restatements.flatMap(({ changes: each }: { changes: object[] }) => each);
  expect(changes).toContainEqual({
    ...{ metric: 'outputs.legalConsultations', areaId: null, theme: 'FREE_CLINIC' },
    ...{ delta: null, hidden: true },
  });
  expect(changes.every(({ delta }: { delta: number | null }) => delta === null)).toBe(true);
  expect(JSON.stringify(changes)).not.toContain('area-');
});

test('more restatements than are read are counted as far as they are read', async () => {
  await appendClosed('2025-04');
  await appendAll(restatedOften('2025-04', 251, january));
  await projectAll();
  const april = await askPeriods({ route: 'GET /months/{month}', params: { month: '2025-04' } });
  expect([april.status, april.body.status]).toEqual([200, 'restated']);
  expect([april.body.restatements.length, april.body.restatementCount]).toEqual([100, 250]);
  const made = await askPeriods({ route: 'GET /months/{month}', params: { month: '2026-01' } });
  expect([made.body.made.length, made.body.madeCount]).toEqual([100, 250]);
  const year = await askPeriods({ route: 'GET /years/{year}', params: { year: '2025' } });
  expect([year.body.restatements.length, year.body.restatementCount]).toEqual([100, 250]);
});

test('a year is restated by the one change after its close, however many there were before', async () => {
  for (const month of [...monthsOf('2025'), '2025']) await appendClosed(month);
  const { startedAt } = catalogue.MonthClosed.example.period;
  const day = 86_400_000;
  await appendAll(restatedOften('2025-04', 300, Date.parse(startedAt) - day));
  await projectAll();
  const before = await askPeriods({ route: 'GET /years/{year}', params: { year: '2025' } });
  expect([before.body.status, before.body.restatementCount]).toEqual(['closed', 0]);
  await appendAll(restatedOften('2025-05', 1, Date.parse(startedAt) + day));
  await projectAll();
  const after = await askPeriods({ route: 'GET /years/{year}', params: { year: '2025' } });
  expect([after.body.status, after.body.restatementCount]).toEqual(['restated', 1]);
});
