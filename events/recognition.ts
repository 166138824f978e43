import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { define, localDate, reason, uuid } from './envelope.ts';
import { minutes, sheetId } from './participation.ts';

/** With this many, the longest event has about 220 KB; EventBridge takes 256 KB. */
export const maxCertifiedEntries = 2000;

/** Six digits of the district, four of the recording unit, a year, six of its own, two check digits. */
export const certificateNumber = z
  .string()
  .regex(/^\d{6}-\d{4}-\d{4}-\d{6}-\d{2}$/, '证明编号格式有误 / must be a certificate’s number');

/** A status list's name: the year of its first certificate, and its number in that year. */
export const statusListName = z.string().regex(/^\d{4}-[1-3]$/, '名单编号格式有误 / is no list');

/** A status list's length, the least that Bitstring Status List allows, so that an index says nothing. */
export const statusListLength = 131_072;

/** One verified entry in a certificate. Activity and service day are the first two parts of the sheet's id. */
export const certifiedEntry = z
  .object({
    sheetId,
    version: z.int().min(1).describe('The version of the sheet that last changed the entry.'),
    minutes: minutes.describe('Credited minutes.'),
    record: z
      .int()
      .min(0)
      .optional()
      .describe('The place in `records` of the merged record it was entered under, if any.'),
  })
  .meta({
    id: 'CertifiedEntry',
    description: 'A verified entry that a certificate or a star rests on.',
  });
export type CertifiedEntry = Readonly<z.infer<typeof certifiedEntry>>;

const certificateStatuses = [
  'applied',
  'in-notice',
  'issued',
  'superseded',
  'revoked',
  'declined',
  'withdrawn',
] as const;

/** Why a certificate that was issued is good no more. */
export const certificateEnds = [
  'unit',
  'reissued',
  'entries',
  'merged',
  'person',
  'erased',
] as const;

export const certificate = z
  .object({
    volunteerId: uuid.describe('The record of the person that it is about.'),
    issuerId: uuid.describe('The recording unit.'),
    from: localDate.describe('The first service day.'),
    until: localDate.describe('The last service day.'),
    status: z.enum(certificateStatuses).meta({
      id: 'CertificateStatus',
      description:
        '`superseded`: what it says is no longer so, or another one took its place. `revoked`: it is not to be relied on.',
    }),
    appliedOn: localDate.describe('The day of the application.'),
    policyVersion: z.int().min(1).describe('The version of the rules by which entries are chosen.'),
    personVersion: z
      .int()
      .min(1)
      .optional()
      .describe(
        'The version of the person’s record when it was issued. A correction of what it says of the person comes later.',
      ),
    noticeUntil: localDate
      .nullable()
      .describe('The last day of the public notice; null when there is none.'),
    records: z
      .array(uuid)
      .max(50)
      .describe('Records merged into that of the person, under which entries were made.'),
    entries: z
      .array(certifiedEntry)
      .max(maxCertifiedEntries)
      .describe('The verified entries; none before it is issued. They never change.'),
    minutes: z.int().min(0).describe('The sum of the entries.'),
    number: certificateNumber.nullable().describe('Null before it is issued.'),
    issuedOn: localDate.nullable().describe('The day of issue; null before.'),
    statusList: statusListName.nullable().describe('The status list that it is in.'),
    statusIndex: z
      .int()
      .min(0)
      .max(statusListLength - 1)
      .nullable()
      .describe('Its place in the status list: random, so that it says nothing.'),
    predecessorId: uuid.nullable().describe('The certificate whose place it took.'),
    successorId: uuid.nullable().describe('The certificate that took its place.'),
    endedBy: z
      .enum(certificateEnds)
      .meta({
        id: 'CertificateEnd',
        description:
          'Why it is good no more: the recording unit said so; it was issued again; an entry changed; records were merged or a merge was undone; the name, sex or document of the person was corrected; the person was erased.',
      })
      .nullable(),
    endedOn: localDate
      .nullable()
      .describe('The day from which it is good no more; null while it is good.'),
    reason: reason.nullable().describe('What was given as the reason for the last decision.'),
    sealedFile: z
      .object({
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .describe('SHA-256 of the file, in hex.'),
        bytes: z.int().min(1).describe('The size of the file.'),
        on: localDate,
      })
      .meta({ id: 'SealedFile', description: 'The file with the electronic seal of the unit.' })
      .nullable(),
  })
  .meta({ id: 'CertificateState', description: 'A certificate after an event. It names nobody.' });
