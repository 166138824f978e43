import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { logger } from './telemetry.ts';

/**
 * The middleware chain of every function, for calls by the gateway, a queue, the Ledger's stream, a
 * schedule or an operator. Each log line names the function and its invocation. A function that
 * runs out of time fails 5 ms before the platform ends it, so that the failure is logged and
 * answered.
 */
export const chain = <Event, Result>() =>
  middy<Event, Result>().use(injectLambdaContext(logger, { resetKeys: true }));
