// A trial of the host: faults that can be switched on, and enforced roles. Loaded only for a host with
// chaos.
import type { Blueprint } from '../assembly/blueprint.ts';
import type { LoopbackServer } from '../edge/http.ts';
import { type Chaos, createChaos } from './chaos.ts';
import { startChaosProxy } from './chaos-proxy.ts';
import { createGuard, type Guard } from './guard.ts';

export interface Trial {
  readonly chaos: Chaos;
  readonly guard: Guard;
  /** Starts a proxy between functions and DynamoDB. `crash` ends a worker during its call. */
  startProxy(endpoint: string, crash: (workerId: string) => void): Promise<LoopbackServer>;
}

export const openTrial = (cdkOut: string, blueprint: Blueprint): Trial => {
  const chaos = createChaos();
  const guard = createGuard(cdkOut, blueprint);
  return {
    chaos,
    guard,
    startProxy: (endpoint, crash) => startChaosProxy(endpoint, chaos, guard, crash),
  };
};
