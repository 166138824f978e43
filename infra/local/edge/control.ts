// The controls under /_local/, for tests and the season player. They are not part of the API.
import type { createConsole, Inside } from '../console/console.ts';
import type { Chaos } from '../trial/chaos.ts';
import { forPrograms, type Handler, readBody, sendJson } from './http.ts';

export interface Controlled extends Inside {
  status(): Promise<object>;
}

/** Lambda's Invoke, for an SDK client with the endpoint /_local/lambda. */
const INVOKE = /^POST \/_local\/lambda\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const RUN = /^POST \/_local\/schedules\/([^/]+)\/run$/;

export const createControl = (controlled: Controlled): Handler => {
  const { clock, chaos, compute, status } = controlled;
  let loaded: Promise<ReturnType<typeof createConsole>> | undefined;
  const page = () => {
    loaded ??= import('../console/console.ts').then(({ createConsole }) =>
      createConsole(controlled),
    );
    return loaded;
  };
  return forPrograms(async (request, response) => {
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
        clock.setTo((await said()).now);
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
    if (invoked)
      actions[`${request.method} ${request.url}`] = async () => {
        const event = await said();
        return compute.invoke(decodeURIComponent(invoked), event).catch((error: Error) => {
          response.setHeader('x-amz-function-error', 'Unhandled');
          return { errorType: error.name, errorMessage: error.message };
        });
      };
    const action = actions[`${request.method} ${request.url}`];
    if (!action) {
      const answered = (await page())(request, response);
      if (await answered) return;
      return sendJson(response, 404, { message: 'There is no such control.' });
    }
    try {
      sendJson(response, 200, await action());
    } catch (error) {
      sendJson(response, 400, { message: (error as Error).message });
    }
  });
};
