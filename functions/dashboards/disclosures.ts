import { persons as ofActivities } from '../activities/projection.ts';
import type { Metric } from '../figures/metrics.ts';
import { persons as ofParticipation } from '../participation/projection.ts';
import { persons as ofTeams } from '../teams/projection.ts';
import type { Disclosure } from '../views/projection.ts';
import { persons as ofVolunteers } from '../volunteers/projection.ts';

/** `hours` of `hours.verified`. */
type KindOf<Sort extends string> = Sort extends `${infer Kind}.${string}` ? Kind : Sort;

/** What lines of each kind show to whoever may not know people. A kind left out does not compile. */
export const disclosures: Readonly<
  Record<KindOf<Exclude<Metric['lines'], 'presence'>>, Disclosure>
> = { ...ofActivities, ...ofParticipation, ...ofTeams, ...ofVolunteers };
