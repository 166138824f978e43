import type { Activity } from '../../events/activities.ts';
import type { Certificate } from '../../events/recognition.ts';
import { activityOfSheet, dateOfSheet } from '../figures/layout.ts';
import type { Request } from '../http/request.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { type Leave, openPerson } from '../people/people.ts';
import { person as personSchema } from '../people/person.ts';
import { settings } from '../runtime/settings.ts';
import { activityPartition } from '../views/keys.ts';
import { rowsAt } from '../views/views.ts';
import type { CertificateDocument } from './answers.ts';
import { codeOf } from './code.ts';
import type { recognition } from './contract.ts';
import { identityHash, saltOfIdentity } from './identity-hash.ts';
import { openCertificate } from './open-certificate.ts';
import { listed } from './projection.ts';
import { notesOn } from './words.ts';

/** Minutes as hours to two decimals. */
export const hoursOf = (minutes: number): string => (minutes / 60).toFixed(2);

/** The first and the last four characters, or the last ones of a short number; the rest is masked. */
const masked = (number: string): string => {
  const shown = number.length > 12 ? 4 : 2;
  return `${number.slice(0, shown)}${'*'.repeat(Math.max(0, number.length - 2 * shown))}${number.slice(-shown)}`;
};

const known = personSchema.pick({ name: true, sex: true, idDocument: true }).strip();

const certifiedPerson = async (
  id: string,
  leave: Leave,
  own: boolean,
): Promise<CertificateDocument['person']> => {
  const record = await openPerson(leave);
  if (!record) return null;
  const { name = null, sex = null, idDocument } = known.parse(record.fields);
  const salt = idDocument ? await saltOfIdentity(id) : null;
  return {
    name,
    sex,
    idDocument: idDocument ? { ...idDocument, number: masked(idDocument.number) } : null,
    idHash: idDocument && salt ? identityHash(idDocument.number, salt) : null,
    idSalt: own ? salt : null,
  };
};

/** What was certified, with the present titles of the activities. One request for each 100 activities. */
const servicesOf = async ({ entries }: Certificate): Promise<CertificateDocument['services']> => {
  const ids = [...new Set(entries.map(({ sheetId }) => activityOfSheet(sheetId)))];
  const rows = await rowsAt(ids.map((id) => ({ pk: activityPartition(id), sk: 'activity' })));
  return entries.map(({ sheetId, minutes }) => {
    const row = rows.get(`${activityPartition(activityOfSheet(sheetId))}|activity`);
    const activity = (row as Pick<Activity, 'title'> | undefined)?.title ?? null;
    return { sheetId, date: dateOfSheet(sheetId), activity, minutes };
  });
};

/** Where anybody with the code verifies a certificate; null in a district without a public address. */
const verifyUrlOf = (number: string | null, code: string | null): string | null => {
  const { publicBaseUrl } = settings();
  if (publicBaseUrl === null || number === null || code === null) return null;
  return `${publicBaseUrl}/verify?${new URLSearchParams({ number, code })}`;
};

/** The name of an organisation, as the Ledger has it. */
export const nameOfUnit = async (id: string): Promise<string> =>
  (await aggregate('organisation').stateNow(id, false))?.name ?? '';

type Reading = Pick<
  Request<typeof recognition.readCertificate>,
  'actor' | 'at' | 'params' | 'query' | 'locale'
>;

/** A certificate with all that it says. */
export const readCertificate = async (request: Reading): Promise<{ body: CertificateDocument }> => {
  const { id } = request.params;
  const { state, version, own, leave } = await openCertificate(request);
  const code = state.number === null || state.endedBy === 'erased' ? null : await codeOf(id);
  const verifyUrl = verifyUrlOf(state.number, code);
  const [issuer, services, person] = await Promise.all([
    nameOfUnit(state.issuerId),
    servicesOf(state),
    leave ? certifiedPerson(id, leave, own) : null,
  ]);
  const body = {
    id,
    ...listed(state),
    version,
    hours: hoursOf(state.minutes),
    ...{ issuer, person, services, code, verifyUrl },
    notes: notesOn(state, verifyUrl !== null, request.locale),
  };
  return { body };
};
