import { activities } from './activities/slice.ts';
import { campaigns } from './campaigns/slice.ts';
import { imports } from './imports/slice.ts';
import { notices } from './notices/slice.ts';
import { organisations } from './organisations/slice.ts';
import { participation } from './participation/slice.ts';
import { records } from './records/slice.ts';
import type { Project } from './slice.ts';
import { teams } from './teams/slice.ts';
import type { Disclosure } from './views/projection.ts';
import { volunteers } from './volunteers/slice.ts';

/** Every slice that writes or listens. What reads them all (dashboards, reference) stands after them. */
export const slices = [
  campaigns,
  organisations,
  volunteers,
  activities,
  participation,
  records,
  teams,
  notices,
  imports,
] as const;

type Slice = (typeof slices)[number];
type KeysOf<T> = T extends unknown ? keyof T : never;

const merged = (parts: readonly object[]): object => Object.assign({}, ...parts);

/** What each aggregate shows in the Views. One that no slice owns does not compile where it is asked. */
export const projections = merged(slices.map(({ aggregates }) => aggregates)) as {
  readonly [A in KeysOf<Slice['aggregates']>]: Project<A> | null;
};

/** What lines of each kind show to whoever may not know people. */
export const disclosures = merged(slices.map(({ persons }) => persons)) as {
  readonly [Kind in KeysOf<Slice['persons']>]: Disclosure;
};
