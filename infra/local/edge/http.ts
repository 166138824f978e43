// Helpers for loopback servers.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** More than API Gateway accepts, so that the gateway and not Node refuses a head that is too large. */
const MAX_HEAD = 64 * 1024;

export interface LoopbackServer {
  readonly port: number;
  /** Accepts no new requests and waits for running ones, `graceMs` at most. */
  stop(graceMs?: number): Promise<void>;
}

/** Listens on 127.0.0.1 only. A failing handler ends only its own request. */
export const listen = async (port: number, handler: Handler): Promise<LoopbackServer> => {
  const server: Server = createServer({ maxHeaderSize: MAX_HEAD }, (request, response) => {
    response.on('error', () => response.destroy());
    handler(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = {
        EADDRINUSE: 'is taken by another program',
        EACCES: 'is for privileged programs only',
      }[cause.code ?? ''];
      const message = `Port ${port} ${reason}: choose another with PORT=… npm start.`;
      reject(reason ? new Error(message, { cause }) : cause);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: (graceMs = 5000) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
};

export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** The whole body. Rejects with BodyTooLargeError as soon as it is above `limit` bytes. */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > limit) throw new BodyTooLargeError(`The body is above ${limit} bytes.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};

/**
 * A page of another site must not use what is for programs on this machine. A direct request has that
 * site's Origin; a request through a name that resolves to this machine has that name as Host. Programs
 * send no Origin.
 */
const isFromHere = ({ headers }: IncomingMessage): boolean => {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'] ?? 'none';
  return (
    /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) &&
    (origin === undefined || origin === `http://${host}`) &&
    (site === 'none' || site === 'same-origin')
  );
};

/** The handler, for programs on this machine and the host's own pages; others are answered 403. */
export const forPrograms =
  (handler: Handler): Handler =>
  async (request, response) =>
    isFromHere(request)
      ? handler(request, response)
      : sendJson(response, 403, { message: 'Only programs on this machine may use this.' });

export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
};
