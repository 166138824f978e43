import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { campaignRows } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/**
 * A year in the list of plans. The list is in the Views, because the Ledger finds a plan by its year only;
 * one plan is read from the Ledger.
 */
export const project = ({
  aggregate: { id },
  data: {
    campaign: { year, title, slogan, status, themes, routines },
  },
}: DomainEvent<EventTypeOf<'campaign'>>): Projection => ({
  row: {
    pk: campaignRows,
    sk: id,
    row: { year, title, slogan, status, themes: themes.length, routines: routines.length },
  },
});
