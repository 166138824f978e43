// Events a second until every figure is exact: ours, a naive projector, and PostgreSQL.

import { withEngine } from '../engine.ts';
import { ratio, whole } from '../statistics.ts';
import { table } from '../table.ts';

export const options = {
  seed: '1',
  /** Hours entries; each is logged, and most are verified. */
  entries: '10000',
  areas: '12',
  /** The share of the entries for the naive projector, because it is slow. */
  naiveShare: '0.2',
  postgres: 'yes',
};

export const run = (given: Readonly<Record<string, string>>): Promise<unknown> =>
  withEngine(async () => {
    const { runAll } = await import('./runs.ts');
    const results = await runAll({
      seed: Number(given.seed),
      entries: Number(given.entries),
      areas: Number(given.areas),
      naiveShare: Number(given.naiveShare),
      postgres: given.postgres === 'yes',
    });
    const ours = results[0]?.perSecond ?? 0;
    console.log(
      table(
        ['until every figure is exact', 'events', 'side by side', 'events/s', 'ours is × as fast'],
        results.map((one) => [
          one.label,
          whole(one.events),
          String(one.width),
          whole(one.perSecond),
          ratio(ours / one.perSecond),
        ]),
      ),
    );
    const naive = Math.max(
      ...results.filter(({ rival }) => rival === 'naive').map((one) => one.perSecond),
    );
    console.log(
      `\ngoal ≥ 5 × naive: ${ours / naive >= 5 ? 'met' : 'missed'} (${ratio(ours / naive)} ×)`,
    );
    return results;
  });
