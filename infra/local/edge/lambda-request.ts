// The part of Lambda's API that functions call. Its operations are in the method and the path.
import type { IncomingMessage } from 'node:http';
import type { Input } from './actions.ts';

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const MAPPING = /^\/2015-03-31\/event-source-mappings\/([^/]+)$/;

/** The request as an action with its input. Undefined if it is not for Lambda. */
export const lambdaRequest = (
  { method, url = '', headers }: IncomingMessage,
  body: Buffer,
): { readonly target: string; readonly input: Input } | undefined => {
  const [, invoked] = (method === 'POST' && INVOKE.exec(url)) || [];
  if (invoked)
    return {
      target: 'Lambda.Invoke',
      input: {
        FunctionName: decodeURIComponent(invoked),
        InvocationType: headers['x-amz-invocation-type'],
        Payload: body.toString(),
      },
    };
  const [, UUID] = (method === 'GET' && MAPPING.exec(url)) || [];
  return UUID
    ? { target: 'Lambda.GetEventSourceMapping', input: { UUID: decodeURIComponent(UUID) } }
    : undefined;
};
