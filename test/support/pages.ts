import { request } from 'node:http';

/** Headers of requests: of a program, and of pages of other sites in a browser. */
const senders = {
  program: {},
  localhost: { host: 'localhost:1' },
  'a page of another site': { origin: 'http://evil.example' },
  'a page without an origin': { origin: 'null' },
  'a page at a name for this machine': { host: 'evil.example' },
  'a page at a name for this machine, with its port': { host: 'evil.example:8000' },
  'a page at a name that begins like this machine': { host: '127.0.0.1.evil.example' },
} as const;

/** The status that each sender of a request to a JSON service of AWS gets. */
export const statusesFor = async (
  endpoint: string,
  target: string,
): Promise<Readonly<Record<string, number | undefined>>> => {
  const ask = (headers: Readonly<Record<string, string>>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(endpoint, {
        method: 'POST',
        headers: {
          'x-amz-target': target,
          'content-type': 'application/x-amz-json-1.0',
          authorization: 'AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/x/aws4_request',
          ...headers,
        },
      });
      sent.once('error', reject).once('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.end('{}');
    });
  const statuses = await Promise.all(
    Object.entries(senders).map(async ([name, headers]) => [name, await ask(headers)] as const),
  );
  return Object.fromEntries(statuses);
};

/** What `statusesFor` has to be: programs are answered, pages are not. */
export const onlyPrograms = Object.fromEntries(
  Object.keys(senders).map((name) => [name, name.startsWith('a page') ? 403 : 200]),
);
