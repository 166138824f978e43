import { get } from '../shared/execute.ts';
import { serve } from '../shared/http.ts';
import { listItems } from '../shared/views.ts';
import { organisations } from './contract.ts';
import { evolveArea, evolveOrganisation } from './decider.ts';
import { defineArea } from './define-area.ts';
import { areas, organisationList } from './projection.ts';
import { registerOrganisation } from './register-organisation.ts';

const listed = async <Row>(
  partition: string,
  query: { limit: number; cursor?: string | undefined },
) => {
  const { items, next } = await listItems({ index: 'items', partition, ...query });
  return {
    body: {
      items: items.map(({ row, version }) => ({ ...(row as Row), version: version as number })),
      next,
    },
  };
};

export const handler = serve(organisations, {
  defineArea,
  registerOrganisation,
  listAreas: ({ query }) => listed(areas, query),
  readArea: async ({ params }) => {
    const { state, version } = await get({ type: 'area', id: params.id }, evolveArea);
    return { body: { ...state, version }, version };
  },
  listOrganisations: ({ query }) => listed(organisationList, query),
  readOrganisation: async ({ params }) => {
    const { state, version } = await get(
      { type: 'organisation', id: params.id },
      evolveOrganisation,
    );
    return { body: { ...state, version }, version };
  },
});
