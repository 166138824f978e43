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
 * The person's yes: with their own token, and the code that came with the registration. From here
 * on the record is theirs. One person has one record, and nobody confirms what they registered.
 */
export const confirmVolunteer: UseCase<typeof volunteers.confirmVolunteer> = (request) => {
  const { actor, params, body } = request;
  let linked: string | undefined;
  return changeVolunteer(
    request,
    // Whoever has not the code learns nothing, not even whether there is such a record.
    async () => {
      const role = mayConfirm(actor);
      const [registered] = await load({ type: 'volunteer', id: params.id });
      const isRight = sameText(body.code.toUpperCase(), await confirmationCode(params.id));
      if (role && (!registered || registered.event.actor.id === actor.id || !isRight))
        throw new Rejection('wrong-confirmation-code');
      return role;
    },
    async (volunteer, today) => {
      // Whoever had themselves erased is nobody here, and may come back this way.
      linked = await checkNoRecord(actor);
      return confirm(volunteer, body, selfIdOf(actor), today);
    },
    { alsoWrite: async () => [linkPut(selfIdOf(actor), params.id, linked)] },
  );
};
