// The time from the answer to a verify until its figure is visible, through the local host over HTTP.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventData } from '../../events/catalogue.ts';
import { entriesOf } from '../../events/participation.ts';
import { areaName, createYear, monthName } from '../district.ts';
import { withHosts } from '../host.ts';
import { rowOf, writeItems } from '../items.ts';
import { chunksOf, milliseconds, quantile, whole } from '../statistics.ts';
import { table } from '../table.ts';

export const options = {
  seed: '1',
  /** Verifies a second, each a request of its own. */
  rate: '50',
  seconds: '30',
  /** Verifies before the measurement, while functions start and the engine warms up. */
  warm: '150',
  /** Each area's figure is watched. With more areas, fewer verifies share a figure. */
  areas: '24',
};

const month = 6;
/** On a sheet. */
const people = 11;
/** Milliseconds between two reads of the dashboard, which is the error of the measured lag. */
const look = 20;

interface Line {
  readonly sheet: string;
  readonly volunteerId: string;
  readonly areaId: string;
}

interface Dashboard {
  readonly breakdown: {
    readonly area: Readonly<Record<string, { readonly participations: { value: number | null } }>>;
  };
}

export const run = (given: Readonly<Record<string, string>>): Promise<unknown> =>
  withHosts(async (start) => {
    const { rate, seconds, warm, areas, seed } = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, Number(value)]),
    ) as Record<keyof typeof options, number>;
    const { host, ledger, client } = await start();
    const wanted = rate * seconds;
    const sheets = Array.from(
      { length: Math.ceil((wanted + warm) / people) },
      (_, at) => at * 12 + month - 1,
    );
    const year = createYear({ seed, entries: 12 * sheets.length * people, areas, roll: people });
    const logged = sheets.flatMap((n) => year.sheetEvents(n, 'roll').logged);
    const all = logged
      .flatMap(({ aggregate, data }): readonly Line[] => {
        const { place, ...changed } = data as EventData<'HoursLogged'>;
        return entriesOf(changed).map(({ volunteerId }) => ({
          sheet: aggregate.id,
          volunteerId,
          areaId: place.areaId,
        }));
      })
      .slice(0, wanted + warm);
    const first = sheets.flatMap((n) => year.activity(n)[0] ?? []);
    await writeItems(client, ledger, [...first, ...logged].map(rowOf));
    await host.untilIdle();
    const token = await host.mintToken({ sub: 'verifier-1', role: 'verifier' });

    /** Lines of one sheet are verified at the same moment, and some of them again. */
    const verify = async (line: Line, again = 20): Promise<void> => {
      const { sheet, volunteerId } = line;
      const answer = await fetch(`${host.url}/sheets/${sheet}/verify`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': `verify-${volunteerId}`,
        },
        body: JSON.stringify({ entries: [volunteerId] }),
      });
      const text = await answer.text();
      if (answer.status === 409 && again > 0) return verify(line, again - 1);
      if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    };
    /** Verified entries by area. */
    const shown = async (): Promise<ReadonlyMap<string, number>> => {
      const answer = await fetch(`${host.url}/dashboards/${monthName(month)}`);
      const { breakdown } = (await answer.json()) as Dashboard;
      return new Map(
        Object.entries(breakdown.area).map(([area, { participations }]) => [
          area,
          participations.value ?? 0,
        ]),
      );
    };
    for (const chunk of chunksOf(all.slice(0, warm), 10))
      await Promise.all(chunk.map((line) => verify(line)));
    await host.untilIdle();
    const before = await shown();
    const measured = all.slice(warm);

    /** The times of the answers by area, in order; and the duration of each request. */
    const answered = new Map<string, number[]>();
    const waits: number[] = [];
    const lags: number[] = [];
    const lookups: number[] = [];
    let late = 0;

    const watch = async (): Promise<void> => {
      const seen = new Map<string, number>();
      while (lags.length < wanted) {
        const asked = performance.now();
        const figures = await shown();
        const now = performance.now();
        lookups.push(now - asked);
        for (const [area, figure] of figures) {
          const times = answered.get(area) ?? [];
          // A figure may be visible before its answer has arrived. It is then counted later, as no lag.
          const known = Math.min(figure - (before.get(area) ?? 0), times.length);
          for (let at = seen.get(area) ?? 0; at < known; at += 1)
            lags.push(Math.max(0, now - (times[at] ?? now)));
          seen.set(area, Math.max(known, seen.get(area) ?? 0));
        }
        await sleep(look);
      }
    };

    const began = performance.now();
    const watching = watch();
    await Promise.all(
      measured.map(async (line, at) => {
        const due = began + (at * 1000) / rate;
        await sleep(Math.max(0, due - performance.now()));
        const sent = performance.now();
        late = Math.max(late, sent - due);
        await verify(line);
        const now = performance.now();
        waits.push(now - sent);
        const { areaId } = line;
        answered.set(areaId, [...(answered.get(areaId) ?? []), now]);
      }),
    );
    const commandsTook = performance.now() - began;
    await watching;
    const row = (title: string, values: readonly number[]) => [
      title,
      ...[0.5, 0.99, 1].map((share) => milliseconds(quantile(values, share))),
    ];
    console.log(
      table(
        [`${whole(wanted)} verifies at ${rate}/s, ms`, 'p50', 'p99', 'most'],
        [
          row('from the 2xx until the figure is seen', lags),
          row('the verify itself', waits),
          row('a look at the dashboard', lookups),
        ],
      ),
    );
    const reached = wanted / (commandsTook / 1000);
    const p99 = quantile(lags, 0.99);
    console.log(
      `\nanswered ${reached.toFixed(1)} a second, sent at most ${milliseconds(late)} ms late; ${areaName(1)} and ${areas - 1} more areas watched`,
    );
    console.log(`goal p99 ≤ 2 s: ${p99 <= 2000 ? 'met' : 'missed'}`);
    return { lags, waits, lookups, late, reached };
  });
