import { persons as activities } from './activities/projection.ts';
import { persons as organisations } from './organisations/projection.ts';
import { persons as participation } from './participation/projection.ts';
import { persons as teams } from './teams/projection.ts';
import type { Disclosure } from './views/projection.ts';
import { persons as volunteers } from './volunteers/projection.ts';

/**
 * What readers who may not see personal data are shown of a line or an entry, by its kind. Each slice says
 * it of its own kinds. This is apart from slices.ts, which has the contracts of all slices with it.
 */
export const disclosures = {
  ...activities,
  ...organisations,
  ...participation,
  ...teams,
  ...volunteers,
} satisfies Readonly<Record<string, Disclosure>>;
