import type { DomainEvent } from '../../events/catalogue.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { type AlsoWrite, load } from '../ledger/ledger.ts';
import { ledgerTable } from '../runtime/settings.ts';
import { areCorrected } from './corrections.ts';
import { isMinor } from './registration.ts';

/**
 * Whether a record says that its person may be named in public: their consent to publicity stands, and for a minor the
 * one that the guardian gave. An erased record has no consents.
 */
export const agreesToBeNamed = (
  volunteer: Pick<Volunteer, 'status' | 'consents' | 'ageGroup'>,
): boolean =>
  volunteer.status !== 'pending' &&
  volunteer.status !== 'erased' &&
  volunteer.consents.some(
    ({ purpose, withdrawnOn, by }) =>
      purpose === 'publicity' && withdrawnOn === null && (by === 'guardian' || !isMinor(volunteer)),
  );

/** Whether somebody may be named, and what that was read from. */
export interface Naming {
  readonly mayBeNamed: boolean;
  readonly records: readonly { readonly id: string; readonly version: number }[];
}

/**
 * Whether the person of a record may be named now, as the Ledger says. A merged record's person has the surviving record,
 * so each record on the way must say so, whether the merge was accepted or not. One read for each.
 */
export const namingOf = async (volunteerId: string): Promise<Naming> => {
  const records: { id: string; version: number }[] = [];
  let mayBeNamed = true;
  for (let id: string | null = volunteerId; id !== null; ) {
    const found: Awaited<ReturnType<ReturnType<typeof aggregate<'volunteer'>>['find']>> =
      await aggregate('volunteer').find(id);
    if (!found) return { mayBeNamed: false, records };
    records.push({ id, version: found.version });
    mayBeNamed &&= agreesToBeNamed(found.state);
    id = found.state.mergedInto;
  }
  return { mayBeNamed, records };
};

/**
 * What became of a name that was read for the public: it `stands`, the person's name was `corrected` since, or their
 * consent `ended`.
 */
export type NameStanding = 'stands' | 'corrected' | 'ended';

/** What the events of a record say of a name that was read before them. */
const standingAfter = (events: readonly DomainEvent[]): NameStanding => {
  const states = events.flatMap(({ data }) => ('volunteer' in data ? [data.volunteer] : []));
  if (!states.every(agreesToBeNamed)) return 'ended';
  return areCorrected(events, ['name']) ? 'corrected' : 'stands';
};

/**
 * What became of a name since it was read. A consent that is given again names nobody anew in what was published before:
 * each state of the records since then must have agreed. A record into which the person's was merged counts from the
 * merge on. One read for each record, and its events for each that changed since.
 * @param since the records of `namingOf` when the name was read
 */
export const namingSince = async (
  volunteerId: string,
  since: Naming['records'],
): Promise<NameStanding> => {
  const { mayBeNamed, records } = await namingOf(volunteerId);
  // The name was that of the surviving record, which is said to be somebody else's since.
  const isParted = since.some(({ id }) => records.every((record) => record.id !== id));
  if (!mayBeNamed || isParted) return 'ended';
  const standings = await Promise.all(
    records.map(async ({ id, version }) => {
      const read = since.find((record) => record.id === id)?.version;
      if (read === version) return 'stands';
      const events = (await load({ type: 'volunteer', id })).map(({ event }) => event);
      const isLater = ({ aggregate, data }: DomainEvent): boolean =>
        read === undefined
          ? 'volunteer' in data && data.volunteer.mergedFrom.some((each) => each.id === volunteerId)
          : aggregate.version > read;
      return standingAfter(events.filter(isLater));
    }),
  );
  return (
    (['ended', 'corrected'] as const).find((standing) => standings.includes(standing)) ?? 'stands'
  );
};

/** Holds while none of the records has changed since it was read. */
export const whileUnchanged = ({ records }: Naming): readonly AlsoWrite[] =>
  records.map(({ id, version }) => ({
    ConditionCheck: {
      TableName: ledgerTable(),
      Key: { pk: `volunteer#${id}`, version: version + 1 },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
