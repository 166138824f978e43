/** The time this host stamps on requests, messages and events. It can be set, and keeps ticking. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds since the epoch, or null for real time. */
  set(now: number | null): void;
  /** How far ahead of real time it is, in milliseconds. */
  offset(): number;
  /** Called whenever the clock has been set, with how far forward, in milliseconds. */
  onSet(listener: (forward: number) => void): void;
}

export const createClock = (): Clock => {
  let offset = 0;
  const listeners: ((forward: number) => void)[] = [];
  return {
    now: () => Date.now() + offset,
    set: (now) => {
      const before = offset;
      offset = now === null ? 0 : now - Date.now();
      for (const listener of listeners) listener(offset - before);
    },
    offset: () => offset,
    onSet: (listener) => void listeners.push(listener),
  };
};
