import type { Webhook } from '../../events/webhooks.ts';
import { aggregate, type FactOf } from '../ledger/aggregate.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { listedPut } from './store.ts';

/** There is no role for machines. It acts in the district's role, under an id that no token has. */
const role = 'district-admin';
const actor = {
  id: 'leifeng:webhooks',
  roles: [role],
  organisationId: null,
  areaIds: [],
  volunteerId: '',
} as const;

/**
 * Changes a webhook because its receiver fails, decided on its state in the Ledger.
 * @param at epoch milliseconds
 */
export const changeFailing = async (
  id: string,
  at: number,
  decide: (webhook: Webhook) => FactOf<'webhook'> | null,
): Promise<void> => {
  await aggregate('webhook').execute(id, {
    request: {
      actor: { ...actor, year: localYearOf(at, settings().timezone) },
      at,
      correlationId: `webhook-${id}`,
      idempotency: undefined,
      ifMatch: undefined,
    },
    authorise: () => role,
    decide,
    alsoWrite: async (_, { data: { webhook } }) => [listedPut({ id, webhook })],
  });
};
