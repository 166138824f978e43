import { pause, scanItems } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import { bare, inGeneration } from '../views/generations.ts';
import { type Breach, laws, type PeopleItem, type ViewRow } from './laws.ts';
import { readNewest, type TakeNewest } from './read-newest.ts';
import { scanViews } from './scan-views.ts';

const scanPeople = (take: (item: PeopleItem) => void): Promise<void> =>
  scanItems(
    {
      TableName: peopleTable(),
      // The role allows these attributes and no others.
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk, kind, volunteerId',
      ConsistentRead: true,
    },
    (item) => take(item as unknown as PeopleItem),
  );

/** Checks all laws in one reading. The caller reads the Ledger and passes it to `takeNewest`. */
export const readByLaws = () => {
  const breaches: Breach[] = [];
  const readings = laws.map(({ name, rows = [], begin }) => ({
    rows,
    ...begin((of, found) => breaches.push({ law: name, of, found })),
  }));
  return {
    takeNewest: ((newest) => {
      for (const { event } of newest) for (const reading of readings) reading.event(event);
    }) satisfies TakeNewest,
    /** Call once, after the whole Ledger was read. */
    breaches: async (generation: number): Promise<readonly Breach[]> => {
      for (const { ledgerRead } of readings) ledgerRead?.();
      const prefixes = [...new Set(readings.flatMap(({ rows }) => rows))];
      await scanViews(
        {
          FilterExpression: prefixes.map((_, at) => `begins_with(pk, :p${at})`).join(' OR '),
          ExpressionAttributeValues: Object.fromEntries(
            prefixes.map((prefix, at) => [`:p${at}`, inGeneration(generation, prefix)]),
          ),
        },
        (item) => {
          const row = { ...(item as unknown as ViewRow), pk: bare(String(item.pk)) };
          for (const { rows, row: see } of readings)
            if (rows.some((prefix) => row.pk.startsWith(prefix))) see?.(row);
        },
      );
      for (const { viewsRead } of readings) viewsRead?.();
      await scanPeople((item) => {
        for (const reading of readings) reading.item?.(item);
      });
      return breaches;
    },
  };
};

const idOf = ({ law, of, found }: Breach): string => `${law}|${of}|${found}`;

/**
 * The breaches that still exist after a wait. Effects of an event are delayed, and until they
 * happen there is a breach.
 * @param first has been given a reading of the Ledger by the caller
 * @param waitMs longer than any queue delays an event
 */
export const checkLaws = async (
  generation: number,
  first: ReturnType<typeof readByLaws>,
  waitMs = 20_000,
): Promise<readonly Breach[]> => {
  const before = new Set((await first.breaches(generation)).map(idOf));
  if (before.size === 0) return [];
  await pause(waitMs);
  const again = readByLaws();
  await readNewest(again.takeNewest);
  return (await again.breaches(generation)).filter((breach) => before.has(idOf(breach)));
};
