import '../../support/tables.ts';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { catalogue, type DomainEvent } from '../../../events/catalogue.ts';
import type { Entry } from '../../../events/participation.ts';
import { frozen } from '../../../functions/closed/frozen-sources.ts';
import { readClosed, readStatus } from '../../../functions/closed/read-closed.ts';
import { addUp } from '../../../functions/totals/add-up.ts';
import { readSources } from '../../../functions/totals/sources.ts';
import {
  appendAll,
  askPeriods,
  close,
  closeEvents,
  expectSums,
  january,
  order,
  projectAll,
  restateAfter,
  restatements,
  runClose,
} from '../../support/closing.ts';
import {
  logged,
  merged,
  placeOf,
  season,
  verified,
  verifiedActivity,
} from '../../support/generations.ts';
import { entry, eventOf, idOf, sheetFact, sheetIdOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

const later = january + 86_400_000;
const month = '2025-04';

/** What has happened after the close, as the bus delivers it. */
const happen = async (...events: readonly DomainEvent[]): Promise<void> => {
  await appendAll(events);
  await restateAfter(events);
  await projectAll();
};

const readMonth = async (of = month) =>
  (await askPeriods({ route: 'GET /months/{month}', params: { month: of } })).body;
const frozenNow = async (of = month): Promise<string> => {
  const closed = await readClosed(of);
  if (!closed) throw new Error('not closed');
  return `${closed.root} ${frozen(of, closed.sources)}`;
};

/** Sheet 6 has three lines of which nobody verified any: persons 6, 7 and 8. */
const verifyOne = (version = 2, at = later): DomainEvent => {
  const one: Partial<Entry> = { status: 'verified', verifiedBy: ['verifier-1'] };
  const lines = [6, 7, 8].map((n) => ({
    ...entry,
    volunteerId: idOf('c', n),
    creditedMinutes: 66,
    ...(n === 6 ? one : {}),
  }));
  return eventOf(sheetFact('HoursVerified', lines.slice(0, 1), { at: placeOf(6), all: lines }), {
    ...{ id: sheetIdOf(placeOf(6)), version, at },
  });
};

/** The lines of sheet 2 that were verified are struck out. */
const voidTwo = (version = 3, at = later): DomainEvent => {
  const lines = [2, 3, 4].map((n) => ({
    ...entry,
    volunteerId: idOf('c', n),
    creditedMinutes: 62,
    ...(n < 4 ? { status: 'voided' as const } : {}),
  }));
  return eventOf(sheetFact('HoursVoided', lines.slice(0, 2), { at: placeOf(2), all: lines }), {
    ...{ id: sheetIdOf(placeOf(2)), version, at },
  });
};

/** What one more participation of 66 minutes adds to a ratio. */
const ofRatio = (metric: string, numerator: number) => ({
  ...{ metric, areaId: 'area-0', theme: 'FREE_CLINIC', delta: null },
  ...{ numerator, denominator: 1 },
});

describe('after the close of a month', () => {
  beforeEach(async () => {
    await appendAll(season());
    await projectAll();
    await close(month);
  });

  test('what is verified late is a restatement, and the closed figures stay', async () => {
    const before = await frozenNow();
    const { figures } = await readMonth();
    await happen(verifyOne());
    const all = (await restatements()).map(({ data }) => data.restatement);
    expect(all.sort((a, b) => b.changes.length - a.changes.length)).toEqual([
      expect.objectContaining({
        closedPeriod: month,
        madeIn: '2026-01',
        madeOn: '2026-01-16',
        cause: {
          type: 'HoursVerified',
          aggregate: { type: 'sheet', id: sheetIdOf(placeOf(6)), version: 2 },
        },
        actor: { role: 'organiser', id: 'organiser-1' },
        changes: [
          { metric: 'participations', areaId: 'area-0', theme: 'FREE_CLINIC', delta: 1 },
          {
            metric: 'partyMemberParticipations',
            areaId: 'area-0',
            theme: 'FREE_CLINIC',
            delta: 1,
          },
          { metric: 'creditedMinutes', areaId: 'area-0', theme: 'FREE_CLINIC', delta: 66 },
          { metric: 'pendingMinutes', areaId: 'area-0', theme: 'FREE_CLINIC', delta: -66 },
          ofRatio('onTimeRecordShare', 1),
          ofRatio('correctionShare', 0),
          ofRatio('scanShare', 0),
          ofRatio('leaderRollShare', 1),
          ofRatio('selfDeclaredShare', 0),
          ofRatio('backEntryShare', 0),
          ofRatio('importShare', 0),
          ofRatio('minutesPerParticipation', 66),
          { metric: 'distinctVolunteers', areaId: 'area-0', theme: 'FREE_CLINIC', delta: null },
        ],
      }),
      expect.objectContaining({
        changes: [{ metric: 'activitiesHeld', areaId: 'area-0', theme: 'FREE_CLINIC', delta: 1 }],
        held: { activityId: idOf('b', 6), areaId: 'area-0', theme: 'FREE_CLINIC', counts: true },
      }),
    ]);
    expect(await frozenNow()).toBe(before);
    const now = await readMonth();
    expect(now).toMatchObject({ status: 'restated', restatementCount: 2 });
    expect(now.figures.creditedMinutes).toMatchObject({
      closed: figures.creditedMinutes.closed,
      current: figures.creditedMinutes.closed + 66,
      differs: true,
    });
    expect(await readMonth('2026-01')).toMatchObject({
      ...{ status: 'open', restatementCount: 0, madeCount: 2, figures: {} },
    });
    expect(await readStatus(month)).toBe('restated');
  });

  test('a redelivered event, and one that was closed with, restate nothing again', async () => {
    await happen(verifyOne());
    await restateAfter([verifyOne(), logged(6), logged(2), verified(2), verifiedActivity(2)]);
    await restateAfter([merged(1, 5)]);
    expect(await restatements()).toHaveLength(2);
  });

  test('events that come in the wrong order come to the same', async () => {
    const first = verifyOne();
    const second = voidTwo();
    const third: DomainEvent = {
      ...verifyOne(3),
      ...sheetFactOf(6),
    };
    await appendAll([first, second, third]);
    await restateAfter([third, second, first, second]);
    await projectAll();
    await expectSums(month);
  });

  test('a merge restates who is registered, and the persons of months with both of them', async () => {
    await close('2025-02');
    const before = await frozenNow();
    // Persons 2 and 3 are both on sheet 2.
    await happen({ ...merged(3, 2), recordedAt: new Date(later).toISOString() });
    const all = (await restatements()).map(({ data }) => data.restatement);
    expect(all.flatMap(({ changes }) => changes)).toEqual(
      expect.arrayContaining([
        { metric: 'volunteersRegistered', areaId: 'area-0', theme: null, delta: -1 },
        { metric: 'distinctVolunteers', areaId: null, theme: null, delta: null },
      ]),
    );
    expect(await frozenNow()).toBe(before);
    const { figures } = await readMonth();
    expect(figures.distinctVolunteers).toMatchObject({ closed: 6, current: 5, differs: true });
    await restateAfter([merged(3, 2)]);
    expect(await restatements()).toHaveLength(all.length);
    await expectSums(month);
  });

  test('an activity that is moved out of the month is taken out of its figures', async () => {
    await happen(voidTwo());
    const { data, ...event } = verifiedActivity(2) as DomainEvent<'ActivityVerified'>;
    const moved: DomainEvent = {
      ...event,
      recordedAt: new Date(later).toISOString(),
      aggregate: { ...event.aggregate, version: 2 },
      data: {
        ...data,
        activity: { ...data.activity, startsOn: '2025-05-02', endsOn: '2025-05-02' },
      },
    };
    await happen(moved);
    await expectSums(month);
    expect((await readMonth()).figures.activitiesPublished).toMatchObject({
      closed: 6,
      current: 5,
    });
  });

  test('an area that lies elsewhere from next year on changes nothing of what is closed', async () => {
    const before = await frozenNow();
    const cell = { period: month, areaId: 'area-2', alone: false, theme: null };
    const figuresOfParent = async () => addUp(await readSources(cell, null), cell).figures;
    const parent = await figuresOfParent();
    const parents = [
      { fromYear: 0, parentId: null },
      { fromYear: 2026, parentId: 'area-2' },
    ];
    const area = {
      ...catalogue.AreaDefined.example.area,
      id: 'area-0',
      parentId: 'area-2',
      parents,
    };
    await happen(
      eventOf({ type: 'AreaDefined', data: { area } }, { id: 'area-0', version: 2, at: later }),
    );
    // Areas are kept for some seconds.
    const now = performance.now();
    jest.spyOn(performance, 'now').mockReturnValue(now + 10_000);
    expect(await figuresOfParent()).toEqual(parent);
    jest.restoreAllMocks();
    expect(await frozenNow()).toBe(before);
    const closed = await readClosed(month);
    expect(closed && addUp(closed.sources, cell).figures).toEqual(parent);
    expect(await restatements()).toEqual([]);
  });

  test('a new theme changes nothing of what is closed', async () => {
    const before = await frozenNow();
    const first = placeOf(0);
    const place = { ...first, theme: 'ANOTHER_THEME', activityId: idOf('b', 99) };
    const lines = [{ ...entry, volunteerId: idOf('c', 8), status: 'verified' as const }];
    const at = later;
    const id = sheetIdOf(place);
    await happen(eventOf(sheetFact('HoursLogged', lines, { at: place }), { id, at }));
    expect(await frozenNow()).toBe(before);
    const { figures } = await readMonth();
    expect(figures.participations.current).toBe(figures.participations.closed + 1);
    const { body } = await askPeriods({ route: 'GET /months/{month}', params: { month } });
    expect(body.restatements[0].changes[0]).toMatchObject({ theme: 'ANOTHER_THEME' });
  });
});

/** The lines of a sheet as they are after its first event, struck out. */
const sheetFactOf = (n: number) => {
  const lines = [6, 7, 8].map((c) => ({
    ...entry,
    volunteerId: idOf('c', c),
    creditedMinutes: 60 + n,
    ...(c === 6 ? { status: 'voided' as const } : {}),
  }));
  return sheetFact('HoursVoided', lines.slice(0, 1), { at: placeOf(n), all: lines });
};

test('what is appended while a month is being closed is in its figures or is a restatement', async () => {
  await appendAll(season());
  await projectAll();
  expect((await order(month)).status).toBe(202);
  const [started] = await closeEvents(month);
  // Appended while the month is closing: its follower finds nothing closed.
  const during = verifyOne();
  await appendAll([during]);
  await restateAfter([during]);
  expect(await restatements()).toEqual([]);
  expect(started?.type).toBe('MonthCloseStarted');
  await runClose(month);
  await projectAll();
  await expectSums(month);
});
