// Loads the Views of a year quickly: runs the projector on the laboratory's model of the store, and puts the
// resulting items into the table.
import { isDeepStrictEqual } from 'node:util';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import { handler as projector } from '../../functions/projector/projector.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { saidBy } from '../../test/lab/figures/rebuilt.ts';
import { createStore } from '../../test/lab/memory-store.ts';
import { schemasOf, sentOf } from '../../test/lab/store-shapes.ts';
import { invoke } from '../../test/support/invoke.ts';
import { emptyTables } from '../../test/support/tables.ts';
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

/** The newest event of each history. Earlier events leave nothing in the Views. */
const newest = function* (year: Year): Generator<DomainEvent> {
  for (const life of year.lives()) {
    const event = life.at(-1);
    if (event) yield event;
  }
};

const batchSize = 100;
const isPresence = ({ pk }: Item): boolean => String(pk).startsWith('present#');

/** Replaces the client's `send` while `run` runs. */
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
 * Fills the Views of a host. `presences` may leave presences out, which are about as many as lines and are
 * not read by any of the measured requests.
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
    // Each aggregate has one event here, so a line is written once and the model need not keep it.
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
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table }))
    items.push(...(Items as Item[]));
  return items.sort((a, b) => (`${a.pk}|${a.sk}` < `${b.pk}|${b.sk}` ? -1 : 1));
};

/** @throws Error if the projector on the real engine leaves other items than those loaded */
export const expectLoaded = async (
  { host, client, views }: BenchHost,
  year: Year,
): Promise<void> => {
  const loaded = await allOf(client, views);
  // A client of the functions reads its endpoint at the first use.
  process.env.AWS_ENDPOINT_URL_DYNAMODB = host.dynamodbEndpoint;
  await emptyTables();
  // The order of persons in lists is by a random key of the Views.
  const order = loaded.filter(({ sk }) => sk === 'line-order');
  await writeItems(client, process.env.VIEWS_TABLE ?? '', order);
  for (const batch of chunksOf(newest(year), batchSize)) await project(batch);
  const real = await allOf(client, process.env.VIEWS_TABLE ?? '');
  if (!isDeepStrictEqual(saidBy(loaded), saidBy(real)))
    throw new Error('what was loaded is not what is projected');
};
