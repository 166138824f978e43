import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { logger } from './telemetry.ts';

/**
 * The chain of every function, whoever calls it: the gateway, a queue, the Ledger's stream, a schedule, an
 * operator. Each line of the log names the function and its invocation. A function that has no time left
 * fails 5 ms before the platform ends it, so that the failure is logged and answered.
 */
export const chain = <Event, Result>() =>
  middy<Event, Result>().use(injectLambdaContext(logger, { resetKeys: true }));
