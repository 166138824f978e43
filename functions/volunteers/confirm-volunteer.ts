import { timingSafeEqual } from 'node:crypto';
import type { UseCase } from '../http/serve.ts';
import { load } from '../ledger/ledger.ts';
import { linkPut } from '../people/link.ts';
import { checkNoRecord } from '../people/lives.ts';
import { selfIdOf } from '../people/own-record.ts';
import { confirmationCode } from '../people/register-person.ts';
import { Rejection } from '../refusals/decision.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { confirm } from './decider.ts';
import { mayConfirm } from './policy.ts';

const sameText = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * The person confirms a registration, with their own token and the code that came with it. From
 * then on the record is theirs. A person has one record, and nobody confirms a registration they
 * made.
 */
export const confirmVolunteer: UseCase<typeof volunteers.confirmVolunteer> = (request) => {
  const { actor, params, body } = request;
  let linked: string | undefined;
  return changeVolunteer(
    request,
    // Without the right code an actor learns nothing, not even whether the record exists.
    async () => {
      const role = mayConfirm(actor);
      const [registered] = await load({ type: 'volunteer', id: params.id });
      const isRight = sameText(body.code.toUpperCase(), await confirmationCode(params.id));
      if (role && (!registered || registered.event.actor.id === actor.id || !isRight))
        throw new Rejection('wrong-confirmation-code');
      return role;
    },
    async (volunteer, today) => {
      // A person who was erased has no record and may return this way.
      linked = await checkNoRecord(actor);
      return confirm(volunteer, body, await selfIdOf(actor), today);
    },
    { alsoWrite: async () => [linkPut(await selfIdOf(actor), params.id, linked)] },
  );
};
