// What tests and the season player steer the host with, under /_local/. Never part of the API.
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../compute/clock.ts';
import type { Compute } from '../compute/compute.ts';
import type { Chaos } from '../trial/chaos.ts';
import { type Handler, readBody, sendJson } from './http.ts';

export interface Controlled {
  readonly clock: Clock;
  /** Without it no fault can be switched on. */
  readonly chaos: Chaos | undefined;
  readonly compute: Pick<Compute, 'invoke' | 'runSchedule'>;
  status(): Promise<object>;
}

/** A page in a browser must not steer the host, neither directly nor by a name that points here. */
const isTrusted = ({ headers }: IncomingMessage): boolean =>
  /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '') && headers.origin === undefined;

const parseTime = (now: unknown): number | null => {
  if (now === null) return null;
  const epoch = typeof now === 'string' ? Date.parse(now) : Number.NaN;
  if (Number.isNaN(epoch)) throw new RangeError('"now" must be an RFC 3339 time or null.');
  return epoch;
};

/** Lambda's Invoke, for an SDK whose endpoint is /_local/lambda. */
const INVOKE = /^POST \/_local\/lambda\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const RUN = /^POST \/_local\/schedules\/([^/]+)\/run$/;

export const createControl =
  ({ clock, chaos, compute, status }: Controlled): Handler =>
  async (request, response) => {
    if (!isTrusted(request)) {
      return sendJson(response, 403, { message: 'Only programs on this machine may use this.' });
    }
    const said = async (): Promise<Record<string, unknown>> =>
      JSON.parse((await readBody(request, 10_000)).toString() || '{}');
    const withChaos = (): Chaos => {
      if (!chaos) throw new RangeError('The host was not started with CHAOS=1.');
      return chaos;
    };
    const clockNow = () => ({ now: new Date(clock.now()).toISOString(), offset: clock.offset() });
    const actions: Record<string, () => unknown> = {
      'GET /_local/clock': clockNow,
      'PUT /_local/clock': async () => {
        clock.set(parseTime((await said()).now));
        return clockNow();
      },
      'GET /_local/status': status,
      'GET /_local/chaos': () => withChaos().settings(),
      'PUT /_local/chaos': async () => {
        withChaos().set(await said());
        return withChaos().settings();
      },
    };
    const scheduled = RUN.exec(`${request.method} ${request.url}`)?.[1];
    if (scheduled)
      actions[`${request.method} ${request.url}`] = () =>
        compute.runSchedule(decodeURIComponent(scheduled));
    const invoked = INVOKE.exec(`${request.method} ${request.url}`)?.[1];
    if (invoked) {
      const event = await said();
      const payload = await compute
        .invoke(decodeURIComponent(invoked), event)
        .catch((error: Error) => {
          response.setHeader('x-amz-function-error', 'Unhandled');
          return { errorType: error.name, errorMessage: error.message };
        });
      return sendJson(response, 200, payload);
    }
    const action = actions[`${request.method} ${request.url}`];
    if (!action) return sendJson(response, 404, { message: 'There is no such control.' });
    try {
      sendJson(response, 200, await action());
    } catch (error) {
      sendJson(response, 400, { message: (error as Error).message });
    }
  };