export type Certificate = Readonly<z.infer<typeof certificate>>;

const data = z.object({ certificate });

const applied: Certificate = {
  volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
  issuerId: '0198c0de-0000-7000-8000-0000000000a1',
  from: '2025-03-01',
  until: '2025-12-31',
  status: 'applied',
  appliedOn: '2026-01-05',
  policyVersion: 1,
  noticeUntil: null,
  records: [],
  entries: [],
  minutes: 0,
  number: null,
  issuedOn: null,
  statusList: null,
  statusIndex: null,
  predecessorId: null,
  successorId: null,
  endedBy: null,
  endedOn: null,
  reason: null,
  sealedFile: null,
};
const issued: Certificate = {
  ...applied,
  status: 'issued',
  entries: [
    {
      sheetId: '0198c0de-0000-7000-8000-0000000000b1~2025-10-18~1',
      version: 2,
      minutes: 180,
    },
  ],
  minutes: 180,
  number: '110105-0001-2026-482913-81',
  issuedOn: '2026-01-12',
  statusList: '2026-1',
  statusIndex: 94_567,
};

export const recognitionEvents = {
  CertificateApplied: define(aggregates.certificate, {
    summary: { en: 'A certificate of service was applied for', zh: '已申请志愿服务记录证明' },
    data,
    example: { certificate: applied },
  }),
  CertificateNoticed: define(aggregates.certificate, {
    summary: { en: 'The public notice of a certificate began', zh: '志愿服务记录证明已开始公示' },
    data,
    example: { certificate: { ...applied, status: 'in-notice', noticeUntil: '2026-01-19' } },
  }),
  CertificateIssued: define(aggregates.certificate, {
    summary: { en: 'A certificate of service was issued', zh: '志愿服务记录证明已出具' },
    data,
    example: { certificate: issued },
  }),
  CertificateDeclined: define(aggregates.certificate, {
    summary: { en: 'A certificate of service was not issued', zh: '志愿服务记录证明未予出具' },
    data,
    example: { certificate: { ...applied, status: 'declined', reason: '时段内没有本单位的记录' } },
  }),
  CertificateWithdrawn: define(aggregates.certificate, {
    summary: {
      en: 'The application for a certificate was withdrawn',
      zh: '志愿服务记录证明申请已撤回',
    },
    data,
    example: { certificate: { ...applied, status: 'withdrawn' } },
  }),
  CertificateSuperseded: define(aggregates.certificate, {
    summary: {
      en: 'What a certificate says is no longer so, or another one took its place',
      zh: '志愿服务记录证明已被替代',
    },
    data,
    example: {
      certificate: {
        ...issued,
        ...{ status: 'superseded', endedBy: 'entries', endedOn: '2026-02-02' },
      },
    },
  }),
  CertificateRevoked: define(aggregates.certificate, {
    summary: { en: 'A certificate was revoked', zh: '志愿服务记录证明已撤销' },
    data,
    example: {
      certificate: {
        ...issued,
        ...{ status: 'revoked', endedBy: 'unit', endedOn: '2026-02-02', reason: '出具有误' },
      },
    },
  }),
  CertificateFileSealed: define(aggregates.certificate, {
    summary: {
      en: 'The file of a certificate with the seal of its unit was handed in',
      zh: '已加盖电子印章的证明文件已提交',
    },
    data,
    example: {
      certificate: {
        ...issued,
        sealedFile: {
          sha256: 'a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3',
          bytes: 183_204,
          on: '2026-01-13',
        },
      },
    },
  }),
};
