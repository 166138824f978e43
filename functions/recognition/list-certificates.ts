import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isSelf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { certificateRows, listOfCertificates } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import type { recognition } from './contract.ts';
import { mayList, mayReadAsStaff } from './policy.ts';
import type { ListedCertificate } from './projection.ts';

/** A page of the certificates of a record. */
export const listCertificates: UseCase<typeof recognition.listCertificates> = async ({
  actor,
  params: { id },
  query,
}) => {
  if (!mayList(actor, { own: await isSelf(actor, id) })) throw new Rejection('forbidden');
  const partition = certificateRows(id);
  return { body: await listRows<ListedCertificate>({ index: 'items', partition, ...query }) };
};

/** A page of the register of a recording unit. */
export const listRegister: UseCase<typeof recognition.listRegister> = async ({
  actor,
  params: { id },
  query,
}) => {
  if (!mayReadAsStaff(actor, { issuerId: id })) throw new Rejection('forbidden');
  const organisation = await aggregate('organisation').stateNow(id, false);
  if (!organisation) throw new Rejection('not-found', { what: 'organisation', id });
  const partition = listOfCertificates(id);
  return { body: await listRows<ListedCertificate>({ index: 'lists', partition, ...query }) };
};
