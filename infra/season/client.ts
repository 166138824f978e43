import { setTimeout as sleep } from 'node:timers/promises';

/** An ordinary client of the API: a base URL, a token, and an idempotency key for each command. */
export interface Client {
  post<T>(path: string, token: string, key: string, body?: object): Promise<T>;
  put<T>(path: string, token: string, body: object): Promise<T>;
  get<T>(path: string, token?: string): Promise<T>;
}

const attempts = 6;

/**
 * Retries failures of the server with the same key, as every client of the API may.
 * @throws Error with the problem's type and detail for any other answer but 2xx
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
      if (response.status < 500 || attempt === attempts)
        throw new Error(`${method} ${path}: ${response.status} ${text}`);
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
