import { dashboards } from '../dashboards/slice.ts';
import { slices } from '../slices.ts';
import { start } from '../start/slice.ts';
import { reference } from './slice.ts';

/** Everything that answers HTTP: the slices, and those that read all slices. */
export const apis = [...slices, dashboards, start, reference] as const;

type Api = (typeof apis)[number];

/** All routes by slice: the gateway serves them and OpenAPI describes them. */
export const contracts = Object.fromEntries(
  apis.map(({ name, contract }) => [name, contract]),
) as unknown as { readonly [One in Api as One['name']]: One['contract'] };
