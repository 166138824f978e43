import type { DomainEvent } from '../../events/catalogue.ts';
import { entriesOf } from '../../events/participation.ts';
import type { Period, Restatement } from '../../events/periods.ts';
import {
  addChanges,
  type Cell,
  type ClosedPeriod,
  cellsOf,
  closedFigures,
  counted,
  different,
  type Material,
  materialOf,
  nameOf,
  type Of,
  plainly,
  short,
} from './closing-material.ts';
import type { Store } from './memory-store.ts';
import { rootOver, storedRun, sumsOfLeaves } from './stored-run.ts';
import { yearLaws } from './year-laws.ts';

const isAnyOpen = ({ open }: Period): boolean => Object.values(open ?? {}).some((n) => n > 0);

/** Every order comes to its end, a period is closed once, and only with what was accepted. */
function* endings({ periods }: Material): Generator<string> {
  for (const [period, all] of periods) {
    const states = all
      .sort((a, b) => a.event.aggregate.version - b.event.aggregate.version)
      .map(({ state }) => state);
    if (states.at(-1)?.status === 'closing') yield `closing: ${period} is left so`;
    const first = states.findIndex(({ status }) => status === 'closed');
    if (first >= 0 && first < states.length - 1)
      yield `closed: ${period} is ${states.at(-1)?.status} after it was closed`;
    for (const state of states) {
      if (state.status === 'open' && (state.acceptOpen || !isAnyOpen(state)))
        yield `stopped: ${period} is open again, and nothing was in the way`;
      if (state.status === 'closed' && !state.acceptOpen && isAnyOpen(state))
        yield `closed: ${period} has open work that nobody accepted`;
    }
  }
}

/** The leaves that an event names come to the root that it says. */
function* rightlyStored({ period, closed, stored: { leaves } }: ClosedPeriod): Generator<string> {
  if (leaves.length !== closed.leafCount)
    yield `stored: ${leaves.length} leaves of ${period}, not ${closed.leafCount}`;
  if (rootOver(leaves) !== closed.root) yield `stored: the leaves of ${period} have another root`;
}

/** What a month was closed with and what was restated since add up to what the Ledger says now. */
function* sums(material: Material, month: ClosedPeriod): Generator<string> {
  const changes = material.restatements
    .filter(({ state }) => state.closedPeriod === month.period)
    .flatMap(({ state }) => state.changes);
  const now = plainly(material.events);
  for (const cell of cellsOf(material)) {
    const closed = closedFigures(month, cell);
    addChanges(closed, changes, cell);
    const where = `${month.period} ${cell.areaId} ${cell.theme}`;
    yield* different(`restated: ${where}`, closed, now(month.period, cell));
  }
}

/** What a month was closed with is the fold of the versions that the close has read, and the sum of its leaves. */
function* closedWith(material: Material, month: ClosedPeriod): Generator<string> {
  const { period, closed, stored } = month;
  const isRead = ({ aggregate }: DomainEvent): boolean =>
    !/^(sheet|activity|volunteer|team)$/.test(aggregate.type) ||
    aggregate.version <= (stored.versions[nameOf(aggregate)] ?? 0);
  const read = plainly(material.events.filter(isRead));
  for (const cell of cellsOf(material)) {
    const [is, should] = [closedFigures(month, cell), read(period, cell)];
    // That depends on sheets of other months too, whose versions are not stored.
    for (const figures of [is, should]) figures.delete('activitiesHeld');
    yield* different(`sources: ${period} ${cell.areaId} ${cell.theme}`, is, should);
  }
  const sumsOf = sumsOfLeaves(stored.leaves);
  for (const { metric, areaId, theme, value } of closed.figures) {
    const sum = sumsOf.get(`${metric}|${areaId ?? '*'}|${theme ?? '*'}`);
    const whole = areaId === null && theme === null;
    if (sum !== undefined && (whole || !counted.test(metric)) && sum !== (value ?? 0))
      yield `leaves: ${metric} of ${period} ${areaId} ${theme} is ${value}, its leaves come to ${sum}`;
  }
}

