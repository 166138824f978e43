import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { volunteer } from '../../events/volunteers.ts';
import { type Contract, route } from '../shared/contract.ts';

const answer = z.object({ id: uuid, ...volunteer.shape, version: z.int() });

export const volunteers = {
  registerVolunteer: route({
    key: 'POST /volunteers',
    access: 'token',
    summary: {
      en: 'Register: yourself with a volunteer’s token, somebody else with a staff token',
      zh: '注册志愿者',
    },
    body: z.strictObject({
      areaId,
      tags: volunteer.shape.tags
        .refine((tags) => new Set(tags).size === tags.length, { message: '不得重复 / no repeats' })
        .default([]),
      serviceCategories: volunteer.shape.serviceCategories
        .refine((all) => new Set(all).size === all.length, { message: '不得重复 / no repeats' })
        .default([]),
      consentVersion: volunteer.shape.consentVersion,
    }),
    status: 201,
    answer,
    versioned: true,
    problems: ['unknown-reference', 'already-exists'],
  }),
  readVolunteer: route({
    key: 'GET /volunteers/{id}',
    access: 'token',
    summary: { en: 'One volunteer', zh: '查看志愿者' },
    params: z.strictObject({ id: uuid }),
    answer,
    versioned: true,
    problems: ['not-found'],
  }),
} satisfies Contract;
