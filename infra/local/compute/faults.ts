/** The faults that a trial can cause in the host. Without a trial there are none. */
export interface Faults {
  /** Whether a delivered message is delivered once more. */
  duplicates(): boolean;
  /** After how many milliseconds a duplicate is delivered. */
  laterMs(): number;
  /** Whether the bus refuses an entry. */
  failsEntry(): boolean;
  /** By how many milliseconds a message becomes visible late. */
  delayMs(queue: string): number;
  /** Whether queues hand out their messages in random order. */
  shuffles(): boolean;
  shuffle<T>(list: readonly T[]): T[];
}

export const noFaults: Faults = {
  duplicates: () => false,
  laterMs: () => 0,
  failsEntry: () => false,
  delayMs: () => 0,
  shuffles: () => false,
  shuffle: (list) => [...list],
};
