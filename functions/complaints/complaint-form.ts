import type { Area } from '../../events/organisations.ts';
import type { UseCase } from '../http/serve.ts';
import { settings } from '../runtime/settings.ts';
import { areaRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import type { complaints } from './contract.ts';
import { newTicket } from './secrets.ts';

/** Areas among which somebody can choose. */
const mostAreas = 400;

export const complaintForm: UseCase<typeof complaints.complaintForm> = async ({ query, at }) => {
  const { items } = await listRows<Area>({
    index: 'items',
    partition: areaRows,
    limit: mostAreas,
  });
  const chosen = items.filter(({ id }) => id === query.areaId);
  const { workingDays, keptDays } = settings().complaints;
  return {
    body: {
      ticket: await newTicket(at),
      page: query.page ?? null,
      // The one that the link names comes first, and so is chosen.
      areas: [...chosen, ...items.filter((area) => !chosen.includes(area))].map(({ id, name }) => ({
        id,
        name,
      })),
      workingDays,
      keptDays,
    },
  };
};

/** The form by which somebody asks where their complaint stands. */
export const complaintState: UseCase<typeof complaints.complaintState> = async ({ at }) => ({
  body: { ticket: await newTicket(at) },
});
