import * as z from 'zod';
import { areaId, localDate, uuid } from '../../events/envelope.ts';
import { consent, credential, volunteer } from '../../events/volunteers.ts';
import { type Contract, pageOf, paging, route } from '../http/contract.ts';
import { consentTextVersion, officialText } from '../http/official-text.ts';
import { subject } from '../http/subject.ts';
import { longest, person, personChanges } from '../people/person.ts';
import { accessReason, loggedReason, loggedWhat } from '../people/personal-access-reasons.ts';
import { shownVolunteer } from '../people/shown-volunteer.ts';

const byId = z.strictObject({ id: uuid });
const answer = z
  .object({ id: uuid, ...shownVolunteer.shape, version: z.int() })
  .meta({ id: 'Volunteer', description: 'A volunteer’s record, without what names the person.' });
const unique = { message: '不得重复 / no repeats' };
const tags = volunteer.shape.tags.refine((all) => new Set(all).size === all.length, unique);
const serviceCategories = volunteer.shape.serviceCategories.refine(
  (all) => new Set(all).size === all.length,
  unique,
);

/** The settings that all commands on a volunteer's record share. */
const command = {
  access: 'token',
  params: byId,
  answer,
  versioned: true,
  problems: ['not-found', 'illegal-transition', 'stale-version'],
} as const;

const accessEntry = z
  .object({
    at: z.iso.datetime(),
    actorId: z.string(),
    role: z.string(),
    reason: loggedReason.describe('The reason that was given.'),
    what: loggedWhat.describe('What was read.'),
  })
  .meta({ id: 'AccessEntry', description: 'Who read the data of a person, when and why.' });

/** Without what names the person. */
const listed = answer
  .pick({
    id: true,
    areaId: true,
    status: true,
    tags: true,
    registeredOn: true,
  })
  .meta({ id: 'VolunteerListed', description: 'A volunteer as lists show them.' });

/** Of a person who was looked up, as little as is needed to be sure who it is. */
const found = answer
  .pick({ id: true, status: true, areaId: true })
  .extend({
    maskedName: z
      .string()
      .nullable()
      .describe('Null for a minor without an approval, and when the name was asked for.'),
    maskedPhone: z
      .string()
      .nullable()
      .describe(
        'The last four digits, when the name was asked for; null for a minor without an approval.',
      ),
  })
  .meta({
    id: 'VolunteerFound',
    description: 'Of a person who was looked up, as little as is needed to be sure who it is.',
  });

const approval = z
  .object({
    readerId: z.string(),
    approvedBy: z.string(),
    until: localDate.describe('The last day.'),
  })
  .meta({
    id: 'AccessApproval',
    description: 'That one reader may see the data of a minor for a time.',
  });

