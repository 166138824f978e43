import * as z from 'zod';

const schema = z.object({
  /** The URL of one of the queues. All are in one account and region, so only the last part differs. */
  url: z.string(),
  queues: z.array(
    z.object({
      name: z.string(),
      queue: z.string(),
      /** The queue to which its messages belong; none for positions in a stream. */
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
 * The district's dead-letter queues, as given by the stack. It gives names, because all URLs
 * together would soon exceed the 4 KB of a function's environment.
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
