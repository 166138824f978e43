import type { SQSEvent } from 'aws-lambda';
import { type Outcome, type Starter, stepMs } from './machine.ts';
import type { Entry } from './services.ts';
import { batchSize, type Context, failuresOf, type Handler } from './stream.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly poison: boolean;
  /** Describes the message in the trace. */
  readonly label: () => string;
  receives: number;
}

const poisons = [
  '{"detail":',
  '{}',
  '{"detail":{"type":"HoursForgotten"}}',
  '{"detail":{"id":"0198c0de-0000-7000-8000-000000000001","type":"HoursLogged","schemaVersion":99}}',
];
const stepsOf = (seconds: number): number => (seconds * 1000) / stepMs;
const daySteps = stepsOf(24 * 3600);
const labelsOf = (messages: readonly Message[]): string =>
  messages.map(({ label }) => label()).join(', ');

/**
 * The settings of a queue as in the template, or of the queue in which Lambda keeps the events of a
 * function that is invoked asynchronously.
 */
export interface QueueSettings {
  /** The name of its functions in a trace, where a number follows. */
  readonly name: string;
  /** The most messages that a function gets at once; a random number by default. */
  readonly batch?: number;
  /** Seconds after which an undeleted message comes again. */
  readonly again: readonly number[];
  readonly maxReceives: number;
}

interface QueueContext extends Context {
  /** Called with the messages that a function has acknowledged. */
  readonly taken?: (bodies: readonly string[]) => void;
}

/** A rule's queue with its dead-letter queue and its functions. */
export const createQueue = (
  { machine, faults, random, note, taken }: QueueContext,
  { name, batch: most, again, maxReceives }: QueueSettings,
  handler: Handler<SQSEvent>,
  workers: number,
) => {
  const busy = new Set<string>();
  const names = Array.from({ length: workers }, (_, at) => `${name} ${at + 1}`);
  /** Seconds of lag in this run. Each message is late by a random part of them. */
  const lag = faults.strikes('lagging') ? random.pick([20, 200, 900]) : 0;
  let visible: Message[] = [];
  let dead: Message[] = [];
  let deliveries = 0;
  let sent = 0;
  let partial = 0;
  let poisoned = 0;

  /** Some seconds, or days, when all else is at rest. */
  const lateSteps = (): number =>
    random.pick([random.between(200, 1500), daySteps * random.between(1, 9)]);

  /**
   * The steps until an undeleted message comes again. Mostly a short time, so that it comes while other work
   * still goes on; otherwise the time of the settings.
   */
  const againSteps = (): number => {
    const soon = random.between(5, 60);
    return faults.strikes('lateAgain') ? stepsOf(random.pick(again)) : soon;
  };

  const show = (message: Message, steps: number): void =>
    machine.later(steps, () => {
      visible.push(message);
    });
  const put = (body: string, label: () => string, poison: boolean, steps: number): void => {
    sent += 1;
    if (poison) poisoned += 1;
    const late = lag === 0 ? 0 : random.below(stepsOf(lag));
    show({ id: `m-${sent}`, body, label, poison, receives: 0 }, late + steps);
  };

  const receive = (): readonly Message[] => {
    if (faults.strikes('reorder'))
      visible = visible
        .map((message) => ({ message, order: random.next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ message }) => message);
    const batch = visible.splice(0, most ?? batchSize(random));
    for (const message of batch) message.receives += 1;
    dead.push(...batch.filter(({ receives }) => receives > maxReceives));
    return batch.filter(({ receives }) => receives <= maxReceives);
  };

  const idle = () => names.filter((worker) => !busy.has(worker));
  const start = (which: number): void => {
    const worker = idle()[which] ?? '';
    const batch = receive();
    if (batch.length === 0) return;
    const labels = () => labelsOf(batch);
    if (faults.strikes('dropThenRedeliver')) {
      note(() => `the queue of the ${name} loses sight of ${labels()}`);
      const steps = againSteps();
      for (const message of batch) show(message, steps);
      return;
    }
    busy.add(worker);
    deliveries += batch.length;
    note(() => `${worker}: takes ${labels()}`);
    const Records = batch.map(({ id, body }) => ({ messageId: id, body }));
    const ended = (outcome: Outcome) => {
      busy.delete(worker);
      const failures = failuresOf(outcome);
      const lost = failures !== 'all' && faults.strikes('deleteLost');
      if (failures !== 'all')
        taken?.(
          batch.filter(({ id, poison }) => !poison && !failures.has(id)).map(({ body }) => body),
        );
      if (failures !== 'all' && failures.size > 0 && failures.size < batch.length) partial += 1;
      const back = batch.filter(({ id }) => lost || failures === 'all' || failures.has(id));
      note(
        () =>
          `${worker}: ${lost ? 'done, but the queue does not hear it: ' : ''}${
            back.length > 0 ? `${labelsOf(back)} will come again` : 'done'
          }`,
      );
      if (back.length === 0) return;
      const steps = againSteps();
      for (const message of back) show(message, steps);
    };
    machine.invoke(worker, () => handler({ Records } as unknown as SQSEvent), ended);
  };

  return {
    /** Accepts an event from the bus. The rule puts it into the queue at least once. */
    accept: ({ Detail }: Entry): void => {
      const label = (more = '') => {
        const { type, aggregate } = JSON.parse(Detail);
        return `${type} ${aggregate.id.slice(0, 4)} v${aggregate.version}${more}`;
      };
      const body = `{"detail":${Detail}}`;
      put(body, label, false, faults.strikes('delay') ? random.between(10, 150) : 0);
      if (faults.strikes('duplicate')) put(body, () => label(' (twice)'), false, random.below(8));
      if (faults.strikes('lateDuplicate'))
        put(body, () => label(' (again, late)'), false, lateSteps());
      if (faults.strikes('poison'))
        put(random.pick(poisons), () => 'poison', true, random.below(8));
    },
    starter: {
      ready: () => (visible.length === 0 ? 0 : idle().length),
      start,
    } satisfies Starter,
    /** Puts the messages of the dead-letter queue back, except poison. Returns their number. */
    redrive: (): number => {
      const good = dead.filter(({ poison }) => !poison);
      dead = dead.filter(({ poison }) => poison);
      for (const message of good) {
        message.receives = 0;
        show(message, 0);
      }
      return good.length;
    },
    counts: () => ({ name, deliveries, sent, partial, poisoned, dead: dead.length }),
  };
};
