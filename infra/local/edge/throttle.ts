// API Gateway's throttling: a token bucket for each route, filled by the host's clock.
import type { RouteSpec } from '../assembly/blueprint.ts';

/** Whether a route accepts another request now. */
export type Throttle = (route: Pick<RouteSpec, 'key' | 'throttling'>) => boolean;

/**
 * A route's bucket holds `burst` requests and fills at `rate` a second.
 * @param now milliseconds since the epoch
 */
export const createThrottle = (now: () => number): Throttle => {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  return ({ key, throttling }) => {
    if (!throttling) return true;
    const at = now();
    const before = buckets.get(key) ?? { left: throttling.burst, at };
    // A clock that is set back fills nothing.
    const filled = (Math.max(at - before.at, 0) / 1000) * throttling.rate;
    const left = Math.min(before.left + filled, throttling.burst);
    const takes = left >= 1;
    buckets.set(key, { left: takes ? left - 1 : left, at });
    return takes;
  };
};
