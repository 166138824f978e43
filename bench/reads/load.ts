// The Views of a year, as fast as they can be had: the projector itself, on the laboratory's model
// of the store, and what it leaves there put into the table.
import { isDeepStrictEqual } from 'node:util';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import { handler as projector } from '../../functions/projector/projector.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { createStore } from '../../test/lab/memory-store.ts';
import { schemasOf, sentOf } from '../../test/lab/store-shapes.ts';
import { invoke } from '../../test/support/invoke.ts';
import { freshTables } from '../../test/support/tables.ts';
import type { Year } from '../district.ts';
import type { BenchHost } from '../host.ts';
import { writeItems } from '../items.ts';
import { chunksOf } from '../statistics.ts';

type Item = Readonly<Record<string, unknown>>;

const batchOf = (events: readonly DomainEvent[]): SQSEvent =>
  ({
    Records: events.map((detail, at) => ({
      messageId: String(at),
      body: JSON.stringify({ detail }),
    })),
  }) as unknown as SQSEvent;

const project = async (events: readonly DomainEvent[]): Promise<void> => {
  const { batchItemFailures } = await invoke(projector, batchOf(events));
  if (batchItemFailures.length > 0) throw new Error('the projector left messages');
};

/** The newest event of each life: the ones before it leave nothing in the Views. */
const newest = function* (year: Year): Generator<DomainEvent> {
  for (const life of year.lives()) {
    const event = life.at(-1);
    if (event) yield event;
  }
};

const batchSize = 100;
const isPresence = ({ pk }: Item): boolean => String(pk).startsWith('present#');

/** Calls `send` instead of the client's, as long as it runs. */
const sending = async (
  send: (command: object) => Promise<object>,
  run: () => Promise<void>,
): Promise<void> => {
  const client = dynamodb as unknown as { send: typeof send };
  const own = client.send;
  client.send = send;
  try {
    await run();
  } finally {
    client.send = own;
  }
};

export interface Loaded {
  readonly items: number;
  /** The key of an item of totals. */
  readonly total: { readonly pk: string; readonly sk: string };
}

/**
 * Fills the Views of a host. Presences are left out where `presences` says so: they are about as
 * many as lines, and nothing that is read here reads them.
 */
export const loadViews = async (
  { views, client }: BenchHost,
  year: Year,
  presences: boolean,
): Promise<Loaded> => {
  process.env.VIEWS_TABLE = views;
  let lines: Item[] = [];
  let written = 0;
  const store = createStore(schemasOf('ledger', views), (_, item) => {
    if ('row' in item) lines.push(item);
  });
  const execute = (name: string, input: object) =>
    store.execute({ name, input: input as Readonly<Record<string, unknown>> });
  const flush = async (): Promise<void> => {
    await writeItems(client, views, lines);
    // A line is written once, for an aggregate comes once: the model need not keep it.
    for (const { pk, sk } of lines) execute('Delete', { TableName: views, Key: { pk, sk } });
    written += lines.length;
    lines = [];
  };
  for (const chunk of chunksOf(newest(year), 50 * batchSize)) {
    await sending(
      async (command) => store.execute(sentOf(command)),
      async () => {
        for (const batch of chunksOf(chunk, batchSize)) await project(batch);
      },
    );
    await flush();
  }
  const rest = store.all(views).filter((item) => presences || !isPresence(item));
  await writeItems(client, views, rest);
  const total = rest.find(({ pk }) => String(pk).startsWith('totals#'));
  if (!total) throw new Error('no totals were made');
  return { items: written + rest.length, total: { pk: String(total.pk), sk: String(total.sk) } };
};

const allOf = async (client: BenchHost['client'], table: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey: from }));
    items.push(...((page.Items ?? []) as Item[]));
    from = page.LastEvaluatedKey;
  } while (from);
  return items.sort((a, b) => (`${a.pk}|${a.sk}` < `${b.pk}|${b.sk}` ? -1 : 1));
};

/** @throws Error when the projector on the real engine leaves other items than were loaded */
export const expectLoaded = async (
  { host, client, views }: BenchHost,
  year: Year,
): Promise<void> => {
  const loaded = await allOf(client, views);
  // A client of the functions looks for its endpoint when it is first used.
  process.env.AWS_ENDPOINT_URL_DYNAMODB = host.dynamodbEndpoint;
  await freshTables();
  for (const batch of chunksOf(newest(year), batchSize)) await project(batch);
  const real = await allOf(client, process.env.VIEWS_TABLE ?? '');
  if (!isDeepStrictEqual(loaded, real)) throw new Error('what was loaded is not what is projected');
};
