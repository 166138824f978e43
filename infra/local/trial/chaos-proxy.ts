// A proxy between functions and DynamoDB, for a host with chaos. It refuses requests that a function's
// role does not allow, refuses some as a throttled table would, and ends the calling worker just before
// or just after some writes.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { forPrograms, type LoopbackServer, listen, readBody, sendJson } from '../edge/http.ts';
import type { Chaos } from './chaos.ts';
import type { Guard } from './guard.ts';

const WRITES = /\.(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems)$/;
const DATA = /\.(GetItem|Query|Scan|BatchGetItem|TransactGetItems)$/;
const LIMIT = 32 * 1024 * 1024;

/** Each worker calls `http://127.0.0.1:<port>/<workerId>`, which tells the proxy which worker to end. */
export const startChaosProxy = (
  endpoint: string,
  chaos: Chaos,
  guard: Guard,
  crash: (workerId: string) => void,
): Promise<LoopbackServer> =>
  listen(
    0,
    forPrograms(async (request, response) => {
      const workerId = request.url?.split('/')[1] ?? '';
      const target = String(request.headers['x-amz-target']);
      const body = await readBody(request, LIMIT);
      const denial = guard.check(
        request.headers.authorization,
        target,
        JSON.parse(body.toString()),
      );
      if (denial) return sendJson(response, 400, denial);
      const writes = WRITES.test(target);
      if (writes && chaos.crashesBeforeWrite()) return crash(workerId);
      if ((writes || DATA.test(target)) && chaos.throttles()) {
        return throttle(target, body, response);
      }
      const answer = await fetch(endpoint, { method: 'POST', headers: headersOf(request), body });
      const answered = Buffer.from(await answer.arrayBuffer());
      if (writes && answer.ok && chaos.crashesAfterWrite()) return crash(workerId);
      const type = answer.headers.get('content-type') ?? 'application/x-amz-json-1.0';
      response.writeHead(answer.status, { 'content-type': type });
      response.end(answered);
    }),
  );

const headersOf = ({ headers }: IncomingMessage): Record<string, string> => ({
  ...Object.fromEntries(
    ['x-amz-target', 'content-type', 'x-amz-date'].map((name) => [
      name,
      String(headers[name] ?? ''),
    ]),
  ),
  // A function's access key is its name, and DynamoDB Local separates tables by access key.
  authorization: String(headers.authorization).replace(/Credential=[^/]+/, 'Credential=local'),
});

const throttle = (target: string, body: Buffer, response: ServerResponse): void => {
  const items = (JSON.parse(body.toString()) as { TransactItems?: unknown[] }).TransactItems;
  // A cancelled transaction has a reason for each item. Here the first item has the conflict.
  const reasons = items?.map((_, index) =>
    index === 0
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  const error = reasons
    ? {
        __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
        Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
        CancellationReasons: reasons,
      }
    : {
        __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
        message: `The level of configured provisioned throughput for the table was exceeded (${target}).`,
      };
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(error));
};
