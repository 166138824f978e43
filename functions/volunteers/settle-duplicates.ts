import type { DomainEvent } from '../../events/catalogue.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { load } from '../ledger/ledger.ts';
import { survivorOf } from '../people/own-record.ts';
import { fingerprint } from '../runtime/ids.ts';
import { settleDuplicate, suspectDuplicates } from './merge-decider.ts';

/** Every record that was ever flagged for this one; an erased record's state says nothing of them. */
const everFlagged = async (id: string): Promise<readonly string[]> => {
  const flags = (await load({ type: 'volunteer', id })).flatMap(({ event: { data } }) =>
    'volunteer' in data ? data.volunteer.possibleDuplicates : [],
  );
  return [...new Set(flags)];
};

/** The record that is there instead of one that is gone: null for none, undefined when it is not gone. */
const insteadOf = async (id: string): Promise<string | null | undefined> => {
  const volunteer = await aggregate('volunteer').stateNow(id);
  if (volunteer?.status === 'erased') return null;
  if (volunteer?.status !== 'merged') return undefined;
  const survivor = await survivorOf(id);
  return (await aggregate('volunteer').stateNow(survivor))?.status === 'erased' ? null : survivor;
};

/** Settles one flag of a record, on both sides, if the flagged record is gone. */
const settle = async (event: DomainEvent, id: string, flagged: string): Promise<void> => {
  const survivor = await insteadOf(flagged);
  if (survivor === undefined) return;
  const request = (volunteerId: string) =>
    followUp(event, { key: fingerprint('settled', event.id, volunteerId, flagged), hash: '' });
  await aggregate('volunteer').execute(id, {
    request: request(id),
    authorise: () => event.actor.role,
    decide: (volunteer) => settleDuplicate(volunteer, flagged, survivor === id ? null : survivor),
  });
  if (survivor === null || survivor === id) return;
  if ((await insteadOf(id)) !== undefined) return;
  await aggregate('volunteer').execute(survivor, {
    request: request(survivor),
    authorise: () => event.actor.role,
    decide: (volunteer) => suspectDuplicates(volunteer, { ids: [id] }),
  });
};

/** A record is gone: no other one stays flagged for it, but for the record that it was merged into. */
export const settleAfter = async (
  event: DomainEvent<'VolunteerErased' | 'VolunteerMerged'>,
): Promise<void> => {
  const { id } = event.aggregate;
  for (const other of await everFlagged(id)) await settle(event, other, id);
};

/**
 * The other side of `settleAfter`: a record was flagged, so it is checked whether the flagged records are
 * still there. One that goes after this check finds the flag.
 */
export const settleFlagged = async (
  event: DomainEvent<'DuplicateSuspected' | 'DuplicateSettled'>,
): Promise<void> => {
  const { id } = event.aggregate;
  for (const flagged of event.data.volunteer.possibleDuplicates) await settle(event, id, flagged);
};
