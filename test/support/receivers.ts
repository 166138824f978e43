import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a receiver got, as its body and headers came. */
export interface Got {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How often this message had come before. */
  readonly before: number;
}

/** What a receiver does with a request. It answers 204 by itself unless this has begun an answer. */
export type Script = (got: Got, response: ServerResponse, request: IncomingMessage) => void;

export interface Receiver {
  readonly url: string;
  readonly got: readonly Got[];
  /** The most requests that were open at once. */
  readonly most: () => number;
  readonly close: () => void;
}

/** Starts a receiver of webhooks on this machine. */
export const startReceiver = async (script: Script = () => undefined): Promise<Receiver> => {
  const got: Got[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const before = got.filter((each) => each.headers['webhook-id'] === headers['webhook-id']);
      const one = {
        headers,
        body: Buffer.concat(chunks).toString('utf8'),
        before: before.length,
      };
      got.push(one);
      script(one, response, request);
      if (!response.headersSent && !response.destroyed && !response.writableEnded)
        response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    most: () => most,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
