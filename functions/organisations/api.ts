import type { Area } from '../../events/organisations.ts';
import { get } from '../shared/execute.ts';
import { serve } from '../shared/http.ts';
import { areaRows } from '../shared/keys.ts';
import { listRows } from '../shared/views.ts';
import { keepContact, readContact } from './contact.ts';
import { organisations } from './contract.ts';
import { evolveArea, evolveOrganisation } from './decider.ts';
import { defineArea } from './define-area.ts';
import { listOrganisations } from './list-organisations.ts';
import { registerOrganisation } from './register-organisation.ts';
import { reviseOrganisation } from './revise-organisation.ts';

export const handler = serve(organisations, {
  defineArea,
  registerOrganisation,
  reviseOrganisation,
  listOrganisations,
  keepContact,
  readContact,
  listAreas: async ({ query }) => ({
    body: await listRows<Area>({ index: 'items', partition: areaRows, ...query }),
  }),
  readArea: async ({ params }) => {
    const { state, version } = await get({ type: 'area', id: params.id }, evolveArea);
    return { body: { ...state, version }, version };
  },
  readOrganisation: async ({ params }) => {
    const { state, version } = await get(
      { type: 'organisation', id: params.id },
      evolveOrganisation,
    );
    return { body: { ...state, version }, version };
  },
});
