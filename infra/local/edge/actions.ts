// The endpoint that the SDK's clients of AWS's JSON services reach: EventBridge, SQS and KMS.
import type { Guard } from '../trial/guard.ts';
import { type LoopbackServer, listen, readBody, sendJson } from './http.ts';

export type Input = Readonly<Record<string, unknown>>;

/**
 * What is served, by the name in X-Amz-Target. For what the real one refuses, an action throws a
 * RangeError, or an error that has the name of the service's exception.
 */
export type Actions = Readonly<Record<string, (input: Input) => object>>;

const BODY_LIMIT = 4 * 1024 * 1024;

/**
 * Any action that is not among these is refused, so that no call of a function leaves this machine;
 * and so is what the guard, if there is one, denies.
 */
export const serveActions = (actions: Actions, guard?: Guard): Promise<LoopbackServer> =>
  listen(0, async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? request.url);
    const body = await readBody(request, BODY_LIMIT);
    const action = Object.hasOwn(actions, target) && actions[target];
    if (!action) {
      const message = `The local host does not serve ${target}.`;
      return sendJson(response, 400, { __type: 'UnknownOperationException', message });
    }
    const denial = guard?.check(request.headers.authorization, target, body);
    if (denial) return sendJson(response, 400, denial);
    try {
      sendJson(response, 200, action(JSON.parse(body.toString())));
    } catch (error) {
      const { name, message } = error as Error;
      const __type = name.endsWith('Exception') ? name : 'ValidationException';
      sendJson(response, 400, { __type, message });
    }
  });
