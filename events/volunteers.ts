import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, areaId, define, localDate, reason, text, uuid } from './envelope.ts';

export const volunteerTags = ['party-member', 'youth', 'role-model'] as const;
export const volunteerTag = z
  .enum(volunteerTags)
  .meta({ id: 'VolunteerTag', description: 'What a volunteer is, beside being one.' });

/** What a volunteer is willing to do. Codes, so that they can be counted and matched. */
export const serviceCategories = [
  'civility',
  'community',
  'delivery',
  'traffic',
  'legal',
  'counselling',
  'medical',
  'women-and-children',
  'elderly',
  'disability',
  'environment',
  'safety',
  'culture',
  'education',
  'emergency',
  'recruitment',
  'other',
] as const;
export const serviceCategory = z.enum(serviceCategories).meta({
  id: 'ServiceCategory',
  description: 'What a volunteer is willing to do, or a team is good at.',
});

/** Skilled service needs one of these credentials, checked (DOMAIN.md §3.8). */
const credentialKinds = [
  'doctor',
  'nurse',
  'lawyer',
  'counsellor',
  'social-worker',
  'first-aid',
  'teacher',
  'other',
] as const;

/** The purposes a person can consent to, each separately (PIPL). */
const consentPurposes = ['service-record', 'sensitive-data', 'publicity', 'guardian'] as const;
const consentPurpose = z
  .enum(consentPurposes)
  .meta({ id: 'ConsentPurpose', description: 'What a person can consent to, each separately.' });

export const consent = z
  .object({
    purpose: consentPurpose,
    version: text(40).describe('The version of the text that was agreed to.'),
    by: z.enum(['self', 'guardian']).meta({
      id: 'ConsentBy',
      description: 'Who says yes: the person, or the guardian of a child.',
    }),
    givenOn: localDate,
    withdrawnOn: localDate.nullable(),
  })
  .meta({ id: 'Consent', description: 'A consent, and until when it holds.' });

/** A credential that was checked, without its number: that is personal and is in the People table. */
export const credential = z
  .object({
    id: uuid,
    kind: z
      .enum(credentialKinds)
      .meta({ id: 'CredentialKind', description: 'What skilled service needs.' }),
    issuedBy: text(80),
    evidence: z
      .enum(['original-seen', 'public-register', 'certified-copy'])
      .meta({ id: 'CredentialEvidence', description: 'How it was checked.' }),
    validUntil: localDate.nullable().describe('The last day of validity; null when it has no end.'),
    checkedBy: actorId,
    checkedOn: localDate,
    revokedOn: localDate.nullable(),
  })
  .meta({ id: 'Credential', description: 'A credential that was checked, without its number.' });
export type Credential = Readonly<z.infer<typeof credential>>;

const volunteerStatuses = ['pending', 'active', 'deactivated', 'merged', 'erased'] as const;

/** No birth date is kept here, only the age group that the rules need. */
const ageGroups = ['unknown', 'under-14', 'under-18', 'adult'] as const;

/** A record that was merged into another one. */
export const mergedRecord = z
  .object({
    id: uuid,
    selfId: uuid
      .nullable()
      .describe('Where its person’s token leads, when that is not the record’s id.'),
    awaiting: uuid
      .nullable()
      .describe(
        'The merged record whose merge must be accepted, by the person of the surviving record, before this record’s token leads there: its own id, or the id of the record it had been merged into before. Null when the merge is accepted, or nobody had confirmed the merged record.',
      ),
  })
  .meta({ id: 'MergedRecordState', description: 'A record that was merged into another one.' });

