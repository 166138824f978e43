import type { EventTypeOf, Fact } from '../../events/catalogue.ts';
import type { InboundPartner } from '../../events/inbound.ts';
import { Rejection } from '../refusals/decision.ts';

type Made = Fact<EventTypeOf<'inbound-partner'>>;

export const create = (partner: InboundPartner): Made => ({
  type: 'InboundPartnerCreated',
  data: { partner },
});

/** What may be changed; a status only to what a person may set. */
export type Changes = Partial<
  Omit<InboundPartner, 'status'> & { readonly status: 'active' | 'paused' }
>;

/** A deleted partner is as if there were none. @throws Rejection `not-found` */
export const present = (partner: InboundPartner, id: string): InboundPartner => {
  if (partner.status === 'deleted')
    throw new Rejection('not-found', { what: 'inbound-partner', id });
  return partner;
};

export const revise = (id: string, before: InboundPartner, changes: Changes): Made | null => {
  const now = present(before, id);
  const partner: InboundPartner = { ...now, ...changes };
  return JSON.stringify(partner) === JSON.stringify(now)
    ? null
    : { type: 'InboundPartnerRevised', data: { partner } };
};

export const rotate = (id: string, before: InboundPartner): Made => ({
  type: 'InboundPartnerSecretRotated',
  data: { partner: present(before, id) },
});

export const remove = (id: string, before: InboundPartner): Made => ({
  type: 'InboundPartnerDeleted',
  data: { partner: { ...present(before, id), status: 'deleted' } },
});
