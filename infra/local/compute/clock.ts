/** The time that this host stamps on requests, messages and events. After it is set it goes on ticking. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds since the epoch, or null for real time. */
  set(now: number | null): void;
  /** Takes an RFC 3339 time, or null for real time; throws a RangeError for anything else. */
  setTo(time: unknown): void;
  /** How far ahead of real time it is, in milliseconds. */
  offset(): number;
  /** The listener is called after each setting, with the milliseconds that the clock moved forward. */
  onSet(listener: (forward: number) => void): void;
}

export const createClock = (): Clock => {
  let offset = 0;
  const listeners: ((forward: number) => void)[] = [];
  const set: Clock['set'] = (now) => {
    const before = offset;
    offset = now === null ? 0 : now - Date.now();
    for (const listener of listeners) listener(offset - before);
  };
  return {
    now: () => Date.now() + offset,
    set,
    setTo: (time) => {
      const now = typeof time === 'string' ? Date.parse(time) : Number.NaN;
      if (time !== null && Number.isNaN(now))
        throw new RangeError('"now" must be an RFC 3339 time or null.');
      set(time === null ? null : now);
    },
    offset: () => offset,
    onSet: (listener) => void listeners.push(listener),
  };
};
