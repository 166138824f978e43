import { type ClientRequest, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { DeliveryProblem } from '../../events/webhooks.ts';
import { AddressRefused, lookupAllowed, type Reach, urlFault } from './addresses.ts';

/** What became of one attempt. */
export interface Attempt {
  /** Null: the receiver has it. */
  readonly problem: DeliveryProblem | null;
  /** The status of the answer; null when there was none. */
  readonly status: number | null;
  readonly latencyMs: number;
  /** The first bytes of the answer's body, as text. */
  readonly answer: string;
  /** Seconds of `Retry-After`; null when there is none. */
  readonly retryAfter: number | null;
}

/** Time for an attempt, from the look-up of the name to the head of the answer. */
const timeoutMs = 15_000;
/** The part of an answer's body that is read and kept, and how long it is waited for after the head. */
const keptBytes = 200;
const bodyMs = 1_000;

/** A status, with its line and the first bytes of the body. */
interface Answered {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** What can be shown of any bytes: no control characters, and no half character at the end. */
const shown = (bytes: Buffer): string =>
  bytes
    .subarray(0, keptBytes)
    .toString('utf8')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\ufffd]+/gu, ' ')
    .trim();

/**
 * Sends, and resolves with the head and the first bytes of the body. The rest is not read: a body that
 * is endless, hangs or fails changes nothing.
 */
const exchange = (
  url: URL,
  { signal, ...options }: RequestOptions & { readonly signal: AbortSignal },
  body: string,
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    let isAnswered = false;
    const sent: ClientRequest = send(url, { ...options, signal }, (response) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = (): void => {
        clearTimeout(late);
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          body: shown(Buffer.concat(chunks)),
        });
        response.destroy();
      };
      const late = setTimeout(finish, bodyMs);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= keptBytes) finish();
      });
      response.on('end', finish);
      response.on('error', finish);
      response.on('close', finish);
    });
    sent.on('error', reject);
    // 101 gives no response: the connection would stay open for another protocol.
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 101, retryAfter: undefined, body: '' });
    });
    // Whatever else ends a request settles it: a promise that nothing settles would hang the function.
    sent.on('close', () => {
      if (!isAnswered) reject(new Error('closed without an answer'));
    });
    signal.addEventListener('abort', () => {
      if (isAnswered) return;
      sent.destroy();
      reject(signal.reason);
    });
    sent.end(body);
  });

const certificateCodes =
  /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_SSL_|HOSTNAME_MISMATCH|EPROTO$)/;

const problemOf = (error: unknown): DeliveryProblem => {
  if (error instanceof AddressRefused) return 'address-refused';
  const { name, code = '' } = error as { name?: string; code?: string };
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ABORT_ERR') return 'timeout';
  return certificateCodes.test(code) ? 'certificate' : 'unreachable';
};

/** Seconds, or an HTTP date (RFC 9110 §10.2.3). */
const secondsOf = (header: string | undefined, now: number): number | null => {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  if (!/^[A-Z][a-z]{2,8}, /.test(header)) return null;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
};

/**
 * Posts a body to a receiver, once. Redirects are not followed. The address is checked when the
 * connection is made, and the connection is to the checked address.
 */
export const post = async (
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  reach: Reach,
): Promise<Attempt> => {
  const began = performance.now();
  const attempt = (rest: Pick<Attempt, 'problem'> & Partial<Attempt>): Attempt => ({
    ...{ status: null, answer: '', retryAfter: null },
    ...rest,
    latencyMs: Math.round(performance.now() - began),
  });
  if (urlFault(address, reach)) return attempt({ problem: 'address-refused' });
  try {
    const {
      status,
      retryAfter,
      body: answer,
    } = await exchange(
      new URL(address),
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
        lookup: lookupAllowed(reach),
        signal: AbortSignal.timeout(timeoutMs),
      },
      body,
    );
    const isTaken = status >= 200 && status <= 299;
    return attempt({
      problem: isTaken ? null : status === 410 ? 'gone' : 'status',
      ...{ status, answer },
      retryAfter: secondsOf(retryAfter, Date.now()),
    });
  } catch (error) {
    return attempt({ problem: problemOf(error) });
  }
};
