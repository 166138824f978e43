import { dateOfSheet } from '../figures/layout.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isOwnRecord, nobody } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { divisionCode } from './assign.ts';
import { checkFree } from './check-free.ts';
import type { recognition } from './contract.ts';
import { apply, checkBeginning, checkCertifiable, checkSpan } from './decider.ts';
import { mayApply } from './policy.ts';
import { listed } from './projection.ts';
import { type Register, type Registered, readRegister, registerPut } from './register.ts';
import { snapshotOf } from './snapshot.ts';

/**
 * Applies for a certificate of a person's service at a recording unit. The register of the person is read before
 * anything is decided, and changed with the event: of two applications at once, the second finds the first.
 */
export const applyForCertificate: UseCase<typeof recognition.applyForCertificate> = async (
  request,
) => {
  const { actor, at, params, body, idempotency } = request;
  const volunteerId = params.id;
  const today = localDateOf(at, settings().timezone);
  const id = derivedId('certificate', idempotency?.key ?? '');
  const added: Registered = { id, ...body };
  let register: Register | undefined;
  const { state, version } = await aggregate('certificate').create(id, {
    request,
    authorise: async () => {
      const volunteer = await aggregate('volunteer').stateNow(volunteerId);
      return mayApply(actor, body, {
        own: await isOwnRecord(actor, volunteerId, volunteer ?? nobody),
      });
    },
    prepare: async () => {
      divisionCode();
      checkSpan(body, today);
      register = await readRegister(volunteerId);
      // After the register: whoever was erased or merged before it was read is found here.
      const volunteer = await aggregate('volunteer').stateNow(volunteerId);
      if (!volunteer) throw new Rejection('not-found', { what: 'volunteer', id: volunteerId });
      checkCertifiable(volunteer);
      await aggregate('organisation').referenceEventually(body.issuerId, '#/issuerId');
      await checkFree(register, added);
      const { entries } = await snapshotOf({ volunteerId, ...body }, volunteer);
      const [first = body.from] = entries.map(({ sheetId }) => dateOfSheet(sheetId)).sort();
      checkBeginning(body.from, first);
      return apply({ volunteerId, ...body }, today);
    },
    alsoWrite: async () => (register ? [registerPut(volunteerId, register, added)] : []),
  });
  return { body: { id, ...listed(state), version }, version };
};
