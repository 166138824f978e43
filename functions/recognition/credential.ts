import { SignJWT } from 'jose';
import { didOf, keyIdOf, publicAddress } from '../people/did.ts';
import { signingKeyOf } from '../people/signing-key.ts';
import { Rejection } from '../refusals/decision.ts';
import type { CertificateDocument } from './answers.ts';

const credentials = 'https://www.w3.org/ns/credentials/v2';
const openBadges = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** The begin of a local day in China, which has one time zone, as credentials write instants. */
const startOf = (localDate: string): string => `${localDate}T00:00:00+08:00`;

type Json = Readonly<Record<string, unknown>>;

/** Where the status list of this name is. */
export const statusListUrl = (origin: string, list: string): string =>
  `${origin}/credentials/status/${list}`;

/**
 * A certificate as an Open Badges 3.0 credential, which is a W3C Verifiable Credential 2.0. It names the person, as
 * the holder shows it to whom they want; of the ID number it has a salted hash.
 * @throws Rejection `certificate-not-good`, `certificate-names-nobody`
 */
const credentialOf = (shown: CertificateDocument, origin: string): Json => {
  const { id, status, number, issuedOn, person, statusList, statusIndex } = shown;
  if (status !== 'issued' || issuedOn === null || statusList === null)
    throw new Rejection('certificate-not-good', { status });
  if (!person?.name) throw new Rejection('certificate-names-nobody');
  const list = statusListUrl(origin, statusList);
  return {
    '@context': [credentials, openBadges],
    id: `urn:uuid:${id}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: '志愿服务记录证明',
    issuer: { id: didOf(origin), type: ['Profile'], name: shown.issuer, url: origin },
    validFrom: startOf(issuedOn),
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [
        {
          ...{ type: 'IdentityObject', hashed: false },
          ...{ identityType: 'name', identityHash: person.name },
        },
        ...(person.idHash === null
          ? []
          : [
              {
                ...{ type: 'IdentityObject', hashed: true },
                ...{ identityType: 'nationalIdentityNumber', identityHash: person.idHash },
              },
            ]),
      ],
      activityStartDate: startOf(shown.from),
      activityEndDate: startOf(shown.until),
      narrative: `${shown.from} 至 ${shown.until} 志愿服务 ${shown.minutes} 分钟（${shown.hours} 小时），共 ${shown.entryCount} 条记录。${shown.minutes} minutes of volunteer service, in ${shown.entryCount} verified entries.`,
      achievement: {
        id: `${origin}/certificates/${number}`,
        type: ['Achievement'],
        achievementType: 'CommunityService',
        name: '志愿服务记录证明 Certificate of volunteer service',
        description: `由${shown.issuer}记录、经查验的志愿服务。Volunteer service that the unit recorded and somebody else verified.`,
        criteria: {
          narrative:
            '只计经他人查验、计时长的志愿服务。Only service counts that somebody else verified.',
        },
      },
    },
    credentialStatus: {
      id: `${list}#${statusIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(statusIndex),
      statusListCredential: list,
    },
  };
};

/**
 * Signs a credential (VC-JOSE-COSE, EdDSA) with the key of a year, which is made when it is first needed.
 * @throws Problem `record-unreadable`
 */
export const signed = async (
  credential: Json,
  claims: Readonly<Record<string, string | number>>,
  origin: string,
  year: number,
): Promise<string> =>
  new SignJWT({ ...credential, iss: didOf(origin), ...claims })
    .setProtectedHeader({
      alg: 'EdDSA',
      kid: keyIdOf(origin, year),
      typ: 'vc+jwt',
      cty: 'vc',
    })
    .sign(await signingKeyOf(year));

/** A certificate as a signed credential. @throws as `credentialOf` and `signed` do; Problem `no-public-address` */
export const signedCertificate = async (
  shown: CertificateDocument,
  year: number,
): Promise<string> => {
  const origin = publicAddress();
  const credential = credentialOf(shown, origin);
  const notBefore = Math.floor(Date.parse(startOf(shown.issuedOn ?? '')) / 1000);
  return signed(credential, { jti: `urn:uuid:${shown.id}`, nbf: notBefore }, origin, year);
};
