import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from '@jest/globals';
import { catalogue, type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { withTree } from '../../functions/closed/frozen-sources.ts';
import { readClosed } from '../../functions/closed/read-closed.ts';
import { putRun } from '../../functions/closed/store.ts';
import { handler as closer } from '../../functions/closing/close-period.ts';
import { handler as restater } from '../../functions/closing/restate-periods.ts';
import { aggregate } from '../../functions/ledger/aggregate.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';
import { handler as periods } from '../../functions/periods/api.ts';
import { monthsOf } from '../../functions/runtime/calendar.ts';
import { dynamodb, scanItems } from '../../functions/runtime/dynamodb.ts';
import { claimsOf } from '../../functions/sheets/claims.ts';
import { addUp } from '../../functions/totals/add-up.ts';
import { readSources } from '../../functions/totals/sources.ts';
import { addedUp, partsOfChange } from './closed-sums.ts';
import { append } from './generations.ts';
import { type Answer, type Ask, ask } from './http-event.ts';
import { deliver, follow } from './projecting.ts';
import { eventOf, idOf } from './samples.ts';

/** 15 January 2026, 10:00 in Shanghai: everything in 2025 is over. */
export const january = Date.UTC(2026, 0, 15, 2);
export const admin = { sub: 'district-admin-1', role: 'district-admin' };

/** All events of the Ledger, those of an aggregate in order. */
export const ledgerEvents = async (): Promise<readonly DomainEvent[]> => {
  const rows: LedgerRow[] = [];
  await scanItems({ TableName: process.env.LEDGER_TABLE }, (item) => {
    if (holdsEvent(item)) rows.push(item as unknown as LedgerRow);
  });
  return rows.map((row) => readEvent(envelopeOf(row)));
};

/**
 * Appends events as commands do, with the claims of new sheets: which sheets an activity has is read
 * from those.
 */
export const appendAll = async (events: readonly DomainEvent[]): Promise<void> => {
  await append(events);
  for (const { aggregate } of events)
    if (aggregate.type === 'sheet' && aggregate.version === 1) {
      const [activityId = '', date = '', number = ''] = aggregate.id.split('~');
      const claims = await claimsOf(activityId);
      const pk = `sheet#${activityId}`;
      const Item = { pk, version: -1 - claims.length, date, number: Number(number) };
      await dynamodb.send(new PutCommand({ TableName: process.env.LEDGER_TABLE, Item }));
    }
};

/** Asks the function of the periods. */
export const askPeriods = (request: Ask): Promise<Answer> => ask(periods, request);

/** Orders the close of a month or year. */
export const order = (
  period: string,
  { acceptOpen = true, at = january, ...more }: Partial<Ask> & { acceptOpen?: boolean } = {},
): Promise<Answer> =>
  askPeriods({
    route: period.length === 4 ? 'POST /years/{year}/close' : 'POST /months/{month}/close',
    params: period.length === 4 ? { year: period } : { month: period },
    body: period.length === 4 ? {} : { acceptOpen },
    token: admin,
    at,
    ...more,
  });

/** The events of a period, and of its restatements. */
export const closeEvents = async (period: string): Promise<readonly DomainEvent[]> =>
  (await ledgerEvents())
    .filter(({ aggregate }) => aggregate.type === 'period' && aggregate.id === period)
    .sort((a, b) => a.aggregate.version - b.aggregate.version);

export const restatements = async (): Promise<readonly DomainEvent<'PeriodRestated'>[]> =>
  (await ledgerEvents()).filter(
    (event): event is DomainEvent<'PeriodRestated'> => event.type === 'PeriodRestated',
  );

/** Delivers all of a period's events to the function that closes, until nothing new comes of them. */
export const runClose = async (period: string): Promise<void> => {
  for (let known = 0; ; ) {
    const events = await closeEvents(period);
    if (events.length === known) return;
    expect(await follow(closer, events.slice(known))).toEqual([]);
    known = events.length;
  }
};

/** Restatements of a month that nothing caused, recorded one second after another: one line and 180 minutes less each. */
export const restatedOften = (
  month: string,
  count: number,
  since: number,
): readonly DomainEvent<'PeriodRestated'>[] =>
  Array.from({ length: count }, (_, n) => {
    const { restatement } = catalogue.PeriodRestated.example;
    const data = { restatement: { ...restatement, closedPeriod: month, madeIn: '2026-01' } };
    const id = idOf('d', Number(month.slice('yyyy-'.length)) * 1000 + n);
    return eventOf({ type: 'PeriodRestated', data }, { id, at: since + n * 1000 });
  });

/** Delivers events to the function that restates. */
export const restateAfter = async (events: readonly DomainEvent[]): Promise<void> => {
  expect(await follow(restater, events)).toEqual([]);
};

/** Takes all of the Ledger into the Views. */
export const projectAll = async (): Promise<void> => deliver(await ledgerEvents());

/** Closes a period from its order to its last event, and takes everything into the Views. */
export const close = async (period: string): Promise<void> => {
  const { status, body } = await order(period);
  expect([period, status, body]).toEqual([period, 202, expect.anything()]);
  await runClose(period);
  await projectAll();
};

/** Says of a period that it was closed with nothing in it. @param run what was stored, where that is read */
const sayClosed = async (period: string, run: string, root: string): Promise<void> => {
  const { example } = catalogue.MonthClosed;
  const closed = { run, root, leafCount: 0, restatements: 0, asOf: null };
  const state = {
    ...example.period,
    ...{ period, closed: { ...closed, figures: [], areasLeftOut: false } },
  };
  const type = period.length === 4 ? 'YearClosed' : 'MonthClosed';
  await append([eventOf({ type, data: { period: state } }, { id: period })]);
};

/** The months of a year, as closed, unless they are: what they were closed with is not there to be read. */
export const appendClosedMonths = async (year: string): Promise<string> => {
  if (await aggregate('period').find(`${year}-12`)) return year;
  for (const month of monthsOf(year)) await sayClosed(month, randomUUID(), '0'.repeat(64));
  return year;
};

/** Closes a period with nothing in it, unless it is closed. */
export const appendClosed = async (period: string): Promise<string> => {
  if (await aggregate('period').find(period)) return period;
  const run = randomUUID();
  const nothing = { documents: new Map(), running: new Map(), areas: [], firstServices: null };
  const { root } = await putRun(run, {
    ...{ period, sources: withTree(period, nothing), leaves: [] },
    ...{ versions: new Map(), present: new Set<string>() },
  });
  await sayClosed(period, run, root);
  return period;
};

/**
 * What a month was closed with and what was restated since add up to what there is now, in every area and
 * for every theme, wherever figures add up.
 */
export const expectSums = async (month: string): Promise<void> => {
  const closed = await readClosed(month);
  if (!closed) throw new Error(`${month} is not closed`);
  const changes = (await restatements())
    .filter(({ data }) => data.restatement.closedPeriod === month)
    .flatMap(({ data }) => data.restatement.changes);
  const live = await readSources({ period: month, areaId: null, alone: false, theme: null }, null);
  const areas = new Set([...closed.sources.documents.keys(), ...live.documents.keys()]);
  for (const areaId of areas)
    for (const theme of ['FREE_CLINIC', 'LAUNCH', 'ANOTHER_THEME', null]) {
      const cell = { period: month, areaId, alone: true, theme };
      const expected = addedUp(addUp(closed.sources, cell).figures);
      for (const change of changes)
        if (change.areaId === areaId && (theme ?? change.theme) === change.theme)
          for (const [part, added] of partsOfChange(change))
            if (expected.has(part)) expected.set(part, (expected.get(part) ?? 0) + added);
      const now = addedUp(addUp(live, cell).figures);
      expect({ areaId, theme, figures: expected }).toEqual({ areaId, theme, figures: now });
    }
};