/** The close has read at least what there was when it was ordered. */
function* readToTheEnd(material: Material, { period, stored }: ClosedPeriod): Generator<string> {
  const { periods, streams, placeOf } = material;
  const all = periods.get(period) ?? [];
  const last = all.findLastIndex(({ state }) => state.status === 'open');
  const order = all[last + 1];
  if (!order) return;
  for (const [name, stream] of streams) {
    const then = stream.filter((event) => placeOf(event) < placeOf(order.event));
    const read = stored.versions[name] ?? 0;
    if (then.length <= read || !concerns(then, period)) continue;
    yield `unread: ${short(name)} was v${then.length} when the close of ${period} was ordered, which has read v${read}`;
  }
}

/** Whether a stream gives a month anything, or ever did. */
const concerns = (stream: readonly DomainEvent[], month: string): boolean =>
  stream.some(({ aggregate, data }) => {
    if (aggregate.type === 'sheet') return aggregate.id.split('~')[1]?.startsWith(month);
    if ('activity' in data) return data.activity.startsOn.startsWith(month);
    if ('team' in data) return true;
    return (
      'volunteer' in data && data.volunteer.spells.some(({ from }) => from.slice(0, 7) <= month)
    );
  });

/** What the newest event of a stream adds to a month, without whether an activity was held. */
const changesFigures = (
  before: readonly DomainEvent[],
  after: readonly DomainEvent[],
  month: string,
  cells: readonly Cell[],
): boolean => {
  const [was, is] = [plainly(before), plainly(after)];
  return cells.some((cell) => !different('', was(month, cell), is(month, cell)).next().done);
};

