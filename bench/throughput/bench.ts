// Changes of lines a second until every figure is exact: ours, the projector before there were sheets, a naive one,
// and PostgreSQL.

import { withEngine } from '../engine.ts';
import { ratio, whole } from '../statistics.ts';
import { table } from '../table.ts';

export const options = {
  seed: '1',
  /** Lines on sheets; each is entered, and nine in ten are verified. */
  entries: '11000',
  areas: '12',
  /** People on a sheet. */
  roll: '11',
  /** The share of the entries for the designs that are slow: entry by entry. */
  share: '0.2',
  /** The commit of the projector before there were sheets; it is checked out beside. Empty: none. */
  earlier: 'c06a422',
  postgres: 'yes',
};

export const run = (given: Readonly<Record<string, string>>): Promise<unknown> =>
  withEngine(async () => {
    const { runAll } = await import('./runs.ts');
    const results = await runAll({
      seed: Number(given.seed),
      entries: Number(given.entries),
      areas: Number(given.areas),
      roll: Number(given.roll),
      share: Number(given.share),
      earlier: given.earlier ?? '',
      postgres: given.postgres === 'yes',
    });
    const best = (rival: string): number =>
      Math.max(
        ...results.filter((one) => one.rival === rival).map(({ perSecond }) => perSecond),
        Number.NEGATIVE_INFINITY,
      );
    const [entry, roll] = [best('entry'), best('roll')];
    console.log(
      table(
        [
          'until every figure is exact',
          'changes',
          'side by side',
          'changes/s',
          'entry by entry is ×',
          'rolls are ×',
        ],
        results.map((one) => [
          one.label,
          whole(one.changes),
          String(one.width),
          whole(one.perSecond),
          ratio(entry / one.perSecond),
          ratio(roll / one.perSecond),
        ]),
      ),
    );
    const goals = [
      ['entry by entry', entry, 'earlier', 2],
      ['rolls', roll, 'earlier', 5],
      ['entry by entry', entry, 'naive', 6],
      ['rolls', roll, 'naive', 15],
    ] as const;
    console.log('');
    for (const [what, ours, rival, goal] of goals) {
      const times = ours / best(rival);
      if (Number.isFinite(times) && times > 0)
        console.log(
          `goal ${what} ≥ ${goal} × ${rival}: ${times >= goal ? 'met' : 'missed'} (${ratio(times)} ×)`,
        );
    }
    return results;
  });
