import type { DomainEvent } from '../../events/catalogue.ts';
import type { ChangedFigure, Closed, Period, Restatement } from '../../events/periods.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';
import { addUp } from '../../functions/totals/add-up.ts';
import { addedUp, partsOfChange } from '../support/closed-sums.ts';
import { recompute } from '../support/recompute.ts';
import type { Store } from './memory-store.ts';
import type { StoredRun } from './stored-run.ts';

/** A state with the event that says it. */
export type Of<T> = { readonly event: DomainEvent; readonly state: T };

/** A closed period with what was stored. */
export interface ClosedPeriod {
  readonly period: string;
  readonly closed: Closed;
  readonly stored: StoredRun;
}

/** The name of a stream. */
export const nameOf = ({ type, id }: DomainEvent['aggregate']): string => `${type}#${id}`;
/** A name in which ids are shortened. */
export const short = (name: string): string =>
  name.replace(/([0-9a-f]{4})[0-9a-f]{4}(-[0-9a-f]{4,12}){4}/g, '$1');

/** Numbers by name; what is missing is 0. */
type Numbers = ReadonlyMap<string, number>;

/** The numbers that are others than they should be. */
export function* different(what: string, is: Numbers, should: Numbers): Generator<string> {
  for (const name of new Set([...is.keys(), ...should.keys()])) {
    const [has, wanted] = [is.get(name) ?? 0, should.get(name) ?? 0];
    if (has !== wanted) yield `${what}: ${name} is ${has}, not ${wanted}`;
  }
}

/** Figures that stand from one month to another: those of a year are those of its December. */
export const standing = /^(registeredVolunteers|teams)$/;
/** Figures that do not add up, so that a change has no number. */
export const counted = /^(distinctVolunteers|partners)$/;

/** Everything that the laws look at. */
export const materialOf = (store: Store, order: readonly string[]) => {
  const rows = store.all('ledger').filter(holdsEvent) as unknown as readonly LedgerRow[];
  const events = rows.map((row) => envelopeOf(row) as unknown as DomainEvent);
  const streams = Map.groupBy(events, ({ aggregate }) => nameOf(aggregate));
  for (const stream of streams.values())
    stream.sort((a, b) => a.aggregate.version - b.aggregate.version);
  const places = new Map(order.map((name, at) => [name, at]));
  const statesOf = <T>(type: string, field: string): readonly Of<T>[] =>
    events.flatMap((event) =>
      event.aggregate.type === type
        ? [{ event, state: (event.data as Readonly<Record<string, unknown>>)[field] as T }]
        : [],
    );
  return {
    events,
    streams,
    people: store.all('people'),
    views: store.all('views'),
    stored: store.all('closed'),
    periods: Map.groupBy(statesOf<Period>('period', 'period'), ({ event }) => event.aggregate.id),
    restatements: statesOf<Restatement>('restatement', 'restatement'),
    /** When an event was appended, as a number that grows. */
    placeOf: ({ aggregate }: DomainEvent): number =>
      places.get(`${nameOf(aggregate)} ${aggregate.version}`) ?? -1,
  };
};
export type Material = ReturnType<typeof materialOf>;

/** The areas and themes in which anything happened or was closed. */
export const cellsOf = ({ events, restatements }: Material) => {
  const said = events.flatMap(({ data }) => Object.values(data) as readonly unknown[]);
  const of = (field: 'areaId' | 'theme'): readonly string[] =>
    [...said, ...restatements.flatMap(({ state }) => state.changes)].flatMap((each) => {
      const value = (each as Readonly<Record<string, unknown>> | null)?.[field];
      return typeof value === 'string' ? [value] : [];
    });
  return [...new Set(of('areaId'))].flatMap((areaId) =>
    [null, ...new Set(of('theme'))].map((theme) => ({ areaId, theme })),
  );
};
export type Cell = ReturnType<typeof cellsOf>[number];

/** What a period was closed with in an area alone. */
export const closedFigures = ({ period, stored }: ClosedPeriod, cell: Cell): Map<string, number> =>
  addedUp(addUp(stored.sources, { period, ...cell, alone: true }).figures);

/** What events give to a period by a plain fold: figures that add up. */
export const plainly = (events: readonly DomainEvent[]) => {
  const figures = recompute(events);
  return (period: string, { areaId, theme }: Cell): Map<string, number> =>
    new Map(
      Object.entries(
        figures({ period, area: areaId, theme: theme ?? undefined, within: 'only' }),
      ).flatMap(([name, value]) =>
        counted.test(name) ||
        value === null ||
        (/Share|PerParticipation/.test(name) && !name.endsWith(')'))
          ? []
          : [[name, value]],
      ),
    );
};

/** Adds what changes of an area say. */
export const addChanges = (
  to: Map<string, number>,
  changes: readonly ChangedFigure[],
  { areaId, theme }: Cell,
): void => {
  for (const change of changes)
    if (change.areaId === areaId && (theme ?? change.theme) === change.theme)
      for (const [part, added] of partsOfChange(change))
        if (added !== 0) to.set(part, (to.get(part) ?? 0) + added);
};