/** An event that changes figures of a closed month is read by the close, or restated once. */
function* restatedOnce(material: Material, month: ClosedPeriod): Generator<string> {
  const { streams, restatements } = material;
  const cells = cellsOf(material).filter(({ theme }) => theme === null);
  const own = restatements.filter(({ state }) => state.closedPeriod === month.period);
  const kindOf = ({ state: { held, changes } }: Of<Restatement>): string =>
    held ? 'held' : changes.every(({ areaId }) => areaId === null) ? 'persons' : 'figures';
  const byCause = Map.groupBy(
    own,
    (each) =>
      `${nameOf(each.state.cause.aggregate)} v${each.state.cause.aggregate.version} ${kindOf(each)}`,
  );
  for (const [cause, same] of byCause)
    if (same.length > 1 && !cause.endsWith('held'))
      yield `twice: ${short(cause)} restates ${month.period} ${same.length} times`;
  for (const { event, state } of own)
    if (event.aggregate.version > 1 && !state.held)
      yield `twice: ${event.aggregate.id} v${event.aggregate.version}`;
  for (const [name, stream] of streams) {
    if (!/^(sheet|activity|volunteer|team)#/.test(name)) continue;
    const read = month.stored.versions[name] ?? 0;
    for (const { aggregate } of stream) {
      const { version } = aggregate;
      const is = byCause.has(`${name} v${version} figures`);
      if (version <= read) {
        if (is)
          yield `read: ${short(name)} v${version} restates ${month.period}, which has read it`;
        continue;
      }
      const must = changesFigures(
        stream.slice(0, version - 1),
        stream.slice(0, version),
        month.period,
        cells,
      );
      if (must && !is) yield `missing: ${short(name)} v${version} does not restate ${month.period}`;
    }
  }
}

/** Who took part in a month when it was closed, by the Ledger. */
const presentAtClose = (
  { streams }: Material,
  { period, stored }: ClosedPeriod,
): ReadonlySet<string> => {
  const present = new Set<string>();
  for (const [name, stream] of streams) {
    if (!name.startsWith('sheet#') || !name.split('~')[1]?.startsWith(period)) continue;
    const last = new Map<string, boolean>();
    for (const { aggregate, data } of stream)
      if (aggregate.version <= (stored.versions[name] ?? 0) && 'sums' in data)
        for (const { volunteerId, status, onDuty } of entriesOf(data))
          last.set(volunteerId, status === 'verified' && !onDuty);
    for (const [id, took] of last) if (took) present.add(id);
  }
  return present;
};

/**
 * A merge of records that both took part in a closed month restates it once, unless the close has read it.
 * Of somebody who was erased no pseudonym leads to what was closed any more, so nothing is asked of them.
 */
function* regroupings(material: Material, month: ClosedPeriod): Generator<string> {
  const { events, restatements } = material;
  const erased = new Set(
    events.flatMap(({ type, aggregate }) => (type === 'VolunteerErased' ? [aggregate.id] : [])),
  );
  const present = presentAtClose(material, month);
  for (const { type, aggregate, data } of events) {
    if (type !== 'VolunteerMerged' && type !== 'VolunteerUnmerged') continue;
    const { id, version } = aggregate;
    const { intoId } = data as { readonly intoId: string };
    const both = [id, intoId];
    if (version <= (month.stored.versions[`volunteer#${id}`] ?? 0)) continue;
    if (both.some((each) => erased.has(each) || !present.has(each))) continue;
    const found = restatements.some(
      ({ state: { closedPeriod, cause, changes } }) =>
        closedPeriod === month.period &&
        cause.aggregate.id === id &&
        cause.aggregate.version === version &&
        changes.some((change) => change.metric === 'distinctVolunteers' && change.areaId === null),
    );
    if (!found) yield `missing: ${short(id)} v${version} ${type} does not restate ${month.period}`;
  }
}

/** The Views list each restatement, also where one takes another back. */
function* listed({ restatements, views }: Material): Generator<string> {
  const rows = new Set(views.map(({ pk, sk }) => `${pk} ${sk}`));
  for (const { event, state } of restatements) {
    const { id, version } = event.aggregate;
    const place = `${state.closedPeriod}#${event.recordedAt}#${id}#${version}`;
    if (!rows.has(`restatements#${state.closedPeriod.slice(0, 4)} ${place}`))
      yield `unlisted: ${short(id)} v${version} of ${state.closedPeriod} is in no list`;
  }
}

/** Of somebody who was erased there is no salt, so that no id leads to their leaves. */
function* salts({ events, people }: Material): Generator<string> {
  for (const { type, aggregate } of events)
    if (type === 'VolunteerErased' && people.some(({ pk }) => pk === `proof#${aggregate.id}`))
      yield `salts: ${short(aggregate.id)} was erased, and the salt is left`;
}

/**
 * The violations of the laws of closed periods in a system at rest. The oracle is the Ledger alone.
 * @param order the names of all events, `<type>#<id> <version>`, as they were appended
 */
export const closingLaws = (store: Store, order: readonly string[]): readonly string[] => {
  const material = materialOf(store, order);
  const broken = [...endings(material), ...salts(material), ...listed(material)];
  const closed: ClosedPeriod[] = [];
  for (const [period, all] of material.periods) {
    const said = all.find(({ state }) => state.closed)?.state.closed;
    if (!said) continue;
    const stored = storedRun(material.stored, said.run);
    if (stored) closed.push({ period, closed: said, stored });
    else broken.push(`stored: nothing, or not all, of ${period}`);
  }
  for (const each of closed) broken.push(...rightlyStored(each));
  const months = closed.filter(({ period }) => period.length === 'yyyy-mm'.length);
  for (const month of months)
    broken.push(
      ...closedWith(material, month),
      ...readToTheEnd(material, month),
      ...sums(material, month),
      ...restatedOnce(material, month),
      ...regroupings(material, month),
    );
  for (const year of closed)
    if (year.period.length === 'yyyy'.length) broken.push(...yearLaws(material, year, months));
  return broken;
};
