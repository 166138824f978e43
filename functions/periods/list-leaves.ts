import { leavesOfPage } from '../closed/merkle.ts';
import { readHead, readLeaves } from '../closed/store.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import type { periods } from './contract.ts';
import { mayExport } from './policy.ts';

const encode = (page: number): string => Buffer.from(`page ${page}`).toString('base64url');

/** A cursor comes from outside: it names a page. */
const decode = (cursor: string, pages: number): number => {
  const page = Number(
    /^page (\d{1,6})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1] ?? -1,
  );
  if (page < 1 || page >= pages || encode(page) !== cursor) throw new Problem('invalid-cursor');
  return page;
};

const leavesOf = async (actor: Actor, period: string, cursor: string | undefined) => {
  if (!mayExport(actor)) throw new Rejection('forbidden');
  const { state } = await aggregate('period').get(period);
  if (!state.closed) throw new Rejection('not-found', { what: 'period', id: period });
  const { run, root, leafCount } = state.closed;
  const { pages } = await readHead(run);
  const page = cursor === undefined ? 0 : decode(cursor, pages.length);
  return {
    body: {
      ...{ period, root, leafCount },
      from: page * leavesOfPage,
      leaves: leafCount === 0 ? [] : [...(await readLeaves(run, page))],
      next: page + 1 < pages.length ? encode(page + 1) : null,
    },
  };
};

/** A page of the leaves of a closed month, as they were hashed. */
export const listMonthLeaves: UseCase<typeof periods.listMonthLeaves> = ({
  actor,
  params,
  query,
}) => leavesOf(actor, params.month, query.cursor);

/** The same of a closed year. */
export const listYearLeaves: UseCase<typeof periods.listYearLeaves> = ({ actor, params, query }) =>
  leavesOf(actor, params.year, query.cursor);
