import type * as z from 'zod';
import type { Contract } from '../../http/contract.ts';
import { activities } from './activities.ts';
import { calendars } from './calendars.ts';
import { campaigns } from './campaigns.ts';
import { complaints } from './complaints.ts';
import { dashboards } from './dashboards.ts';
import { imports } from './imports.ts';
import { inbound } from './inbound.ts';
import { keys } from './keys.ts';
import { notices } from './notices.ts';
import { organisations } from './organisations.ts';
import { participation } from './participation.ts';
import { periods } from './periods.ts';
import { publicity } from './publicity.ts';
import { recognition } from './recognition.ts';
import { records } from './records.ts';
import { reports } from './reports.ts';
import { stars } from './stars.ts';
import { start } from './start.ts';
import { teams } from './teams.ts';
import { volunteers } from './volunteers.ts';
import { webhooks } from './webhooks.ts';

/** What a file holds is in its contract only, as `holds`. */
type BodyOf<Body> = Body extends Uint8Array ? unknown : Body;

/**
 * Of each command that takes a body one that it takes, and of each operation an answer, by the name of the
 * operation. `openApi` fails where one is missing or does not fit.
 */
export interface ExamplesOf<C extends Contract> {
  readonly bodies: { readonly [K in keyof C]?: BodyOf<z.input<C[K]['body']>> };
  readonly answers: { readonly [K in keyof C]?: z.input<C[K]['answer']> };
}

/** The examples of all slices. */
export const examples = {
  activities,
  calendars,
  campaigns,
  complaints,
  dashboards,
  imports,
  inbound,
  keys,
  notices,
  organisations,
  participation,
  periods,
  publicity,
  recognition,
  records,
  reports,
  stars,
  start,
  teams,
  volunteers,
  webhooks,
};
