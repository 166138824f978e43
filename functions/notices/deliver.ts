import type { Notice } from './notice.ts';

/**
 * A way a notice takes to its person. It has to bear the same notice again: that is the same
 * `notice.id`. An adapter that throws gets it again, and the others with it.
 */
export type Deliver = (notice: Notice) => Promise<void>;
