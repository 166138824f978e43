import type { UseCase } from '../http/serve.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { isSameName } from '../people/names.ts';
import { changedPersonPut } from '../people/people.ts';
import { leaveForStaff } from '../people/personal-access.ts';
import { Rejection } from '../refusals/decision.ts';
import { derivedId } from '../runtime/ids.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { addCredential as add, revokeCredential as revoke } from './decider.ts';
import { mayCheckCredential } from './policy.ts';

/** The field of the sealed record that holds a credential's number. */
const numberField = (credentialId: string): string => `credential:${credentialId}`;

/**
 * Adds a credential that staff checked. The name on it must be the record's name. Its number goes
 * to the personal data; the Ledger stores its kind and its last day.
 */
export const addCredential: UseCase<typeof volunteers.addCredential> = (request) => {
  const { actor, at, params, body, idempotency } = request;
  const { number, holderName, ...shown } = body;
  const id = derivedId('credential', idempotency?.key ?? '');
  let put: AlsoWrite | undefined;
  return changeVolunteer(
    request,
    mayCheckCredential,
    async (volunteer, today, role) => {
      const fact = add(volunteer, { ...shown, id, checkedBy: actor.id }, today);
      // Comparing the name says something of it.
      const reading = { actor, at, role, reason: 'credential-check', what: 'name' } as const;
      const leave = await leaveForStaff(params.id, volunteer, reading);
      const { action } = await changedPersonPut(leave, async (before) => {
        if (!isSameName(before.name as string | undefined, holderName))
          throw new Rejection('credential-of-another', {}, '#/holderName');
        return { fields: { [numberField(id)]: number } };
      });
      put = action;
      return fact;
    },
    { alsoWrite: async () => (put ? [put] : []) },
  );
};

export const revokeCredential: UseCase<typeof volunteers.revokeCredential> = (request) =>
  changeVolunteer(request, mayCheckCredential, (volunteer, today) =>
    revoke(volunteer, request.params.credentialId, request.body.reason, today),
  );
