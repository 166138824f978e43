// The same dashboards without totals: GROUP BY over the entries, with an index for it.
import type { Year } from '../district.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { chunksOf } from '../statistics.ts';

const schema = `
CREATE TABLE entries (
  id text PRIMARY KEY, month text NOT NULL, area text NOT NULL, theme text NOT NULL,
  volunteer text NOT NULL, minutes int NOT NULL, party boolean NOT NULL)`;
/** The index covers the query, so the rows are not read. */
const index = `
CREATE INDEX entries_by_month ON entries (month, area, theme) INCLUDE (volunteer, minutes, party)`;
const indexByArea = `
CREATE INDEX entries_by_area ON entries (area, month, theme) INCLUDE (volunteer, minutes, party)`;

const dashboard = (where: string): string => `
SELECT area, theme, count(*) AS participations, sum(minutes) AS minutes,
       count(*) FILTER (WHERE party) AS party, count(DISTINCT volunteer) AS volunteers
FROM entries WHERE ${where}
GROUP BY GROUPING SETS ((), (area), (theme))`;

const rowsPerInsert = 5000;

export const createGroupBy = async (cluster: Cluster, year: Year) => {
  const client = await cluster.connect();
  await client.query(schema);
  const lines = function* () {
    for (let n = 0; n < year.counts.activities; n += 1) yield* year.sheetLines(n).verified;
  };
  for (const rows of chunksOf(lines(), rowsPerInsert)) {
    await client.query(
      'INSERT INTO entries SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::boolean[])',
      [
        rows.map(({ id }) => id),
        rows.map(({ serviceDate }) => serviceDate.slice(0, 7)),
        rows.map(({ areaId }) => areaId),
        rows.map(({ theme }) => theme),
        rows.map(({ volunteerId }) => volunteerId),
        rows.map(({ creditedMinutes }) => creditedMinutes),
        rows.map(({ tags }) => tags.includes('party-member')),
      ],
    );
  }
  await client.query(index);
  await client.query(indexByArea);
  await client.query('VACUUM ANALYZE entries');
  return {
    /** Reads a month (`yyyy-mm`) or a year, whole or of one area: totals, by area and by theme. */
    read: async (period: string, area: string | null): Promise<void> => {
      const months = period.length === 4 ? [`${period}-01`, `${period}-12`] : [period, period];
      const where = `month BETWEEN $1 AND $2${area === null ? '' : ' AND area = $3'}`;
      const { rows } = await client.query(dashboard(where), [
        ...months,
        ...(area === null ? [] : [area]),
      ]);
      if (rows.length < 2) throw new Error('nothing there');
    },
    end: () => client.end(),
  };
};
export type GroupBy = Awaited<ReturnType<typeof createGroupBy>>;
