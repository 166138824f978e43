import type { InboundKind, InboundPartner } from '../../events/inbound.ts';
import { checkPlaces } from '../access/references.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate, type FactOf } from '../ledger/aggregate.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { changedSealedPut, destroyAction, sealedPut } from '../people/people.ts';
import { newSecret, rotatedSecrets, secretMadeBy } from '../people/signing-secrets.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';
import { derivedId } from '../runtime/ids.ts';
import { fieldsOf } from './check-item.ts';
import type { inbound } from './contract.ts';
import { create, remove, revise, rotate } from './decider.ts';
import { checkExpression } from './map-event.ts';
import { mayManagePartners } from './policy.ts';
import { readSecrets, type Sealed, secretsKey } from './secrets.ts';

/** @throws Rejection `invalid-value` at the pointer for a target that is no field, or lies in another one */
const checkTargets = (targets: readonly string[], as: InboundKind, pointer: Pointer): void => {
  const isField = (target: string): boolean => fieldsOf[as].includes(target.split('/')[1] ?? '');
  const isInAnother = (target: string): boolean =>
    targets.some((other) => target.startsWith(`${other}/`));
  const bad = targets.find((target) => !isField(target) || isInAnother(target));
  if (bad !== undefined)
    throw new Rejection(
      'invalid-value',
      {
        zh: `不能填入 ${bad}；可填：${fieldsOf[as].join('、')}`,
        en: `${bad} cannot be filled; fields: ${fieldsOf[as].join(', ')}`,
      },
      pointer,
    );
};

/**
 * Checks what a partner names.
 * @throws Rejection `unknown-reference`, or `invalid-value` for an expression that may not run here
 */
const check = async ({
  areaIds,
  organisationId,
  accepts,
}: Pick<InboundPartner, 'areaIds' | 'organisationId' | 'accepts'>): Promise<void> => {
  for (const [at, { as, fields, expression }] of accepts.entries()) {
    if (expression !== null) checkExpression(expression, `#/accepts/${at}/expression`);
    if (fields !== null) checkTargets(Object.keys(fields), as, `#/accepts/${at}/fields`);
  }
  await checkPlaces({ areaIds, organisationId });
};

export const createInboundPartner: UseCase<typeof inbound.createInboundPartner> = async (
  request,
) => {
  const { body, actor, idempotency } = request;
  const id = derivedId('inbound-partner', idempotency?.key ?? '');
  const { state, version } = await aggregate('inbound-partner').create(id, {
    request,
    authorise: () => mayManagePartners(actor),
    prepare: async () => {
      await check(body);
      return create({ ...body, status: 'active' });
    },
    alsoWrite: async () => {
      const sealed: Sealed = { secrets: [newSecret(idempotency?.key)] };
      return [await sealedPut(secretsKey(id), { ...sealed })];
    },
  });
  const secret = secretMadeBy(await readSecrets(id), idempotency?.key);
  return { body: { id, ...state, version, secret }, version };
};

const change = (
  request: Request<
    | typeof inbound.reviseInboundPartner
    | typeof inbound.rotateInboundSecret
    | typeof inbound.deleteInboundPartner
  >,
  decide: (
    partner: InboundPartner,
  ) => FactOf<'inbound-partner'> | null | Promise<FactOf<'inbound-partner'> | null>,
  alsoWrite: () => Promise<readonly AlsoWrite[]> = async () => [],
) =>
  aggregate('inbound-partner').execute(request.params.partner, {
    request,
    authorise: () => mayManagePartners(request.actor),
    authoriseAbsent: () => mayManagePartners(request.actor),
    decide,
    alsoWrite,
  });

export const reviseInboundPartner: UseCase<typeof inbound.reviseInboundPartner> = async (
  request,
) => {
  const id = request.params.partner;
  const { state, version } = await change(request, async (partner) => {
    const fact = revise(id, partner, request.body);
    await check({ ...partner, ...request.body });
    return fact;
  });
  return { body: { id, ...state, version }, version };
};

export const rotateInboundSecret: UseCase<typeof inbound.rotateInboundSecret> = async (request) => {
  const { at, body, idempotency, params } = request;
  const id = params.partner;
  const rotation = { at, ...body, madeBy: idempotency?.key };
  const { state, version } = await change(
    request,
    (partner) => rotate(id, partner),
    async () => {
      const { action } = await changedSealedPut(secretsKey(id), async (fields) => ({
        fields: { secrets: rotatedSecrets((fields as unknown as Sealed).secrets, rotation) },
      }));
      return [action];
    },
  );
  const secret = secretMadeBy(await readSecrets(id), idempotency?.key);
  return { body: { id, ...state, version, secret }, version };
};

export const deleteInboundPartner: UseCase<typeof inbound.deleteInboundPartner> = async (
  request,
) => {
  const id = request.params.partner;
  const { state, version } = await change(
    request,
    (partner) => remove(id, partner),
    async () => [destroyAction(secretsKey(id))],
  );
  return { body: { id, ...state, version }, version };
};
