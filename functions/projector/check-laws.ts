import { keyName } from '../figures/layout.ts';
import { chunksOf } from '../runtime/batches.ts';
import { scanItems } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import type { Difference } from './compare-year.ts';
import { newestOf, type Stream } from './facts.ts';
import { laws, type PeopleItem, peopleLaws, type Row, type RowAt, waitingRows } from './laws.ts';
import { type Item, readAt } from './year-contents.ts';

const rowsIn =
  (items: ReadonlyMap<string, Item>): RowAt =>
  (key) =>
    items.get(keyName(key))?.row as Row | undefined;

/** The breaches of the laws by these aggregates, as their newest events are. */
export const checkStreams = async (
  generation: number,
  streams: readonly Stream[],
): Promise<readonly Difference[]> => {
  const events = streams.map((stream) => newestOf(stream).event);
  const row = rowsIn(
    await readAt(
      generation,
      laws.flatMap((law) => events.flatMap(law.needs)),
    ),
  );
  const at = Date.now();
  const breaches: Difference[] = [];
  for (const { name, check } of laws)
    for (const event of events) {
      const item = `${event.aggregate.type}#${event.aggregate.id}`;
      check(event, row, (found) => breaches.push({ law: name, item, found }), at);
    }
  return breaches;
};

const readPeople = async (): Promise<readonly PeopleItem[]> => {
  const items: PeopleItem[] = [];
  await scanItems(
    {
      TableName: peopleTable(),
      // The role allows these attributes and no others.
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk, kind, volunteerId',
      ConsistentRead: true,
    },
    (item) => items.push(item as unknown as PeopleItem),
  );
  return items;
};

/** Items whose rows are read together. */
const portion = 5000;

/**
 * The breaches of the laws by the items of People. There are as many as people, however old the
 * district is.
 * @param registered keys of rows that must not wait any more: see `registeredBy`
 */
export const checkPeople = async (
  generation: number,
  registered: ReadonlySet<string>,
): Promise<readonly Difference[]> => {
  const breaches: Difference[] = [];
  for (const items of chunksOf(await readPeople(), portion)) {
    const row = rowsIn(
      await readAt(
        generation,
        peopleLaws.flatMap((law) => items.flatMap(law.needs)),
      ),
    );
    for (const item of items) {
      const name = keyName(item);
      for (const law of peopleLaws)
        law.check(item, row, (found) => breaches.push({ law: law.name, item: name, found }));
      if (registered.has(name))
        breaches.push({
          law: waitingRows,
          item: name,
          found: 'waits, and its rows are registered',
        });
    }
  }
  return breaches;
};
