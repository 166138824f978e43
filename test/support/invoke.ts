import type { Context } from 'aws-lambda';

/** Invokes a function as a queue, a stream or a schedule does, with a context without a time limit. */
export const invoke = <Event, Result>(
  handler: (event: Event, context: Context) => Promise<Result>,
  event: Event,
): Promise<Result> => handler(event, {} as Context);
