import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { area, organisation } from '../../events/organisations.ts';
import { type Contract, pageOf, paging, route, trueOrFalse } from '../http/contract.ts';
import { chosenId, officialText } from '../http/official-text.ts';
import { accessReason } from '../people/personal-access-reasons.ts';

const areaAnswer = area
  .extend({ version: z.int() })
  .meta({ id: 'Area', description: 'A district, subdistrict or community.' });
const organisationAnswer = organisation
  .extend({ version: z.int() })
  .meta({ id: 'Organisation', description: 'An organisation or partner.' });

const described = {
  kind: organisation.shape.kind,
  name: officialText(80),
  areaId,
};

export const contact = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    phone: z.string().trim().min(1).max(40),
    position: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .optional()
      .describe('Their position in the organisation: `主任`.'),
  })
  .meta({ id: 'Contact', description: 'Whom to call in an organisation.' });
export type Contact = z.infer<typeof contact>;

export const organisations = {
  defineArea: route({
    key: 'PUT /areas/{id}',
    access: 'token',
    summary: {
      en: 'Define or rename an area, or move it: from next 1 January it lies in the new parent (`parents`)',
      zh: '设定、更名或调整区域；调整上级自次年一月一日起生效（见 `parents`）',
    },
    params: z.strictObject({ id: chosenId(areaId) }),
    body: z.strictObject({
      kind: area.shape.kind,
      name: officialText(60),
      parentId: areaId.nullable().default(null),
    }),
    answer: areaAnswer,
    versioned: true,
    problems: ['unknown-reference', 'invalid-value', 'stale-version'],
  }),
  listAreas: route({
    key: 'GET /areas',
    access: 'public',
    summary: { en: 'All areas, by id', zh: '区域列表' },
    query: z.strictObject(paging),
    answer: pageOf(areaAnswer),
    also: ['text/html'],
    problems: ['invalid-cursor'],
  }),
  readArea: route({
    key: 'GET /areas/{id}',
    access: 'public',
    summary: { en: 'One area', zh: '查看区域' },
    params: z.strictObject({ id: areaId }),
    answer: areaAnswer,
    versioned: true,
    problems: ['not-found'],
  }),
  registerOrganisation: route({
    key: 'POST /organisations',
    access: 'token',
    summary: { en: 'Register an organisation or a partner', zh: '登记组织或共建单位' },
    body: z.strictObject(described),
    status: 201,
    answer: organisationAnswer,
    versioned: true,
    problems: ['unknown-reference'],
  }),
  listOrganisations: route({
    key: 'GET /organisations',
    access: 'token',
    summary: {
      en: 'Organisations by id; `partner` asks for partners only, or for all others',
      zh: '组织列表',
    },
    query: z.strictObject({
      kind: described.kind.optional(),
      areaId: areaId.optional(),
      partner: trueOrFalse.optional().describe('Partners only, or all others.'),
      ...paging,
    }),
    answer: pageOf(organisationAnswer),
    problems: ['invalid-cursor'],
  }),
  readOrganisation: route({
    key: 'GET /organisations/{id}',
    access: 'token',
    summary: { en: 'One organisation', zh: '查看组织' },
    params: z.strictObject({ id: uuid }),
    answer: organisationAnswer,
    versioned: true,
    problems: ['not-found'],
  }),
  reviseOrganisation: route({
    key: 'PATCH /organisations/{id}',
    access: 'token',
    summary: { en: 'Change an organisation’s name, area or kind', zh: '变更组织信息' },
    params: z.strictObject({ id: uuid }),
    body: z
      .strictObject(described)
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        message: '至少更改一项 / change at least one field',
      }),
    answer: organisationAnswer,
    versioned: true,
    problems: ['not-found', 'unknown-reference', 'stale-version'],
  }),
  keepContact: route({
    key: 'PUT /organisations/{id}/contact',
    access: 'token',
    summary: { en: 'Say whom to call; kept with the personal data', zh: '设定联系人' },
    params: z.strictObject({ id: uuid }),
    body: contact,
    personal: Object.keys(contact.shape),
    answer: contact,
    problems: ['not-found', 'invalid-value', 'conflict'],
  }),
  readContact: route({
    key: 'GET /organisations/{id}/contact',
    access: 'token',
    summary: { en: 'Whom to call, with a reason, which is logged', zh: '查看联系人（留痕）' },
    params: z.strictObject({ id: uuid }),
    query: z.strictObject({ reason: accessReason.optional() }),
    answer: contact,
    problems: ['not-found', 'reason-required'],
  }),
} satisfies Contract;
