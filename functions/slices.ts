import { activities } from './activities/slice.ts';
import { calendars } from './calendars/slice.ts';
import { campaigns } from './campaigns/slice.ts';
import { complaints } from './complaints/slice.ts';
import { imports } from './imports/slice.ts';
import { inbound } from './inbound/slice.ts';
import { keys } from './keys/slice.ts';
import { notices } from './notices/slice.ts';
import { organisations } from './organisations/slice.ts';
import { participation } from './participation/slice.ts';
import { periods } from './periods/slice.ts';
import { publicity } from './publicity/slice.ts';
import { recognition } from './recognition/slice.ts';
import { records } from './records/slice.ts';
import { reports } from './reports/slice.ts';
import type { Project } from './slice.ts';
import { stars } from './stars/slice.ts';
import { teams } from './teams/slice.ts';
import { volunteers } from './volunteers/slice.ts';
import { webhooks } from './webhooks/slice.ts';

/**
 * Every slice that writes or subscribes. Slices that read all of these (dashboards, reference) are
 * not listed.
 */
export const slices = [
  campaigns,
  organisations,
  volunteers,
  activities,
  participation,
  records,
  reports,
  teams,
  notices,
  imports,
  calendars,
  webhooks,
  inbound,
  keys,
  periods,
  publicity,
  complaints,
  recognition,
  stars,
] as const;

type Slice = (typeof slices)[number];
type KeysOf<T> = T extends unknown ? keyof T : never;

const merged = (parts: readonly object[]): object => Object.assign({}, ...parts);

/** The projection of each aggregate. Asking for an aggregate that no slice owns does not compile. */
export const projections = merged(slices.map(({ aggregates }) => aggregates)) as {
  readonly [A in KeysOf<Slice['aggregates']>]: Project<A> | null;
};
