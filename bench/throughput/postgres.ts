// The same sums in PostgreSQL, kept exact by a transaction for each event or for many events.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Line } from '../district.ts';
import { type Client, type Cluster, load } from '../postgres/cluster.ts';
import { chunksOf } from '../statistics.ts';
import { eventIdOf, expectSums, lanesOf, measures, sumsOf, type Totals } from './sums.ts';

/**
 * One call processes an event: its marker, the entry with its version, and the differences in the entry's
 * old and new cells. Cells are updated in a fixed order, so that two calls cannot deadlock.
 */
const schema = `
DROP SCHEMA IF EXISTS projection CASCADE;
CREATE SCHEMA projection;
CREATE TABLE projection.processed (event text PRIMARY KEY);
CREATE TABLE projection.entries (
  id text PRIMARY KEY, version int NOT NULL, body jsonb NOT NULL,
  month text NOT NULL, area text NOT NULL, theme text NOT NULL,
  pending int NOT NULL, credited int NOT NULL, participations int NOT NULL, party int NOT NULL);
CREATE INDEX ON projection.entries ((body->>'volunteerId'));
CREATE INDEX ON projection.entries (month, area, theme);
CREATE TABLE projection.totals (
  period text, area text, theme text,
  pending bigint NOT NULL, credited bigint NOT NULL, participations bigint NOT NULL, party bigint NOT NULL,
  PRIMARY KEY (period, area, theme));
CREATE FUNCTION projection.take_in(event text, entry text, its_version int, state jsonb, sums int[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE before projection.entries;
BEGIN
  INSERT INTO projection.processed VALUES (event) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO before FROM projection.entries WHERE id = entry FOR UPDATE;
  IF before.version >= its_version THEN RETURN; END IF;
  INSERT INTO projection.entries VALUES (entry, its_version, state,
    left(state->>'serviceDate', 7), state->>'areaId', state->>'theme',
    sums[1], sums[2], sums[3], sums[4])
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body,
    month = excluded.month, area = excluded.area, theme = excluded.theme,
    pending = excluded.pending, credited = excluded.credited,
    participations = excluded.participations, party = excluded.party;
  INSERT INTO projection.totals AS t
  SELECT p, a, h, sum(s.pending), sum(s.credited), sum(s.participations), sum(s.party)
  FROM (
    SELECT left(state->>'serviceDate', 7) AS month, state->>'areaId' AS area, state->>'theme' AS theme,
           sums[1] AS pending, sums[2] AS credited, sums[3] AS participations, sums[4] AS party
    UNION ALL
    SELECT before.month, before.area, before.theme,
           -before.pending, -before.credited, -before.participations, -before.party
    WHERE before.id IS NOT NULL
  ) s, unnest(ARRAY[s.month, left(s.month, 4)]) p, unnest(ARRAY['', s.area]) a, unnest(ARRAY['', s.theme]) h
  GROUP BY p, a, h ORDER BY p, a, h
  ON CONFLICT (period, area, theme) DO UPDATE SET pending = t.pending + excluded.pending,
    credited = t.credited + excluded.credited,
    participations = t.participations + excluded.participations, party = t.party + excluded.party;
END $$;`;

const argumentsOf = (line: Line) => {
  const sums = sumsOf(line);
  return [
    eventIdOf(line),
    line.id,
    line.version,
    JSON.stringify(line),
    measures.map((measure) => sums[measure]),
  ] as const;
};

const check = async (client: Client, lines: readonly Line[]): Promise<void> => {
  const { rows } = await client.query('SELECT * FROM projection.totals');
  const totals = new Map(
    rows.map(({ period, area, theme, ...sums }) => [
      [period, area, theme].join('|'),
      Object.fromEntries(measures.map((measure) => [measure, Number(sums[measure])])),
    ]),
  );
  expectSums(lines, totals as unknown as Totals);
};

const withClient = async <T>(cluster: Cluster, run: (client: Client) => Promise<T>): Promise<T> => {
  const client = await cluster.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
};

/**
 * Milliseconds until all lines are counted, over `width` connections; the sums are checked. Transactions
 * of many events use one connection, because two would deadlock on each other's cells.
 */
export const runPostgres = (
  cluster: Cluster,
  lines: readonly Line[],
  width: number,
  perTransaction: number,
): Promise<number> =>
  withClient(cluster, async (client) => {
    await client.query(schema);
    const take = { name: 'take', text: 'SELECT projection.take_in($1, $2, $3, $4, $5)' };
    const work = (lane: readonly Line[]) =>
      withClient(cluster, async (own) => {
        for (const chunk of chunksOf(lane, perTransaction)) {
          if (perTransaction > 1) await own.query('BEGIN');
          for (const line of chunk) await own.query({ ...take, values: argumentsOf(line) });
          if (perTransaction > 1) await own.query('COMMIT');
        }
      });
    const began = performance.now();
    await Promise.all(lanesOf(lines, width).map(work));
    const ms = performance.now() - began;
    await check(client, lines);
    return ms;
  });

interface Emmett {
  getPostgreSQLEventStore(connectionString: string, options: object): EventStore;
  postgreSQLProjection(definition: object): unknown;
}
interface EventStore {
  appendToStream(stream: string, events: readonly object[], options: object): Promise<unknown>;
  readonly schema: { migrate(): Promise<unknown> };
  close(): Promise<void>;
}
interface Core {
  readonly projections: { inline(all: readonly unknown[]): unknown };
}
interface Context {
  readonly connection: {
    readonly client: Client;
  };
}

/** Waits until a closed pool has no connections left, which would fail if the server stopped. */
const untilAlone = async (client: Client): Promise<void> => {
  const others = `SELECT FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  while ((await client.query(others)).rows.length > 0) await sleep(20);
};

/** Milliseconds until all lines are appended, each with the projection in the same transaction. */
export const runEmmett = (
  cluster: Cluster,
  lines: readonly Line[],
  width: number,
): Promise<number> =>
  withClient(cluster, async (client) => {
    await client.query(schema);
    for (const { name } of (
      await client.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
    ).rows)
      await client.query(`DROP TABLE IF EXISTS public."${name}" CASCADE`);
    const { projections } = await load<Core>('@event-driven-io/emmett');
    const { getPostgreSQLEventStore, postgreSQLProjection } = await load<Emmett>(
      '@event-driven-io/emmett-postgresql',
    );
    const projection = postgreSQLProjection({
      name: 'dashboards',
      canHandle: ['LineChanged'],
      handle: async (
        taken: readonly { readonly data: { readonly line: Line } }[],
        { connection }: Context,
      ) => {
        for (const { data } of taken)
          await connection.client.query(
            'SELECT projection.take_in($1, $2, $3, $4, $5)',
            argumentsOf(data.line),
          );
      },
    });
    const store = getPostgreSQLEventStore(cluster.connectionString, {
      projections: projections.inline([projection]),
    });
    try {
      await store.schema.migrate();
      const began = performance.now();
      await Promise.all(
        lanesOf(lines, width).map(async (lane) => {
          for (const line of lane)
            await store.appendToStream(
              `hours-${line.id}`,
              [{ type: 'LineChanged', data: { line } }],
              { expectedStreamVersion: BigInt(line.version - 1) },
            );
        }),
      );
      const ms = performance.now() - began;
      await check(client, lines);
      return ms;
    } finally {
      await store.close();
      await untilAlone(client);
    }
  });
