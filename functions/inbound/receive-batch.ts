import type { InboundPartner } from '../../events/inbound.ts';
import { jsonIn } from '../http/json-body.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { blindHash, keyedId } from '../people/keys.ts';
import { goodSecrets, newSecret } from '../people/signing-secrets.ts';
import { Problem } from '../refusals/problem.ts';
import { inParallel } from '../runtime/batches.ts';
import { digest } from '../runtime/ids.ts';
import { applyItem, machineOf, type Result } from './apply-item.ts';
import { type Checked, checkItem, type Fitting } from './check-item.ts';
import type { inbound } from './contract.ts';
import { countItems } from './count-items.ts';
import { isSigned } from './is-signed.ts';
import { secretsAt } from './secrets.ts';
import { shownBatch } from './shown-batch.ts';

type ReceiveRequest = Request<typeof inbound.receiveInbound>;

/** A secret with which nobody signs. */
const nobodys = newSecret(undefined);

const mostItems = 100;
/** Milliseconds for the expressions of a whole batch. */
const mappingMs = 2_000;
/** Sheets and people that are written at the same time. */
const lanes = 5;

/** The events of a message: a CloudEvents batch, or one event. @throws Problem `batch-size` */
const eventsOf = (json: unknown): readonly unknown[] => {
  const events = Array.isArray(json) ? json : [json];
  if (events.length === 0 || events.length > mostItems)
    throw new Problem('batch-size', { most: mostItems });
  return events;
};

const checkAll = async (
  events: readonly unknown[],
  { accepts }: InboundPartner,
  { locale }: ReceiveRequest,
): Promise<readonly Checked[]> => {
  const end = performance.now() + mappingMs;
  return inParallel(1, events, (event) =>
    checkItem(event, accepts, { locale, milliseconds: end - performance.now() }),
  );
};

/** Items that change the same sheet are done one after the other, in their order. */
const groupsOf = (checked: readonly Checked[]): readonly (readonly Fitting[])[] => {
  const groups = new Map<string, Fitting[]>();
  for (const [at, item] of checked.entries()) {
    if ('refusal' in item) continue;
    const { command } = item;
    const of =
      command.as === 'hours' ? `${command.activityId} ${command.serviceDate}` : `item ${at}`;
    groups.set(of, [...(groups.get(of) ?? []), item]);
  }
  return [...groups.values()];
};

const applyAll = async (
  checked: readonly Checked[],
  apply: (item: Fitting) => Promise<Result>,
): Promise<readonly Result[]> => {
  const applied = new Map<Checked, Result>();
  await inParallel(lanes, groupsOf(checked), async (group) => {
    for (const item of group) applied.set(item, await apply(item));
  });
  return checked.map((each) =>
    'refusal' in each
      ? { code: each.refusal.code, params: {} }
      : // Every item that fits is in a group.
        (applied.get(each) as Result),
  );
};

/**
 * Takes in a batch. Nothing of it is looked at before its signature was checked. Each event is applied or
 * refused by itself; a message that comes again (`webhook-id`) gets the answer of the first time, and an
 * event that comes again in another message is not applied twice.
 */
export const receiveInbound: UseCase<typeof inbound.receiveInbound> = async (request) => {
  const { params, body: message, at } = request;
  const id = params.partner;
  const partner = await aggregate('inbound-partner').find(id);
  const good = partner ? goodSecrets(await secretsAt(id, partner.version), at) : [];
  // As long for a partner that is not there as for one that is.
  const bytes = message.open(good.length > 0 ? good : [nobodys.secret], isSigned);
  if (partner?.state.status !== 'active') throw new Problem('partner-paused');
  const events = eventsOf(jsonIn(bytes, request.locale));
  const checked = await checkAll(events, partner.state, request);
  const actor = machineOf(id, partner.state, at);
  let results: readonly Result[] = [];
  // Keyed: a sender may make the message's id of its content, and nobody is to find that by trying.
  const batchId = await keyedId('inbound-batch', id, message.id);
  const idempotency = { key: batchId, hash: await blindHash('inbound-batch', digest(bytes)) };
  const done = await aggregate('inbound-batch').execute(batchId, {
    request: { ...request, actor, idempotency },
    authorise: () => 'partner',
    authoriseAbsent: () => 'partner',
    begin: async () => {
      const most = partner.state.itemsPerDay;
      await countItems(id, { batchId, at, items: events.length, most });
      results = await applyAll(checked, (item) => applyItem({ ...request, actor }, item));
      const applied = results.filter((each) => 'volunteerId' in each).length;
      const refused = results.length - applied;
      const batch = { partnerId: id, items: events.length, applied, refused };
      return { type: 'InboundBatchReceived', data: { batch } };
    },
    decide: () => {
      // Its id is made of the message's, whose key was looked for.
      throw new Problem('idempotency-key-reused');
    },
    more: () => results,
  });
  return { body: await shownBatch(batchId, done, { locale: request.locale, checked }) };
};
