/** Where a trial may disturb the host. Without one nothing happens. */
export interface Faults {
  /** Whether what was delivered is delivered once more. */
  duplicates(): boolean;
  /** When a duplicate comes back, in milliseconds. */
  laterMs(): number;
  /** Whether the bus refuses an entry. */
  failsEntry(): boolean;
  /** How late a message becomes visible, in milliseconds. */
  delayMs(queue: string): number;
  /** Whether a queue hands its messages out in any order. */
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
