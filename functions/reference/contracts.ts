import { activities } from '../activities/contract.ts';
import { campaigns } from '../campaigns/contract.ts';
import { dashboards } from '../dashboards/contract.ts';
import type { Contract } from '../http/contract.ts';
import { imports } from '../imports/contract.ts';
import { notices } from '../notices/contract.ts';
import { organisations } from '../organisations/contract.ts';
import { participation } from '../participation/contract.ts';
import { records } from '../records/contract.ts';
import { teams } from '../teams/contract.ts';
import { volunteers } from '../volunteers/contract.ts';
import { reference } from './contract.ts';

/** Every slice's routes: what the gateway serves and OpenAPI describes. */
export const contracts = {
  campaigns,
  organisations,
  volunteers,
  imports,
  activities,
  participation,
  records,
  teams,
  notices,
  dashboards,
  reference,
} as const satisfies Readonly<Record<string, Contract>>;
