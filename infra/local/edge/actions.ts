// The endpoint for the SDK's clients of EventBridge, SQS and KMS, which are JSON services, and of Lambda.
import type { Guard } from '../trial/guard.ts';
import { forPrograms, type LoopbackServer, listen, readBody, sendJson } from './http.ts';
import { lambdaRequest } from './lambda-request.ts';

export type Input = Readonly<Record<string, unknown>>;

/**
 * The served actions, by the name in X-Amz-Target. Where the real service refuses a request, an action
 * throws a RangeError, or an error with the name of the service's exception.
 */
export type Actions = Readonly<Record<string, (input: Input) => object>>;

const BODY_LIMIT = 4 * 1024 * 1024;

const jsonRequest = (target: unknown, body: Buffer) => ({
  target: String(target),
  input: JSON.parse(body.toString() || '{}') as Input,
});

/**
 * Serves these actions and refuses all others, so that no call of a function leaves this machine. Also
 * refuses what the guard, if given, denies.
 */
export const serveActions = (actions: Actions, guard?: Guard): Promise<LoopbackServer> =>
  listen(
    0,
    forPrograms(async (request, response) => {
      const body = await readBody(request, BODY_LIMIT);
      const { target, input } =
        lambdaRequest(request, body) ?? jsonRequest(request.headers['x-amz-target'], body);
      const action = Object.hasOwn(actions, target) && actions[target];
      if (!action) {
        const message = `The local host does not serve ${target}.`;
        return sendJson(response, 400, { __type: 'UnknownOperationException', message });
      }
      const denial = guard?.check(request.headers.authorization, target, input);
      if (denial) return sendJson(response, 400, denial);
      try {
        sendJson(response, 200, action(input));
      } catch (error) {
        const { name, message } = error as Error;
        const __type = name.endsWith('Exception') ? name : 'ValidationException';
        response.setHeader('x-amzn-errortype', __type);
        sendJson(response, 400, { __type, message });
      }
    }),
  );