/** What the ledger stores about a volunteer. Nothing in it names the person. */
export const volunteer = z
  .object({
    areaId,
    tags: z.array(volunteerTag).max(volunteerTags.length),
    serviceCategories: z.array(serviceCategory).max(serviceCategories.length),
    status: z.enum(volunteerStatuses).meta({
      id: 'VolunteerStatus',
      description:
        '`pending`: somebody else registered the person, who has not confirmed yet; nothing counts.',
    }),
    selfId: uuid
      .nullable()
      .describe('Where the person’s own token leads, when that is not this record’s id.'),
    ageGroup: z.enum(ageGroups).meta({
      id: 'AgeGroup',
      description: 'No birth date is kept here, only the age group that the rules need.',
    }),
    consentVersion: text(40).describe(
      'The version of the consent text the person agreed to, or is asked to agree to.',
    ),
    consents: z.array(consent).max(50),
    credentials: z.array(credential).max(20),
    possibleDuplicates: z
      .array(uuid)
      .max(20)
      .describe('Records with the same ID number or phone, to be checked by a person.'),
    distinctFrom: z
      .array(uuid)
      .max(20)
      .describe(
        'Records that staff found to be of other people, by undoing a merge. They are not suspected again until one of the numbers changes.',
      ),
    mergedInto: uuid.nullable(),
    mergedFrom: z
      .array(mergedRecord)
      .max(20)
      .describe(
        'Records of the same person that were merged into this one, directly or through another.',
      ),
    registeredOn: localDate,
    registeredBy: z.enum(['self', 'organiser', 'import']).meta({
      id: 'RegisteredBy',
      description: 'Who made the record: the person, staff, or a list of people.',
    }),
    confirmedOn: localDate
      .nullable()
      .describe('The day on which the person confirmed. From this day on the record counts.'),
    leftOn: localDate
      .nullable()
      .describe(
        'The day from which the person no longer takes part, by leaving or by erasure; null while they do, or when they never did.',
      ),
    spells: z
      .array(
        z
          .object({
            from: localDate.describe('The first day.'),
            until: localDate.nullable().describe('The day of leaving; null while it lasts.'),
          })
          .meta({
            id: 'Spell',
            description:
              'A time of being registered: from a day on, until the day of leaving, which is not part of it; null while it lasts.',
          }),
      )
      .max(100)
      .describe(
        'When the person was registered, first to last, without overlaps: from a day on, until the day of leaving, which is not among them; null while it lasts. A merged record keeps its own.',
      ),
  })
  .meta({
    id: 'VolunteerState',
    description: 'The record of a volunteer after an event; nothing in it names the person.',
  });
export type Volunteer = Readonly<z.infer<typeof volunteer>>;

/** The parts of a person's record in the People table, by name only. */
const personalFields = [
  'name',
  'sex',
  'birthDate',
  'idDocument',
  'phone',
  'address',
  'skills',
  'guardian',
] as const;
const personalField = z.enum(personalFields).meta({
  id: 'PersonalField',
  description: 'A part of the personal data of a person, by name only.',
});

const example = {
  areaId: 'hongqi-01',
  tags: ['party-member' as const],
  serviceCategories: ['community' as const, 'elderly' as const],
  status: 'active' as const,
  selfId: null,
  ageGroup: 'adult' as const,
  consentVersion: '2025-03',
  consents: [
    {
      purpose: 'service-record' as const,
      version: '2025-03',
      by: 'self' as const,
      givenOn: '2025-09-06',
      withdrawnOn: null,
    },
  ],
  credentials: [],
  possibleDuplicates: [],
  distinctFrom: [],
  mergedInto: null,
  mergedFrom: [],
  registeredOn: '2025-09-06',
  registeredBy: 'self' as const,
  confirmedOn: '2025-09-06',
  leftOn: null,
  spells: [{ from: '2025-09-06', until: null }],
} satisfies Volunteer;

const other = '0198c0de-0000-7000-8000-0000000000b2';
const checked = {
  id: '0198c0de-0000-7000-8000-0000000000c1',
  kind: 'doctor' as const,
  issuedBy: '示范区卫生健康委员会',
  evidence: 'public-register' as const,
  validUntil: '2028-12-31',
  checkedBy: 'admin-1',
  checkedOn: '2025-09-08',
  revokedOn: null,
};

const volunteerEvent = <Extra extends z.ZodRawShape>(
  summary: { readonly en: string; readonly zh: string },
  extra: Extra,
  sample: z.input<z.ZodObject<{ volunteer: typeof volunteer } & Extra>>,
  /** 1 for most types: they were added with version 2 of the state. */
  behind = 1,
) =>
  define(aggregates.volunteer, {
    behind,
    summary,
    data: z.object({ volunteer, ...extra }),
    example: sample,
  });

