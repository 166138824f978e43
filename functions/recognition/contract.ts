import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { statusListName } from '../../events/recognition.ts';
import { bytes, type Contract, nothing, pageOf, paging, route } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';
import { accessReason } from '../people/personal-access-reasons.ts';
import {
  certificateDocument,
  listedCertificate,
  ownCertificates,
  verification,
  verifyPage,
} from './answers.ts';

const byId = z.strictObject({ id: uuid });
const withReason = z.strictObject({ reason: accessReason.optional() });
const maxFileBytes = 4 * 1024 * 1024;

const deciding = {
  access: 'token',
  params: byId,
  answer: listedCertificate,
  versioned: true,
} as const;
const changing = ['not-found', 'illegal-transition', 'stale-version'] as const;
const issuing = [
  ...changing,
  'volunteer-not-active',
  'nothing-to-certify',
  'too-many-entries',
  'no-certificates-here',
] as const;
const reading = ['not-found', 'reason-required', 'approval-required'] as const;

const application = z.strictObject({
  issuerId: uuid.describe('The recording unit.'),
  from: localDate.describe('The first service day.'),
  until: localDate.describe('The last service day: today at the latest.'),
});

const typedNumber = z.string().min(1).max(60);
const typedCode = z.string().min(1).max(80);

export const recognition = {
  applyForCertificate: route({
    key: 'POST /volunteers/{id}/certificates',
    access: 'token',
    summary: {
      en: 'Apply for a certificate of service: the person, or the recording unit for them',
      zh: '申请志愿服务记录证明：本人，或记录单位代为申请',
    },
    params: byId,
    body: application,
    status: 201,
    answer: listedCertificate,
    versioned: true,
    problems: [
      'not-found',
      'volunteer-not-active',
      'unknown-reference',
      'invalid-value',
      'certificate-overlaps',
      'too-many-certificates',
      'nothing-to-certify',
      'too-many-entries',
      'no-certificates-here',
    ],
  }),
  listCertificates: route({
    key: 'GET /volunteers/{id}/certificates',
    access: 'token',
    summary: { en: 'The certificates of a person, by id', zh: '本人的志愿服务记录证明' },
    params: byId,
    query: z.strictObject(paging),
    answer: pageOf(listedCertificate),
    problems: ['invalid-cursor'],
  }),
  listRegister: route({
    key: 'GET /organisations/{id}/certificates',
    access: 'token',
    summary: {
      en: 'The register of a recording unit: its certificates by number, then what has none yet',
      zh: '记录单位的证明出具登记（按编号）',
    },
    params: byId,
    query: z.strictObject(paging),
    answer: pageOf(listedCertificate),
    problems: ['invalid-cursor'],
  }),
  issueCertificate: route({
    key: 'POST /certificates/{id}/issue',
    summary: {
      en: 'Issue a certificate with what is verified now; where a public notice is wanted, the first call begins it',
      zh: '出具证明；须公示的，首次调用开始公示，期满后再次调用出具',
    },
    ...deciding,
    problems: [...issuing, 'notice-not-over'],
  }),
  reissueCertificate: route({
    key: 'POST /certificates/{id}/reissue',
    summary: {
      en: 'Issue a new certificate, with a number of its own, in the place of one; answers the new one',
      zh: '换发证明：以新编号出具，原证明即被替代',
    },
    ...deciding,
    status: 201,
    problems: [...issuing, 'certificate-overlaps', 'too-many-certificates'],
  }),
  declineCertificate: route({
    key: 'POST /certificates/{id}/decline',
    summary: { en: 'Decline an application, with the reason', zh: '不予出具证明（须说明理由）' },
    ...deciding,
    body: z.strictObject({ reason: officialText(200) }),
    problems: changing,
  }),
  withdrawCertificate: route({
    key: 'POST /certificates/{id}/withdraw',
    summary: { en: 'Withdraw one’s own application', zh: '撤回本人的证明申请' },
    ...deciding,
    problems: changing,
  }),
  revokeCertificate: route({
    key: 'POST /certificates/{id}/revoke',
    summary: { en: 'Revoke a certificate, with the reason', zh: '撤销证明（须说明理由）' },
    ...deciding,
    body: z.strictObject({ reason: officialText(200) }),
    problems: changing,
  }),
  readCertificate: route({
    key: 'GET /certificates/{id}/document',
    access: 'token',
    summary: {
      en: 'A certificate with all that it says, also to print and as a verifiable credential: for the person, and for the recording unit with a reason, which is logged',
      zh: '志愿服务记录证明（可打印，可取电子凭证）：本人；记录单位须说明事由并留痕',
    },
    params: byId,
    query: withReason,
    answer: certificateDocument,
    also: ['text/html', 'application/vc+jwt'],
    problems: [...reading, 'certificate-not-good', 'certificate-names-nobody', 'no-public-address'],
  }),
  certificatePage: route({
    key: 'GET /pages/certificates/{id}',
    access: 'session',
    summary: {
      en: 'A certificate to print; with `.jwt` behind its id the verifiable credential',
      zh: '打印志愿服务记录证明，或取其电子凭证',
    },
    params: byId,
    query: withReason,
    only: 'text/html',
    also: ['application/vc+jwt'],
    answer: certificateDocument,
  }),
  ownCertificates: route({
    key: 'GET /pages/certificates',
    access: 'session',
    summary: { en: 'One’s own certificates, and applying for one', zh: '我的证明与申请' },
    only: 'text/html',
    answer: ownCertificates,
  }),
  applyOnPage: route({
    key: 'POST /pages/certificates',
    access: 'session',
    summary: { en: 'Apply for a certificate', zh: '申请志愿服务记录证明' },
    body: application,
    only: 'text/html',
    again: 'ownCertificates',
    answer: nothing,
  }),
  withdrawOnPage: route({
    key: 'POST /pages/certificates/{id}/withdraw',
    access: 'session',
    summary: { en: 'Withdraw one’s own application', zh: '撤回本人的证明申请' },
    params: byId,
    only: 'text/html',
    again: 'ownCertificates',
    answer: nothing,
  }),
  keepSealedFile: route({
    key: 'PUT /certificates/{id}/sealed-file',
    summary: {
      en: 'Hand in the PDF of a certificate with the electronic seal of its unit, 4 MB at most',
      zh: '提交加有电子印章的证明文件',
    },
    ...deciding,
    body: bytes,
    file: { mediaTypes: ['*/*'], maxBytes: maxFileBytes },
    problems: [...changing, 'unreadable-file', 'volunteer-not-active', 'certificate-names-nobody'],
  }),
  readSealedFile: route({
    key: 'GET /certificates/{id}/sealed-file',
    access: 'token',
    summary: {
      en: 'The PDF with the electronic seal: for the person, and for the recording unit with a reason, which is logged',
      zh: '加有电子印章的证明文件：本人；记录单位须说明事由并留痕',
    },
    params: byId,
    query: withReason,
    only: 'application/pdf',
    answer: z.object({ number: z.string(), bytes }),
    problems: [...reading, 'certificate-not-good'],
  }),
  verifyCertificate: route({
    key: 'GET /certificates/{number}',
    access: 'public',
    summary: {
      en: 'Verify a certificate by its number; with the code that is printed beside it also period and total',
      zh: '按编号查验证明；附查验码可查时段和总时长',
    },
    params: z.strictObject({ number: typedNumber.describe('As it is printed.') }),
    query: z.strictObject({
      code: typedCode.optional().describe('The code that is printed beside the number.'),
    }),
    answer: verification,
    also: ['text/html'],
    problems: [
      'certificate-number-mistyped',
      'certificate-unknown',
      'certificate-code-wrong',
      'too-many-questions',
    ],
  }),
  verifyPage: route({
    key: 'GET /verify',
    access: 'public',
    summary: { en: 'The page on which a certificate is verified', zh: '证明查验页面' },
    query: z.strictObject({
      number: z.string().max(60).optional().describe('As it is printed.'),
      code: z.string().max(80).optional().describe('The code that is printed beside the number.'),
    }),
    only: 'text/html',
    answer: verifyPage,
    problems: ['too-many-questions'],
  }),
  readStatusList: route({
    key: 'GET /credentials/status/{list}',
    access: 'public',
    summary: {
      en: 'A Bitstring Status List, signed: which credentials are good no more; with `.json` behind its name unsigned',
      zh: '凭证状态名单（已签名）',
    },
    params: z.strictObject({
      list: statusListName.describe('A year, and the number of the list in it.'),
    }),
    only: 'application/vc+jwt',
    also: ['application/vc+jwt'],
    answer: z
      .object({ credential: z.record(z.string(), z.unknown()) })
      .meta({ id: 'StatusList', description: 'A BitstringStatusListCredential.' }),
    problems: ['not-found', 'no-public-address'],
  }),
} satisfies Contract;
