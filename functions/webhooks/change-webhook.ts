import type { Webhook } from '../../events/webhooks.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate, type FactOf } from '../ledger/aggregate.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { changedSealedPut, destroyAction, sealedPut } from '../people/people.ts';
import { makeSigningKey } from '../people/signing-key.ts';
import { newSecret, rotatedSecrets, type Secret } from '../people/signing-secrets.ts';
import { Rejection } from '../refusals/decision.ts';
import { derivedId } from '../runtime/ids.ts';
import { checkKind, checkReferences, hostOf } from './check-webhook.ts';
import type { webhooks } from './contract.ts';
import { create, remove, revise, rotate } from './decider.ts';
import { mayManageWebhooks } from './policy.ts';
import { type Receiver, receiverKey, shownSecret } from './receivers.ts';
import { clearHealth, healthDelete, listedPut, readList, unlistedDelete } from './store.ts';

/** A district has at most as many: each minute all of them are looked at. */
const most = 500;

export const createWebhook: UseCase<typeof webhooks.createWebhook> = async (request) => {
  const { url, secret, afterTest, ...described } = request.body;
  const id = derivedId('webhook', request.idempotency?.key ?? '');
  const webhook = (): Webhook => ({
    ...described,
    host: hostOf(url),
    status: afterTest ? 'untested' : 'active',
  });
  const { state, version } = await aggregate('webhook').create(id, {
    request,
    authorise: () => mayManageWebhooks(request.actor),
    prepare: async () => {
      const made = create(webhook());
      checkKind(described, secret);
      await checkReferences(described);
      if ((await readList()).length >= most) throw new Rejection('too-many-webhooks', { most });
      return made;
    },
    alsoWrite: async () => {
      if (described.asymmetric) await makeSigningKey();
      const first: Secret =
        described.kind === 'http'
          ? newSecret(request.idempotency?.key)
          : { secret: secret ?? '', until: null };
      const receiver: Receiver = { url, secrets: [first] };
      return [
        await sealedPut(receiverKey(id), { ...receiver }),
        listedPut({ id, webhook: webhook() }),
      ];
    },
  });
  const shown = await shownSecret(id, request.idempotency?.key);
  return { body: { id, ...state, version, secret: shown }, version };
};

/** Changes a webhook, and keeps the list of all of them the same in one transaction. */
export const change = (
  request: Request<
    | typeof webhooks.reviseWebhook
    | typeof webhooks.rotateSecret
    | typeof webhooks.deleteWebhook
    | typeof webhooks.testWebhook
  >,
  decide: (webhook: Webhook) => FactOf<'webhook'> | null | Promise<FactOf<'webhook'> | null>,
  alsoWrite: () => Promise<readonly AlsoWrite[]> = async () => [],
) => {
  const { id } = request.params;
  return aggregate('webhook').execute(id, {
    request,
    authorise: () => mayManageWebhooks(request.actor),
    authoriseAbsent: () => mayManageWebhooks(request.actor),
    decide,
    alsoWrite: async (_, { data: { webhook } }) => [
      webhook.status === 'deleted' ? unlistedDelete(id) : listedPut({ id, webhook }),
      ...(await alsoWrite()),
    ],
  });
};

/** The write that changes a receiver, unless it was changed since it was read. */
const receiverPut = async (
  id: string,
  changes: (receiver: Receiver) => Partial<Receiver>,
): Promise<AlsoWrite> => {
  const { action } = await changedSealedPut(receiverKey(id), async (fields) => ({
    fields: changes(fields as unknown as Receiver),
  }));
  return action;
};

export const reviseWebhook: UseCase<typeof webhooks.reviseWebhook> = async (request) => {
  const { id } = request.params;
  const { url, secret, ...changes } = request.body;
  const receiver = {
    ...(url === undefined ? {} : { url }),
    ...(secret === undefined ? {} : { secrets: [{ secret, until: null }] as const }),
  };
  const changesReceiver = Object.keys(receiver).length > 0;
  const { state, version } = await change(
    request,
    async (webhook) => {
      const host = url === undefined ? {} : { host: hostOf(url) };
      const fact = revise(id, webhook, { ...changes, ...host }, changesReceiver);
      checkKind({ ...webhook, ...changes }, secret);
      await checkReferences({ ...webhook, ...changes });
      if (changes.asymmetric) await makeSigningKey();
      return fact;
    },
    async () => [
      ...(changesReceiver ? [await receiverPut(id, () => receiver)] : []),
      // A receiver that is enabled anew, or is another one, begins anew.
      ...(url !== undefined || changes.status === 'active' ? [healthDelete(id)] : []),
    ],
  );
  // Also for one that is active already, and would be disabled within a minute.
  if (changes.status === 'active') await clearHealth(id);
  return { body: { id, ...state, version }, version };
};

export const rotateSecret: UseCase<typeof webhooks.rotateSecret> = async (request) => {
  const { id } = request.params;
  const { at, body } = request;
  const rotation = { at, ...body, madeBy: request.idempotency?.key };
  const { state, version } = await change(
    request,
    (webhook) => rotate(id, webhook),
    async () => [
      await receiverPut(id, ({ secrets }) => ({ secrets: rotatedSecrets(secrets, rotation) })),
    ],
  );
  const shown = await shownSecret(id, request.idempotency?.key);
  return { body: { id, ...state, version, secret: shown }, version };
};

export const deleteWebhook: UseCase<typeof webhooks.deleteWebhook> = async (request) => {
  const { id } = request.params;
  const { state, version } = await change(
    request,
    (webhook) => remove(id, webhook),
    async () => [destroyAction(receiverKey(id)), healthDelete(id)],
  );
  return { body: { id, ...state, version }, version };
};
