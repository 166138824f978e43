import type { InboundBatch, InboundPartner } from '../../events/inbound.ts';
import { serve } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { inboundBatches, inboundPartnerRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import {
  createInboundPartner,
  deleteInboundPartner,
  reviseInboundPartner,
  rotateInboundSecret,
} from './change-partner.ts';
import { inbound } from './contract.ts';
import { present } from './decider.ts';
import { mayManagePartners } from './policy.ts';
import { receiveInbound } from './receive-batch.ts';
import { shownBatch } from './shown-batch.ts';
import { tryInboundEvent } from './try-event.ts';

const allow = (actor: Actor): void => {
  if (!mayManagePartners(actor)) throw new Rejection('forbidden');
};

/** A partner, for who may see it. @throws Rejection `forbidden`, `not-found` */
const partnerFor = async (actor: Actor, id: string) => {
  allow(actor);
  const { state, version } = await aggregate('inbound-partner').get(id);
  return { id, ...present(state, id), version };
};

export const handler = serve(inbound, {
  createInboundPartner,
  reviseInboundPartner,
  deleteInboundPartner,
  rotateInboundSecret,
  receiveInbound,
  tryInboundEvent: async (request) => {
    const { accepts } = await partnerFor(request.actor, request.params.partner);
    return tryInboundEvent(request, accepts);
  },
  listInboundPartners: async ({ actor, query }) => {
    allow(actor);
    return {
      body: await listRows<InboundPartner>({
        index: 'items',
        partition: inboundPartnerRows,
        accepts: ({ row }) => (row as InboundPartner).status !== 'deleted',
        ...query,
      }),
    };
  },
  readInboundPartner: async ({ actor, params }) => {
    const body = await partnerFor(actor, params.partner);
    return { body, version: body.version };
  },
  listInboundBatches: async ({ actor, params, query }) => {
    await partnerFor(actor, params.partner);
    return {
      body: await listRows<InboundBatch & { readonly at: string }>({
        index: 'items',
        partition: inboundBatches(params.partner),
        descending: true,
        ...query,
      }),
    };
  },
  readInboundBatch: async ({ actor, params: { partner, id }, locale }) => {
    allow(actor);
    const found = await aggregate('inbound-batch').get(id);
    if (found.state.partnerId !== partner)
      throw new Rejection('not-found', { what: 'inbound-batch', id });
    return { body: await shownBatch(id, found, { locale }) };
  },
});
