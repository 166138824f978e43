import type { Organisation } from '../../events/organisations.ts';
import type { UseCase } from '../http/serve.ts';
import { organisationRows } from '../views/keys.ts';
import { listRows, rowEquals } from '../views/views.ts';
import type { organisations } from './contract.ts';

export const listOrganisations: UseCase<typeof organisations.listOrganisations> = async ({
  query: { kind, areaId, partner, limit, cursor },
}) => {
  const group = partner === undefined ? undefined : partner === 'true' ? 'partner' : 'own';
  return {
    body: await listRows<Organisation>({
      index: 'items',
      partition: organisationRows,
      where: rowEquals({ kind, areaId, group }),
      limit,
      cursor,
    }),
  };
};
