// Deliveries a minute through the local host, without and with a receiver that answers too late.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withHosts } from '../host.ts';
import { table } from '../table.ts';

export const options = {
  /** Events of a round, each delivered to every receiver. */
  events: '120',
  /** Receivers that answer at once. */
  receivers: '10',
};

/** The time after which the sender gives an attempt up. */
const tooLateMs = 20_000;

interface Receiver {
  readonly url: string;
  /** When each request of the present round came. */
  arrivals: number[];
  readonly close: () => void;
}

const startReceiver = async (answerAfterMs: number): Promise<Receiver> => {
  const server = createServer((request, response) => {
    receiver.arrivals.push(performance.now());
    request.resume();
    setTimeout(() => response.writeHead(204).end(), answerAfterMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    arrivals: [],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
};

export const run = (given: Readonly<Record<string, string>>): Promise<unknown> =>
  withHosts(async (start) => {
    const [events, receivers] = [Number(given.events), Number(given.receivers)];
    const { host } = await start();
    const token = await host.mintToken({ sub: 'admin-1', role: 'district-admin' });
    let commands = 0;
    const call = async (method: string, path: string, body: object): Promise<void> => {
      commands += 1;
      const answer = await fetch(`${host.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': `bench-${commands}`,
        },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    };
    const subscribe = async (answerAfterMs: number): Promise<Receiver> => {
      const receiver = await startReceiver(answerAfterMs);
      const types = ['AreaDefined'];
      await call('POST', '/webhooks', { url: receiver.url, description: '接收方', types });
      return receiver;
    };
    const define = (id: string): Promise<void> =>
      call('PUT', `/areas/${id}`, { kind: 'district', name: `示范区${commands}` });

    await define('bench');
    const good = await Promise.all(Array.from({ length: receivers }, () => subscribe(0)));
    /** Deliveries a minute to the good receivers, from the first to the last of a round. */
    const round = async (): Promise<number> => {
      // Every container has the list of webhooks by then.
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      for (const receiver of good) receiver.arrivals = [];
      for (let at = 0; at < events; at += 1) await define('bench');
      const wanted = events * receivers;
      const count = (): number => good.reduce((sum, each) => sum + each.arrivals.length, 0);
      for (let looks = 0; looks < 6_000 && count() < wanted; looks += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      const all = good.flatMap(({ arrivals }) => arrivals).sort((one, other) => one - other);
      if (all.length < wanted) throw new Error(`${all.length} of ${wanted} arrived`);
      const took = (all.at(-1) ?? 0) - (all[0] ?? 0);
      return (all.length * 60_000) / took;
    };

    await round();
    const alone = await round();
    const slow = await subscribe(tooLateMs);
    const beside = await round();
    for (const receiver of [...good, slow]) receiver.close();
    const lost = (1 - beside / alone) * 100;
    console.log(
      table(
        [`${events} events to ${receivers} receivers`, 'deliveries a minute'],
        [
          ['all answer at once', alone.toFixed(0)],
          ['beside one that answers too late', beside.toFixed(0)],
        ],
      ),
    );
    console.log(`\ngoal 1,000 a minute: ${alone >= 1_000 ? 'met' : 'missed'}`);
    console.log(
      `goal at most 10 % less beside a slow one: ${lost.toFixed(1)} %, ${lost <= 10 ? 'met' : 'missed'}`,
    );
    return { alone, beside, lost };
  });
