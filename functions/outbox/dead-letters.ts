import * as z from 'zod';

const schema = z.object({
  /** The URL of one of the queues: all are of one account and region, and differ in the last part. */
  url: z.string(),
  queues: z.array(
    z.object({
      name: z.string(),
      queue: z.string(),
      /** The queue that its messages belong in; none for positions in a stream. */
      to: z.string().optional(),
    }),
  ),
});

export interface DeadLetters {
  readonly name: string;
  readonly url: string;
  readonly to?: string;
}

/**
 * The district's dead-letter queues, as its stack names them: by queue names, for the URLs of them
 * all would soon be more than the 4 KB that a function's environment takes.
 */
export const deadLetters = (): readonly DeadLetters[] => {
  const { url, queues } = schema.parse(JSON.parse(process.env.DEAD_LETTERS ?? 'null'));
  const urlOf = (queue: string): string => `${url.slice(0, url.lastIndexOf('/') + 1)}${queue}`;
  return queues.map(({ name, queue, to }) => ({
    name,
    url: urlOf(queue),
    ...(to === undefined ? {} : { to: urlOf(to) }),
  }));
};
