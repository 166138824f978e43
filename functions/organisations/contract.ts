import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { area, organisation, organisationKinds } from '../../events/organisations.ts';
import { type Contract, nothing, pageOf, paging, route } from '../shared/contract.ts';

const areaAnswer = area.extend({ version: z.int() });
const organisationAnswer = organisation.extend({ version: z.int() });

export const organisations = {
  defineArea: route({
    key: 'PUT /areas/{id}',
    access: 'token',
    summary: { en: 'Define an area, or rename it', zh: '设定区域' },
    params: z.strictObject({ id: areaId }),
    query: nothing,
    body: z.strictObject({
      kind: area.shape.kind,
      name: z.string().trim().min(1).max(60),
      parentId: areaId.nullable().default(null),
    }),
    status: 200,
    answer: areaAnswer,
    versioned: true,
    problems: ['unknown-reference', 'invalid-value', 'stale-version'],
  }),
  listAreas: route({
    key: 'GET /areas',
    access: 'public',
    summary: { en: 'All areas, by id', zh: '区域列表' },
    params: nothing,
    query: z.strictObject(paging),
    body: nothing,
    status: 200,
    answer: pageOf(areaAnswer),
    versioned: false,
    problems: ['invalid-cursor'],
  }),
  readArea: route({
    key: 'GET /areas/{id}',
    access: 'public',
    summary: { en: 'One area', zh: '查看区域' },
    params: z.strictObject({ id: areaId }),
    query: nothing,
    body: nothing,
    status: 200,
    answer: areaAnswer,
    versioned: true,
    problems: ['not-found'],
  }),
  registerOrganisation: route({
    key: 'POST /organisations',
    access: 'token',
    summary: { en: 'Register an organisation or a partner', zh: '登记组织或共建单位' },
    params: nothing,
    query: nothing,
    body: z.strictObject({
      kind: z.enum(organisationKinds),
      name: z.string().trim().min(1).max(80),
      areaId,
    }),
    status: 201,
    answer: organisationAnswer,
    versioned: true,
    problems: ['unknown-reference'],
  }),
  listOrganisations: route({
    key: 'GET /organisations',
    access: 'token',
    summary: { en: 'All organisations', zh: '组织列表' },
    params: nothing,
    query: z.strictObject(paging),
    body: nothing,
    status: 200,
    answer: pageOf(organisationAnswer),
    versioned: false,
    problems: ['invalid-cursor'],
  }),
  readOrganisation: route({
    key: 'GET /organisations/{id}',
    access: 'token',
    summary: { en: 'One organisation', zh: '查看组织' },
    params: z.strictObject({ id: uuid }),
    query: nothing,
    body: nothing,
    status: 200,
    answer: organisationAnswer,
    versioned: true,
    problems: ['not-found'],
  }),
} satisfies Contract;
