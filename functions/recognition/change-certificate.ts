import type { Role } from '../../events/envelope.ts';
import type { Certificate } from '../../events/recognition.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate, type Execution, type Versioned } from '../ledger/aggregate.ts';
import { standingOf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { dayMs, localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { createAssigning, setIn, takenBy } from './assign.ts';
import { checkFree } from './check-free.ts';
import type { recognition } from './contract.ts';
import {
  type CertificateFact,
  checkCertifiable,
  checkReissuable,
  decline,
  type Issue,
  issue,
  nextStep,
  notice,
  reissue,
  revoke,
  withdraw,
} from './decider.ts';
import { mayDecide, mayWithdraw } from './policy.ts';
import { listed } from './projection.ts';
import { readRegister, registerPut } from './register.ts';
import { snapshotOf } from './snapshot.ts';

type Change = Execution<'certificate'>['request'] & { readonly params: { readonly id: string } };
type Standing = Awaited<ReturnType<typeof standingOf>>;

/** A certificate that is not there: of no unit, and nobody's. */
const absent = { issuerId: '' };
const nobodys: Standing = { own: false, mayBeOwn: false };

/** Runs a command on the certificate that a path names. */
export const changeCertificate = async (
  request: Change,
  may: (state: Pick<Certificate, 'issuerId'>, standing: Standing) => Role | undefined,
  decide: (state: Certificate) => CertificateFact | null | Promise<CertificateFact | null>,
  writes: Pick<Execution<'certificate'>, 'alsoAppend' | 'alsoWrite'> = {},
) => {
  const { id } = request.params;
  const { state, version } = await aggregate('certificate').execute(id, {
    request,
    authorise: async (state) => may(state, await standingOf(request.actor, state.volunteerId)),
    authoriseAbsent: () => may(absent, nobodys),
    decide,
    ...writes,
  });
  return { body: { id, ...listed(state), version }, version };
};

const todayOf = ({ at }: Pick<Change, 'at'>): string => localDateOf(at, settings().timezone);

/** The record of a certificate's person, if service of it can be certified. @throws Rejection `volunteer-not-active` */
export const certifiable = async ({
  volunteerId,
}: Pick<Certificate, 'volunteerId'>): Promise<Versioned<Volunteer>> => {
  const found = await aggregate('volunteer').find(volunteerId);
  if (!found) throw new Rejection('volunteer-not-active', { status: 'erased' });
  checkCertifiable(found.state);
  return found;
};

/** Issues a certificate, or begins its notice where the district wants one. */
export const issueCertificate: UseCase<typeof recognition.issueCertificate> = (request) => {
  const today = todayOf(request);
  const { noticeDays } = settings().certificates;
  const assign = createAssigning(today);
  return changeCertificate(
    request,
    (unit, standing) => mayDecide(request.actor, unit, standing),
    async (state) => {
      const step = nextStep(state, { today, noticeDays });
      const { state: volunteer, version: personVersion } = await certifiable(state);
      const snapshot = await snapshotOf(state, volunteer);
      if (step === 'notice')
        return notice(state, localDateOf(request.at + noticeDays * dayMs, settings().timezone));
      return issue(state, { ...snapshot, ...(await assign(state.issuerId)), personVersion, today });
    },
    {
      alsoWrite: async (_, { type, data }) =>
        type === 'CertificateIssued' ? takenBy(request.params.id, data.certificate) : [],
    },
  );
};

/** Issues a new certificate in the place of one, with what is verified now. */
export const reissueCertificate: UseCase<typeof recognition.reissueCertificate> = async (
  request,
) => {
  const { actor, params, idempotency } = request;
  const today = todayOf(request);
  const assign = createAssigning(today);
  const successorId = derivedId('certificate', idempotency?.key ?? '');
  let next: Issue | undefined;
  let register: Awaited<ReturnType<typeof readRegister>> | undefined;
  const made = (state: Certificate) => {
    if (!next) throw new Error('what takes its place is chosen first');
    return reissue(state, { id: params.id, successorId, next });
  };
  await changeCertificate(
    request,
    (unit, standing) => mayDecide(actor, unit, standing),
    async (state) => {
      checkReissuable(state);
      register = await readRegister(state.volunteerId);
      await checkFree(register, state, params.id);
      const { state: volunteer, version: personVersion } = await certifiable(state);
      const snapshot = await snapshotOf(state, volunteer);
      next = { ...snapshot, ...(await assign(state.issuerId)), personVersion, today };
      return made(state).old;
    },
    {
      alsoAppend: async (state) => [
        { type: 'certificate', id: successorId, version: 0, fact: made(state).new },
      ],
      alsoWrite: async (state) => {
        if (!register) throw new Error('the register is read first');
        const { issuerId, from, until } = state;
        const added = { id: successorId, issuerId, from, until };
        return [
          ...setIn(state),
          ...takenBy(successorId, made(state).new.data.certificate),
          registerPut(state.volunteerId, register, added),
        ];
      },
    },
  );
  const { state, version } = await aggregate('certificate').get(successorId);
  return { body: { id: successorId, ...listed(state), version }, version };
};

export const declineCertificate: UseCase<typeof recognition.declineCertificate> = (request) =>
  changeCertificate(
    request,
    (unit, standing) => mayDecide(request.actor, unit, standing),
    (state) => decline(state, request.body.reason),
  );

export const withdrawCertificate: UseCase<typeof recognition.withdrawCertificate> = (request) =>
  changeCertificate(request, (_, standing) => mayWithdraw(request.actor, standing), withdraw);

export const revokeCertificate: UseCase<typeof recognition.revokeCertificate> = (request) =>
  changeCertificate(
    request,
    (unit, standing) => mayDecide(request.actor, unit, standing),
    (state) => revoke(state, { reason: request.body.reason, today: todayOf(request) }),
    { alsoWrite: async (state) => setIn(state) },
  );