export const volunteers = {
  registerVolunteer: route({
    key: 'POST /volunteers',
    access: 'token',
    summary: {
      en: 'Register: yourself with a volunteer’s token, somebody else with a staff token, who then has to confirm it',
      zh: '注册志愿者：本人注册即时生效；代为登记须由本人确认',
    },
    body: z.strictObject({
      areaId,
      tags: tags.default([]),
      serviceCategories: serviceCategories.default([]),
      consentVersion: consentTextVersion,
      guardianConsentVersion: consentTextVersion.optional(),
      person: person.optional(),
    }),
    personal: ['person'],
    status: 201,
    answer: answer
      .extend({ confirmationCode: z.string().optional() })
      .describe('With the code for confirming, when somebody else registered the person.'),
    versioned: true,
    problems: ['unknown-reference', 'already-exists', 'guardian-required'],
  }),
  listVolunteers: route({
    key: 'GET /volunteers',
    access: 'token',
    summary: {
      en: 'The volunteers of an area or of a team, for staff, without what names them',
      zh: '区域或志愿服务队的志愿者名单（工作人员；不含个人信息）',
    },
    query: z
      .strictObject({
        areaId: areaId.optional(),
        teamId: uuid.optional(),
        status: volunteer.shape.status.optional(),
        ...paging,
      })
      .refine(({ areaId, teamId }) => (areaId === undefined) !== (teamId === undefined), {
        path: ['areaId'],
        message: '须填 areaId 或 teamId 其中一项 / one of areaId and teamId is required',
      }),
    answer: pageOf(listed),
    problems: ['not-found', 'invalid-cursor'],
  }),
  lookUpVolunteers: route({
    key: 'POST /volunteers/look-up',
    access: 'token',
    summary: {
      en: 'Find a volunteer by phone, ID number, or name within one area, for staff with a reason, which is logged',
      zh: '按电话、证件号码或区域内姓名查找志愿者：工作人员须说明事由并留痕',
    },
    body: z
      .strictObject({
        phone: person.shape.phone,
        idNumber: z.string().trim().min(1).max(longest.number).optional(),
        name: person.shape.name,
        areaId: areaId.optional().describe('The area itself in which the name is looked for.'),
        reason: accessReason,
      })
      .refine(
        ({ phone, idNumber, name }) =>
          [phone, idNumber, name].filter((each) => each !== undefined).length === 1,
        {
          path: ['phone'],
          message:
            '须填 phone、idNumber、name 其中一项 / one of phone, idNumber and name is required',
        },
      )
      .refine(({ name, areaId }) => (name === undefined) === (areaId === undefined), {
        path: ['areaId'],
        message: '按姓名查找须填且仅此时填 areaId / areaId goes with name',
      }),
    personal: ['phone', 'idNumber', 'name'],
    answer: z.object({ items: found.array() }),
    costly: true,
    problems: ['invalid-value', 'too-many-look-ups', 'idempotency-key-reused'],
  }),
  listPossibleDuplicates: route({
    key: 'GET /volunteers/possible-duplicates',
    access: 'token',
    summary: { en: 'Records that may be of one person', zh: '疑似重复的志愿者记录' },
    query: z.strictObject(paging),
    answer: pageOf(answer),
    problems: ['invalid-cursor'],
  }),
  readVolunteer: route({
    key: 'GET /volunteers/{id}',
    access: 'token',
    summary: {
      en: 'One volunteer, without what names the person',
      zh: '查看志愿者（不含个人信息）',
    },
    params: byId,
    answer,
    versioned: true,
    problems: ['not-found', 'not-in-sample'],
  }),
  readPerson: route({
    key: 'GET /volunteers/{id}/person',
    access: 'token',
    summary: {
      en: 'Who a volunteer is: for the person, and for staff with a reason, which is logged',
      zh: '查看个人信息：本人；工作人员须说明事由并留痕',
    },
    params: byId,
    query: z.strictObject({ reason: accessReason.optional() }),
    answer: person.partial().extend({ id: uuid }),
    problems: ['not-found', 'reason-required', 'approval-required'],
  }),
  reviseVolunteer: route({
    key: 'PATCH /volunteers/{id}',
    ...command,
    summary: { en: 'Change area, tags or service categories', zh: '变更志愿者信息' },
    body: z.strictObject({
      areaId: areaId.optional(),
      tags: tags.optional(),
      serviceCategories: serviceCategories.optional(),
    }),
    problems: [...command.problems, 'unknown-reference'],
  }),
  correctPerson: route({
    key: 'PATCH /volunteers/{id}/person',
    ...command,
    summary: { en: 'Correct personal data; null removes', zh: '更正个人信息；null 表示删除' },
    body: personChanges,
    personal: Object.keys(personChanges.shape),
    problems: [
      ...command.problems,
      'invalid-value',
      'guardian-required',
      'approval-required',
      'older-by-staff',
    ],
  }),
  confirmVolunteer: route({
    key: 'POST /volunteers/{id}/confirm',
    ...command,
    summary: {
      en: 'Say yes, with your own token and the code, to having been registered',
      zh: '本人凭确认码确认注册',
    },
    body: z.strictObject({
      code: z
        .string()
        .trim()
        .regex(/^[\dA-Za-z-]{1,40}$/, '确认码格式有误 / must be letters and digits')
        .describe('The code that the person was given.'),
      consentVersion: consentTextVersion,
      guardianConsentVersion: consentTextVersion.optional(),
    }),
    problems: [
      ...command.problems,
      'wrong-confirmation-code',
      'already-exists',
      'guardian-required',
    ],
  }),
  giveConsent: route({
    key: 'POST /volunteers/{id}/consents',
    ...command,
    summary: { en: 'Give a consent', zh: '给予同意' },
    body: z.strictObject({
      purpose: consent.shape.purpose,
      version: consentTextVersion.describe('The version of the text that is agreed to.'),
      by: consent.shape.by.default('self'),
    }),
    problems: [...command.problems, 'invalid-value'],
  }),
  withdrawConsent: route({
    key: 'DELETE /volunteers/{id}/consents/{purpose}',
    ...command,
    summary: { en: 'Withdraw a consent', zh: '撤回同意' },
    params: z.strictObject({ id: uuid, purpose: consent.shape.purpose }),
  }),
  addCredential: route({
    key: 'POST /volunteers/{id}/credentials',
    ...command,
    summary: { en: 'Enter a credential that was checked', zh: '登记已核验的资质' },
    body: z.strictObject({
      kind: credential.shape.kind,
      number: z
        .string()
        .trim()
        .min(1)
        .max(60)
        .describe('As written on the document; stored with the personal data.'),
      holderName: z
        .string()
        .trim()
        .min(1)
        .max(60)
        .describe('The name on the document, which must be the volunteer’s.'),
      issuedBy: officialText(80),
      evidence: credential.shape.evidence,
      validUntil: localDate
        .nullable()
        .default(null)
        .describe('The last day of validity; null when it has no end.'),
    }),
    personal: ['number', 'holderName'],
    problems: [...command.problems, 'credential-expired', 'credential-of-another', 'invalid-value'],
  }),
  revokeCredential: route({
    key: 'POST /volunteers/{id}/credentials/{credentialId}/revoke',
    ...command,
    summary: { en: 'A credential no longer counts', zh: '资质失效' },
    params: z.strictObject({ id: uuid, credentialId: uuid }),
    body: z.strictObject({ reason: officialText(200) }),
  }),
  deactivateVolunteer: route({
    key: 'POST /volunteers/{id}/deactivate',
    ...command,
    summary: { en: 'No longer take part', zh: '停用' },
    body: z.strictObject({ reason: officialText(200) }),
  }),
  reactivateVolunteer: route({
    key: 'POST /volunteers/{id}/reactivate',
    ...command,
    summary: { en: 'Take part again', zh: '恢复' },
  }),
  mergeVolunteer: route({
    key: 'POST /volunteers/{id}/merge',
    ...command,
    summary: {
      en: 'This record is of the same person as another: its hours count there',
      zh: '合并重复记录：时长计入目标记录',
    },
    body: z.strictObject({ intoId: uuid, reason: officialText(200) }),
    problems: [...command.problems, 'unknown-reference', 'invalid-value'],
  }),
  unmergeVolunteer: route({
    key: 'POST /volunteers/{id}/unmerge',
    ...command,
    summary: {
      en: 'Undo a merge, named by the merged record: until the person accepts it, and for some days after the merge; each person has their own record again',
      zh: '撤销合并（以被并入的记录为准）：本人认可前随时可撤销，认可后限期内可撤销；两条记录各归其主',
    },
    body: z.strictObject({ reason: officialText(200) }),
    problems: [...command.problems, 'merge-settled'],
  }),
  acceptMerge: route({
    key: 'POST /volunteers/{id}/accept-merge',
    ...command,
    summary: {
      en: 'Say yes, with your own token, to a record that was merged into yours; until then neither token leads to the other record',
      zh: '本人认可并入的记录；认可前，任一方的令牌均不能查看或更改另一记录',
    },
    body: z.strictObject({
      fromId: uuid.describe('The record that was merged, as `mergedFrom` names it.'),
      by: consent.shape.by.default('self').describe('`guardian` for a child.'),
    }),
    problems: [...command.problems, 'unknown-reference', 'guardian-required', 'invalid-value'],
  }),
  eraseVolunteer: route({
    key: 'DELETE /volunteers/{id}',
    ...command,
    summary: {
      en: 'Erase a person; totals of service and of earlier months stay what they are',
      zh: '删除个人信息；服务统计及以前各月的数字不变',
    },
  }),
  readAccessLog: route({
    key: 'GET /volunteers/{id}/access-log',
    access: 'token',
    summary: { en: 'Who read the personal data, when and why', zh: '个人信息查阅记录' },
    params: byId,
    query: z.strictObject(paging),
    answer: pageOf(accessEntry),
    problems: ['not-found', 'invalid-cursor'],
  }),
  approveAccess: route({
    key: 'PUT /volunteers/{id}/access-approvals/{readerId}',
    access: 'token',
    summary: { en: 'Let one person read a minor’s data for a time', zh: '批准查阅未成年人信息' },
    params: z.strictObject({ id: uuid, readerId: subject }),
    body: z.strictObject({ until: localDate.describe('The last day.') }),
    answer: approval,
    problems: ['not-found', 'invalid-value'],
  }),
} satisfies Contract;
