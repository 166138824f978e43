// A proxy for all requests of the functions. It passes those for DynamoDB on to the engine, answers those
// for EventBridge itself, and counts both.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Item } from '../../test/support/item-size.ts';
import { createCounts } from './counts.ts';
import { createMeter } from './meter.ts';

/** A row appended to the Ledger, as its stream shows it. */
export interface Appended {
  readonly image: Item;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** Bytes of an entry as EventBridge bills them. */
const entrySize = ({ Source = '', DetailType = '', Detail = '', Time }: PutEventsRequestEntry) =>
  Buffer.byteLength(Source + DetailType + Detail) + (Time ? 14 : 0);

export const createWire = async (engine: string) => {
  const counts = createCounts();
  let counting = false;
  const events: PutEventsRequestEntry[] = [];
  const appended: Appended[] = [];

  const ask = async (operation: string, body: string, authorization?: string) =>
    fetch(engine, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        authorization:
          authorization ??
          'AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
    });
  const peek = async (table: string, Keys: readonly Item[]): Promise<readonly Item[]> => {
    const request = { RequestItems: { [table]: { Keys, ConsistentRead: true } } };
    const answer = await ask('BatchGetItem', JSON.stringify(request));
    const { Responses } = (await answer.json()) as { Responses: Record<string, Item[]> };
    return Responses[table] ?? [];
  };
  // The meter also observes uncounted requests, because later writes may replace their items.
  const ignored = createCounts();
  const meter = createMeter(
    { take: counts.take, add: (name, by) => (counting ? counts : ignored).add(name, by) },
    peek,
  );

  const noteAppends = (operation: string, body: string): void => {
    if (!counting) return;
    const request = JSON.parse(body);
    const puts =
      operation === 'PutItem'
        ? [request]
        : (request.TransactItems ?? []).map(({ Put }: { Put?: object }) => Put);
    for (const put of puts)
      if (put?.TableName?.startsWith('ledger')) appended.push({ image: put.Item });
  };

  const dynamodb = async (operation: string, body: string, request: IncomingMessage) => {
    const answer = await ask(operation, body, request.headers.authorization);
    const text = await answer.text();
    if (counting) counts.add(`requests.${operation}`);
    if (counting && !answer.ok) counts.add(`refused.${operation}`);
    await meter.observe(operation, JSON.parse(body), JSON.parse(text), answer.ok);
    if (answer.ok && /^(PutItem|TransactWriteItems)$/.test(operation)) noteAppends(operation, body);
    return { status: answer.status, text };
  };

  const eventBridge = (body: string) => {
    const { Entries } = JSON.parse(body) as { Entries: PutEventsRequestEntry[] };
    counts.add('requests.PutEvents');
    for (const entry of Entries) {
      counts.add('events.count');
      counts.add('events.units', Math.ceil(entrySize(entry) / 65_536));
      counts.add('events.bytes', entrySize(entry));
      events.push(entry);
    }
    const ids = Entries.map((_, at) => ({ EventId: `e-${at}` }));
    return { status: 200, text: JSON.stringify({ FailedEntryCount: 0, Entries: ids }) };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [service, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const body = await bodyOf(request);
    const { status, text } =
      service === 'AWSEvents' ? eventBridge(body) : await dynamodb(operation, body, request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error('wire', error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    /** Counts the requests during `run`. */
    counted: async <T>(run: () => Promise<T>): Promise<T> => {
      counting = true;
      try {
        return await run();
      } finally {
        counting = false;
      }
    },
    takeEvents: (): readonly PutEventsRequestEntry[] => events.splice(0),
    takeAppended: (): readonly Appended[] => appended.splice(0),
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
export type Wire = Awaited<ReturnType<typeof createWire>>;
