import { setTimeout as sleep } from 'node:timers/promises';

/** An ordinary client of the API: a base URL, a token, and an idempotency key for each command. */
export interface Client {
  post<T>(path: string, token: string, key: string, body?: object): Promise<T>;
  put<T>(path: string, token: string, body: object): Promise<T>;
  get<T>(path: string, token?: string): Promise<T>;
}

const attempts = 6;

/** A problem of the API, or an answer of the gateway itself. */
interface Refusal {
  readonly detail?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail: string }[];
}

const refusalIn = (text: string): Refusal => {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
};

/** An answer other than 2xx. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;
  /** What the answer says in words, with the fields that it names. */
  readonly reason: string;

  constructor(request: string, status: number, text: string) {
    super(`${request}: ${status} ${text}`);
    this.status = status;
    const { detail, message, errors = [] } = refusalIn(text);
    const fields = errors.map((each) => [each.pointer, each.detail].filter(Boolean).join(': '));
    this.reason = [detail ?? message ?? text, ...fields].join(' ');
  }
}

/**
 * Retries failures of the server, and requests that were throttled, with the same key, as every client of
 * the API may.
 * @throws RequestRefused for any other answer but 2xx
 */
export const createClient = (baseUrl: string): Client => {
  const call = async <T>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: { 'accept-language': 'en', ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text) as T;
      const { status } = response;
      if ((status < 500 && status !== 429) || attempt === attempts)
        throw new RequestRefused(`${method} ${path}`, status, text);
      await sleep(attempt * 50);
    }
  };
  const json = { 'content-type': 'application/json' };
  const as = (token: string | undefined): Record<string, string> =>
    token ? { authorization: `Bearer ${token}` } : {};
  return {
    post: (path, token, key, body = {}) =>
      call('POST', path, { ...as(token), ...json, 'idempotency-key': key }, body),
    put: (path, token, body) => call('PUT', path, { ...as(token), ...json }, body),
    get: (path, token) => call('GET', path, as(token)),
  };
};

/** Runs tasks in the order of the list, `width` at a time. The first failure ends the run. */
export const inParallel = async (
  tasks: readonly (() => Promise<unknown>)[],
  width: number,
): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let task = tasks[next++]; task; task = tasks[next++]) await task();
  };
  await Promise.all(Array.from({ length: width }, worker));
};