export const volunteerEvents = {
  VolunteerRegistered: volunteerEvent(
    { en: 'A volunteer was registered', zh: '志愿者已注册' },
    {},
    { volunteer: example },
    0,
  ),
  VolunteerConfirmed: volunteerEvent(
    { en: 'A person said yes to being registered', zh: '本人已确认注册' },
    {},
    { volunteer: { ...example, selfId: other, registeredBy: 'organiser' } },
  ),
  VolunteerRevised: volunteerEvent(
    { en: 'Area, tags or service categories of a volunteer changed', zh: '志愿者信息已变更' },
    {},
    { volunteer: { ...example, areaId: 'hongqi-02' } },
  ),
  PersonalDataCorrected: volunteerEvent(
    { en: 'Personal data were corrected; which, not what', zh: '个人信息已更正（仅记字段名）' },
    { fields: z.array(personalField).min(1) },
    { volunteer: example, fields: ['phone'] },
  ),
  AgeGroupChanged: volunteerEvent(
    { en: 'A volunteer is of another age group since last month', zh: '年龄段已变更' },
    {},
    { volunteer: example },
    2,
  ),
  ConsentGiven: volunteerEvent(
    { en: 'A consent was given', zh: '已给予同意' },
    { purpose: consentPurpose },
    {
      volunteer: {
        ...example,
        consents: [
          ...example.consents,
          {
            purpose: 'publicity',
            version: '2025-03',
            by: 'self',
            givenOn: '2025-09-07',
            withdrawnOn: null,
          },
        ],
      },
      purpose: 'publicity',
    },
  ),
  ConsentWithdrawn: volunteerEvent(
    { en: 'A consent was withdrawn', zh: '已撤回同意' },
    { purpose: consentPurpose },
    {
      volunteer: {
        ...example,
        status: 'deactivated',
        leftOn: '2025-10-01',
        spells: [{ from: '2025-09-06', until: '2025-10-01' }],
        consents: [
          {
            purpose: 'service-record',
            version: '2025-03',
            by: 'self',
            givenOn: '2025-09-06',
            withdrawnOn: '2025-10-01',
          },
        ],
      },
      purpose: 'service-record',
    },
  ),
  CredentialVerified: volunteerEvent(
    { en: 'A credential was checked', zh: '资质已核验' },
    { credentialId: uuid },
    { volunteer: { ...example, credentials: [checked] }, credentialId: checked.id },
  ),
  CredentialRevoked: volunteerEvent(
    { en: 'A credential no longer counts', zh: '资质已失效' },
    { credentialId: uuid, reason },
    {
      volunteer: { ...example, credentials: [{ ...checked, revokedOn: '2025-11-01' }] },
      credentialId: checked.id,
      reason: '执业注册已注销',
    },
  ),
  DuplicateSuspected: volunteerEvent(
    { en: 'Other records have the same ID number or phone', zh: '疑似重复注册' },
    {},
    { volunteer: { ...example, possibleDuplicates: [other] } },
  ),
  DuplicateSettled: volunteerEvent(
    {
      en: 'A record with the same ID number or phone was erased, or merged into another',
      zh: '疑似重复已处理',
    },
    {},
    { volunteer: example },
  ),
  VolunteerDeactivated: volunteerEvent(
    { en: 'A volunteer was deactivated', zh: '志愿者已停用' },
    { reason },
    {
      volunteer: {
        ...example,
        status: 'deactivated',
        leftOn: '2025-11-20',
        spells: [{ from: '2025-09-06', until: '2025-11-20' }],
      },
      reason: '迁出本区',
    },
  ),
  VolunteerReactivated: volunteerEvent(
    { en: 'A volunteer takes part again', zh: '志愿者已恢复' },
    {},
    {
      volunteer: {
        ...example,
        spells: [
          { from: '2025-09-06', until: '2025-11-20' },
          { from: '2026-03-01', until: null },
        ],
      },
    },
  ),
  VolunteerMerged: volunteerEvent(
    { en: 'A record was found to be another one’s person', zh: '志愿者记录已合并' },
    { intoId: uuid, reason },
    {
      volunteer: { ...example, status: 'merged', mergedInto: other },
      intoId: other,
      reason: '同一人两次注册',
    },
  ),
  DuplicateMerged: volunteerEvent(
    { en: 'Another record of the same person went into this one', zh: '同一人的另一记录已并入' },
    { fromId: uuid },
    {
      volunteer: { ...example, mergedFrom: [{ id: other, selfId: null, awaiting: other }] },
      fromId: other,
    },
    2,
  ),
  MergeAccepted: volunteerEvent(
    {
      en: 'The person of the record that stays accepted the merge; both records say so',
      zh: '保留记录的本人已认可合并（两条记录各记一次）',
    },
    { fromId: uuid, intoId: uuid },
    {
      volunteer: { ...example, mergedFrom: [{ id: other, selfId: null, awaiting: null }] },
      fromId: other,
      intoId: '0198c0de-0000-7000-8000-0000000000c1',
    },
    0,
  ),
  VolunteerUnmerged: volunteerEvent(
    {
      en: 'A merge was undone: this record is its own again',
      zh: '合并已撤销：该记录恢复为独立记录',
    },
    { intoId: uuid, reason },
    {
      volunteer: { ...example, distinctFrom: [other] },
      intoId: other,
      reason: '并非同一人，误合并',
    },
    0,
  ),
  DuplicateUnmerged: volunteerEvent(
    {
      en: 'A merge was undone: the other record does not belong to this one any more',
      zh: '合并已撤销：另一记录不再归入该记录',
    },
    { fromId: uuid },
    { volunteer: { ...example, distinctFrom: [other] }, fromId: other },
    0,
  ),
  VolunteerErased: volunteerEvent(
    { en: 'A person was erased; only what cannot name them stays', zh: '个人信息已删除' },
    {},
    {
      volunteer: {
        ...example,
        status: 'erased',
        leftOn: '2025-10-18',
        spells: [{ from: '2025-09-06', until: '2025-10-18' }],
        ageGroup: 'unknown',
        serviceCategories: [],
        consents: [],
        tags: [],
      },
    },
  ),
};
