import * as z from 'zod';

const list = z.array(
  z.object({
    name: z.string(),
    url: z.string(),
    /** The URL of the queue that its messages belong in; none for positions in a stream. */
    to: z.string().optional(),
  }),
);

/** The district's dead-letter queues, as its stack names them. */
export const deadLetters = () => list.parse(JSON.parse(process.env.DEAD_LETTERS ?? 'null'));
