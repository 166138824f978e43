import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { RecordKey } from '../people/envelope.ts';
import { changeSealed, readSealed } from '../people/people.ts';
import { logReading } from '../people/personal-access.ts';
import { normalPhone } from '../people/phone.ts';
import { Rejection } from '../refusals/decision.ts';
import { type Contact, contact, type organisations } from './contract.ts';
import { mayKeepContact, mayReadContact } from './policy.ts';

const contactKey = (organisationId: string): RecordKey => ({
  pk: `contact#${organisationId}`,
  sk: 'contact',
});

/** Stores an organisation's contact. It is a person, so it is sealed, and no event mentions it. */
export const keepContact: UseCase<typeof organisations.keepContact> = async ({
  actor,
  params: { id },
  body,
}) => {
  if (!mayKeepContact(actor, id)) throw new Rejection('forbidden');
  await aggregate('organisation').get(id);
  const phone = normalPhone(body.phone);
  if (!phone)
    throw new Rejection(
      'invalid-value',
      { zh: '电话号码格式有误。', en: 'This is no phone number.' },
      '#/phone',
    );
  const kept: Contact = { ...body, phone };
  await changeSealed(contactKey(id), async () => ({ fields: { contact: kept } }));
  return { body: kept };
};

/** Reads an organisation's contact. Each reading needs a reason and is logged. */
export const readContact: UseCase<typeof organisations.readContact> = async ({
  actor,
  at,
  params: { id },
  query: { reason },
}) => {
  const role = mayReadContact(actor);
  if (!role) throw new Rejection('forbidden');
  if (!reason) throw new Rejection('reason-required');
  await logReading(contactKey(id), { actor, at, role, reason, what: 'contact' });
  const record = await readSealed(contactKey(id));
  if (!record) throw new Rejection('not-found', { what: 'contact', id });
  return { body: contact.parse(record.fields.contact) };
};
