import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import {
  appendAll,
  askPeriods,
  close,
  january,
  projectAll,
  restateAfter,
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
  expect(JSON.stringify(changes)).not.toContain('area-');
});
