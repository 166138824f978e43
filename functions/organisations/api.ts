import type { Area } from '../../events/organisations.ts';
import { serve } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { openSession } from '../session/session.ts';
import { areaRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import { renderAreas } from './areas-page.ts';
import { keepContact, readContact } from './contact.ts';
import { organisations } from './contract.ts';
import { defineArea } from './define-area.ts';
import { listOrganisations } from './list-organisations.ts';
import { registerOrganisation } from './register-organisation.ts';
import { reviseOrganisation } from './revise-organisation.ts';

export const handler = serve(
  organisations,
  {
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
      const { state, version } = await aggregate('area').get(params.id);
      return { body: { ...state, version }, version };
    },
    readOrganisation: async ({ params }) => {
      const { state, version } = await aggregate('organisation').get(params.id);
      return { body: { ...state, version }, version };
    },
  },
  { listAreas: { 'text/html': renderAreas } },
  openSession,
);
