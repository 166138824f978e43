import type { Notice } from './notice.ts';

/**
 * A way of delivering a notice. It may get the same notice twice, with the same `notice.id`. When
 * one adapter throws, all adapters get the notice again.
 */
export type Deliver = (notice: Notice) => Promise<void>;
