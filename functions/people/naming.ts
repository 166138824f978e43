import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { ledgerTable } from '../runtime/settings.ts';
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

/** Holds while none of the records has changed since it was read. */
export const whileUnchanged = ({ records }: Naming): readonly AlsoWrite[] =>
  records.map(({ id, version }) => ({
    ConditionCheck: {
      TableName: ledgerTable(),
      Key: { pk: `volunteer#${id}`, version: version + 1 },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
