import type { DomainEvent } from '../../events/catalogue.ts';
import type { Import, ImportChunk } from '../../events/imports.ts';
import type { Membership, Team } from '../../events/teams.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';
import { noticesOf } from '../../functions/people/notice.ts';
import { newest } from '../support/entries.ts';
import type { Item } from './expressions.ts';
import type { Store } from './memory-store.ts';

/** The newest state of every aggregate of a type, by id. */
type States = <T>(type: string) => ReadonlyMap<string, T>;
const statesOf = (events: readonly DomainEvent[]): States => {
  const last = newest(events);
  return <T>(type: string) =>
    new Map(
      last.flatMap(({ aggregate, data }) =>
        aggregate.type === type ? [[aggregate.id, Object.values(data)[0] as T] as const] : [],
      ),
    );
};

const short = (id: string): string => id.slice(0, 4);

/** Only active volunteers are members, invited members or leaders of a team. */
function* teamLaws(states: States): Generator<string> {
  const volunteers = states<Volunteer>('volunteer');
  for (const { teamId, volunteerId, status } of states<Membership>('membership').values()) {
    const is = volunteers.get(volunteerId)?.status;
    if (/^(joined|invited)$/.test(status) && is !== 'active')
      yield `teams: ${short(volunteerId)} is ${is}, and ${status} in ${short(teamId)}`;
  }
  for (const [id, { status, leaderId }] of states<Team>('team')) {
    const is = leaderId && volunteers.get(leaderId)?.status;
    if (status === 'active' && leaderId && is !== 'active')
      yield `teams: ${short(leaderId)} is ${is}, and leads ${short(id)}`;
  }
}

/** Each row of an accepted list is registered once, and no row still waits. */
function* importLaws(
  states: States,
  rows: readonly LedgerRow[],
  people: readonly Item[],
): Generator<string> {
  const chunks = [...states<ImportChunk>('import-chunk').values()];
  const begun = new Map(rows.filter(({ version }) => version === 1).map((row) => [row.pk, row]));
  const registered = new Set<string>();
  for (const [id, { rowsId, accepted, chunks: count }] of states<Import>('import')) {
    const own = chunks.filter(({ importId }) => importId === id);
    const done = own.flatMap((chunk) => chunk.rows);
    if (new Set(own.map(({ number }) => number)).size !== count || own.length !== count)
      yield `imports: ${own.length} of ${count} chunks of ${short(id)} are done`;
    if (new Set(done.map(({ row }) => row)).size !== accepted || done.length !== accepted)
      yield `imports: ${done.length} of ${accepted} rows of ${short(id)} are done`;
    if (people.some(({ pk }) => pk === `import#${rowsId}`))
      yield `imports: rows of ${short(id)} are still there`;
    for (const { row, volunteerId, outcome } of done) {
      const first = begun.get(`volunteer#${volunteerId}`);
      if (!first) yield `imports: row ${row} of ${short(id)} is ${outcome}, but there is nobody`;
      if (outcome === 'registered' && registered.has(volunteerId))
        yield `imports: ${short(volunteerId)} was registered twice`;
      if (outcome === 'registered') registered.add(volunteerId);
    }
  }
  // Each volunteer registered from a list is named by a row of that list.
  for (const [pk, { event }] of begun) {
    const { volunteer } = event.data as { readonly volunteer?: Volunteer };
    const id = pk.slice('volunteer#'.length);
    if (volunteer?.registeredBy === 'import' && !registered.has(id))
      yield `imports: ${short(id)} came from a list, but no row of one says so`;
  }
}

/** A person has one notice of each event about them. An erased person has only the notice of the erasure. */
function* personLaws(
  states: States,
  events: readonly DomainEvent[],
  people: readonly Item[],
): Generator<string> {
  const volunteers = states<Volunteer>('volunteer');
  const isErased = (id: string): boolean => volunteers.get(id)?.status === 'erased';
  const gone = new Set<string>();
  for (const { aggregate, data } of events)
    if ('volunteer' in data) {
      if (gone.has(aggregate.id) && data.volunteer.status !== 'erased')
        yield `people: ${short(aggregate.id)} was erased, and is ${data.volunteer.status} again`;
      if (data.volunteer.status === 'erased') gone.add(aggregate.id);
    }
  const told = new Map<string, number>();
  for (const { pk, sk, id, kind } of people) {
    const [type, volunteerId = ''] = String(pk).split('#');
    if (type !== 'person') continue;
    if (isErased(volunteerId) && (sk === 'person' || (id && kind !== 'erased')))
      yield `people: ${short(volunteerId)} was erased, and ${kind ?? sk} is left`;
    if (id) told.set(`${volunteerId} ${id}`, (told.get(`${volunteerId} ${id}`) ?? 0) + 1);
  }
  for (const event of events) {
    for (const { id, kind, volunteerId } of noticesOf(event)) {
      const times = told.get(`${volunteerId} ${id}`) ?? 0;
      const once = kind === 'erased' || !isErased(volunteerId);
      if (times > 1 || (once && times === 0))
        yield `notices: ${short(volunteerId)} was told ${times} times of ${event.type}`;
    }
  }
}

/** Records with the same telephone or document are both flagged as possible duplicates. */
function* duplicateLaws(states: States, people: readonly Item[]): Generator<string> {
  const volunteers = states<Volunteer>('volunteer');
  const here = people.flatMap((item) => {
    const id = String(item.pk).slice('person#'.length);
    const volunteer = volunteers.get(id);
    return item.sk === 'person' && volunteer && !/^(merged|erased)$/.test(volunteer.status)
      ? [{ id, item, volunteer }]
      : [];
  });
  for (const index of ['phoneIndex', 'idNumberIndex'])
    for (const one of here)
      for (const other of here)
        if (
          one !== other &&
          one.item[index] !== undefined &&
          one.item[index] === other.item[index] &&
          !one.volunteer.possibleDuplicates.includes(other.id)
        )
          yield `duplicates: ${short(one.id)} is not flagged as ${short(other.id)} (${index})`;
}

/** The violations of the followers' laws in a system at rest. The oracle is the Ledger alone. */
export const followerLaws = (store: Store): readonly string[] => {
  const rows = store.all('ledger').filter(holdsEvent) as unknown as readonly LedgerRow[];
  // The events of the prelude are not delivered, so they cause no notices.
  const events = rows
    .map((row) => envelopeOf(row) as unknown as DomainEvent)
    .filter(({ correlationId }) => correlationId === 'lab');
  const people = store.all('people');
  const states = statesOf(events);
  return [
    ...teamLaws(states),
    ...importLaws(states, rows, people),
    ...personLaws(states, events, people),
    ...duplicateLaws(states, people),
  ];
};
