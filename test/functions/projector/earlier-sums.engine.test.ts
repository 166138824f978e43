import '../../support/tables.ts';
import { beforeEach, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import type { Entry } from '../../../events/participation.ts';
import { readDashboard } from '../../../functions/dashboards/read-dashboard.ts';
import { rebuild } from '../../../functions/projector/rebuild.ts';
import { reconcile } from '../../../functions/projector/reconcile.ts';
import { append } from '../../support/generations.ts';
import { deliver } from '../../support/projecting.ts';
import { entry, eventOf, idOf, place, sheetFact, sheetIdOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const line = (n: number, more: Partial<Entry> = {}): Entry => ({
  ...entry,
  volunteerId: idOf('c', n),
  ...{ origin: 'scan', flags: ['late'], status: 'verified', verifiedBy: ['verifier-1'] },
  ...more,
});
const three = [line(1), line(2), line(3, { onDuty: true, attendedMinutes: 0, creditedMinutes: 0 })];

const verified = (n: number, lines: readonly Entry[], version = 1): DomainEvent => {
  const at = { ...place, activityId: idOf('b', n) };
  return eventOf(sheetFact('HoursVerified', lines, { at }), { id: sheetIdOf(at), version });
};

/** The event as version 1 of the sheets wrote it: without the sums that it did not know. */
const asVersion1 = (event: DomainEvent): DomainEvent => {
  const { late: _, scan: __, ...sums } = (event.data as { sums: Record<string, number> }).sums;
  const known = Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0));
  return { ...event, schemaVersion: 1, data: { ...event.data, sums: known } } as DomainEvent;
};

const take = async (events: readonly DomainEvent[]): Promise<void> => {
  await append(events);
  await deliver(events);
};
const cell = { period: '2025-10', areaId: null, alone: false, theme: null };
const shares = async () => {
  const { metrics } = await readDashboard(cell, '2025-12-01');
  return ['participations', 'onTimeRecordShare', 'scanShare', 'leaderRollShare', 'correctionShare']
    .map((name) => metrics[name])
    .map((figure) =>
      figure?.denominator === undefined ? figure?.value : [figure.numerator, figure.denominator],
    );
};

beforeEach(freshTables);

test('sheets that do not say how they were entered are left out of shares, and counted', async () => {
  await take([asVersion1(verified(1, three))]);
  expect(await shares()).toEqual([2, [null, null], [null, null], [null, null], [null, null]]);
  await take([verified(2, [line(4), line(5, { origin: 'leader-roll', flags: [] })])]);
  expect(await shares()).toEqual([4, [1, 2], [1, 2], [1, 2], [0, 2]]);
  // There is no activity and no person here, and that is found too.
  const drift = await reconcile(1, 1);
  expect(drift.filter(({ law }) => law === undefined)).toEqual([]);
});

test('with its next event such a sheet says it', async () => {
  await take([asVersion1(verified(1, three)), verified(1, three, 2)]);
  expect(await shares()).toEqual([2, [0, 2], [2, 2], [0, 2], [0, 3]]);
});

test('a rebuild knows as little as the projector', async () => {
  await take([asVersion1(verified(1, three)), verified(2, [line(4)])]);
  const before = await shares();
  expect(await rebuild(() => true, { waitMs: 1, runMs: 1 })).toMatchObject({ drift: [] });
  expect(await shares()).toEqual(before);
});
