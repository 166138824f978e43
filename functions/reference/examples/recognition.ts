import { catalogue } from '../../../events/catalogue.ts';
import type { Certificate } from '../../../events/recognition.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { ids, page, sheet } from './samples.ts';

const shown = ({ entries, records: _, ...rest }: Certificate, version: number) => ({
  id: ids.certificate,
  ...rest,
  entryCount: entries.length,
  version,
});

const applied = shown(catalogue.CertificateApplied.example.certificate, 1);
const issued = shown(catalogue.CertificateIssued.example.certificate, 2);
const number = issued.number ?? '';
const code = '7KQ2M-XW4RT-9HBNC-3VZPD-E8FGJ-5';
const reason = { reason: '出具有误' };

const application = { issuerId: ids.organisation, from: '2025-03-01', until: '2025-12-31' };

export const recognition = {
  bodies: {
    applyForCertificate: application,
    applyOnPage: application,
    declineCertificate: { reason: '时段内没有本单位的记录' },
    revokeCertificate: reason,
  },
  answers: {
    applyForCertificate: applied,
    listCertificates: page(issued),
    listRegister: page(issued),
    issueCertificate: issued,
    reissueCertificate: { ...issued, predecessorId: ids.otherCertificate, version: 1 },
    declineCertificate: shown(catalogue.CertificateDeclined.example.certificate, 2),
    withdrawCertificate: shown(catalogue.CertificateWithdrawn.example.certificate, 2),
    revokeCertificate: shown(catalogue.CertificateRevoked.example.certificate, 3),
    readCertificate: {
      ...issued,
      hours: '3.00',
      issuer: '红旗社区居民委员会',
      person: {
        name: '雷小锋',
        sex: 'male',
        idDocument: { type: 'resident-id', number: '1101**********0012' },
        idHash: 'sha256$2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
        idSalt: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
      },
      services: [{ sheetId: sheet, date: '2025-10-18', activity: '红旗社区义诊', minutes: 180 }],
      code,
      verifyUrl: `https://leifeng.example.org/verify?number=${number}&code=${code}`,
      notes: ['本证明由系统签名，可在线查验；加盖印章以记录单位为准。'],
    },
    readSealedFile: { number, bytes: new Uint8Array() },
    verifyPage: { number: null, code: null, finding: null, found: null },
    readStatusList: {
      credential: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        id: 'https://leifeng.example.org/credentials/status/2026-1',
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        issuer: 'did:web:leifeng.example.org',
        validFrom: '2026-01-01T00:00:00Z',
        credentialSubject: {
          id: 'https://leifeng.example.org/credentials/status/2026-1#list',
          type: 'BitstringStatusList',
          statusPurpose: 'revocation',
          encodedList: 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA',
          ttl: 15_000,
        },
      },
    },
    keepSealedFile: shown(catalogue.CertificateFileSealed.example.certificate, 3),
    verifyCertificate: {
      number,
      status: 'issued',
      issuer: '红旗社区居民委员会',
      issuedOn: '2026-01-12',
      from: '2025-03-01',
      until: '2025-12-31',
      minutes: 180,
      hours: '3.00',
    },
  },
} satisfies ExamplesOf<(typeof contracts)['recognition']>;
