import { join } from 'node:path';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Clock } from '../compute/clock.ts';
import type { Faults } from '../compute/faults.ts';
import { type BusEvent, createBus, createBusActions } from './bus.ts';
import { createQueueActions } from './queue-actions.ts';
import { asynchronousQueue, openQueues } from './queues.ts';

/** The number of recent events kept for the console. */
const KEPT = 200;

/** Opens the bus and the queues, which are kept in a file of the data folder. */
export const openMessaging = (
  blueprint: Blueprint,
  dataDir: string,
  clock: Clock,
  faults: Faults,
) => {
  const asynchronous = blueprint.asynchronous.map(({ queue }) => asynchronousQueue(queue));
  const specs = [...blueprint.queues, ...asynchronous];
  const queues = openQueues(join(dataDir, 'queues.sqlite'), specs, clock, faults);
  const recent: BusEvent[] = [];
  const remember = (event: BusEvent): void => {
    recent.unshift(event);
    recent.splice(KEPT);
  };
  return {
    queues,
    /** The latest events on the bus, newest first, with the queues that received them. */
    recent: (): readonly BusEvent[] => recent,
    actions: {
      ...createBusActions(createBus(blueprint, queues, clock, faults, remember)),
      ...createQueueActions(queues),
    },
    close: () => queues.close(),
  };
};

export type Messaging = ReturnType<typeof openMessaging>;
