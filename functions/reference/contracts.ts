import { dashboards } from '../dashboards/slice.ts';
import { slices } from '../slices.ts';
import { reference } from './slice.ts';

/** Everything that answers HTTP: the slices, and what reads them all. */
export const apis = [...slices, dashboards, reference] as const;

type Api = (typeof apis)[number];

/** Every route by slice: what the gateway serves and OpenAPI describes. */
export const contracts = Object.fromEntries(
  apis.map(({ name, contract }) => [name, contract]),
) as unknown as { readonly [One in Api as One['name']]: One['contract'] };
