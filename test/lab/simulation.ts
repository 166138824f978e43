import './environment.ts';
import { createHash } from 'node:crypto';
import type {
  DynamoDBBatchResponse,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { catalogue } from '../../events/catalogue.ts';
import { handler as project } from '../../functions/dashboards/projector.ts';
import { handler as relay } from '../../functions/outbox/relay.ts';
import { areas, type LabCommand, organisations, randomCommands, run, years } from './commands.ts';
import { createQueue, createStream } from './delivery.ts';
import { createFaults, type FaultPlan, randomFaults } from './faults.ts';
import { brokenLaws } from './laws.ts';
import { createMachine, install, inTurn, type Outcome, type Send } from './machine.ts';
import { createStore, type Store, schemasOf } from './memory-store.ts';
import { createRandom } from './random.ts';
import { createServices } from './services.ts';

/** All that decides a run. */
export interface Plan {
  readonly seed: number;
  readonly commands: readonly LabCommand[];
  readonly faults: FaultPlan;
}

export const planOf = (seed: number): Plan => ({
  seed,
  commands: randomCommands(seed),
  faults: randomFaults(seed),
});

/** What a mutant puts between the functions and what they use. Nothing, for the system as it is. */
export interface Mutation {
  readonly store?: (next: Send, store: Store) => Send;
  readonly bus?: (next: Send) => Send;
  readonly project?: (
    event: SQSEvent,
    next: typeof project,
    send: Send,
  ) => Promise<SQSBatchResponse>;
}

export interface Result {
  readonly violations: readonly string[];
  readonly trace: readonly string[];
  /** The same for the same plan, and hardly ever for another. */
  readonly hash: string;
  /** Each fault that struck, as `duplicate#3`. */
  readonly faults: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const prelude = (store: Store): void => {
  const put = (pk: string, type: keyof typeof catalogue, data: object) =>
    store.execute({
      name: 'Put',
      input: {
        TableName: 'ledger',
        Item: {
          pk,
          version: 1,
          event: {
            id: '0198c0de-0000-7000-8000-000000000001',
            type,
            schemaVersion: catalogue[type].schemaVersion,
            district: 'test',
            occurredAt: '2025-01-01T00:00:00.000Z',
            recordedAt: '2025-01-01T00:00:00.000Z',
            actor: { role: 'district-admin', id: 'admin' },
            correlationId: 'lab',
            causationId: null,
            data,
          },
        },
      },
    });
  const { campaign } = catalogue.CampaignOpened.example;
  const { area } = catalogue.AreaDefined.example;
  const { organisation } = catalogue.OrganisationRegistered.example;
  for (const year of years)
    put(`campaign#${year}`, 'CampaignOpened', {
      campaign: { ...campaign, year },
    });
  for (const id of areas) put(`area#${id}`, 'AreaDefined', { area: { ...area, id } });
  for (const id of organisations)
    put(`organisation#${id}`, 'OrganisationRegistered', { organisation });
};

/** A command for a reader: ids by their beginning, and nothing that is always the same. */
const told = ({ id, body }: LabCommand): string => {
  const { title, content, risk, responsibleId, organisationId, origin, consentVersion, ...rest } =
    body as Readonly<Record<string, unknown>>;
  return JSON.stringify({ id, ...rest }).replace(
    /([0-9a-f]{4})[0-9a-f]{4}(-[0-9a-f]{4,12}){4}/g,
    '$1',
  );
};

const refusals = /^(Rejection|Rejections)$/;
const maxTries = 6;
const maxSteps = 30_000;

/** Two clients, who send again what was not answered. */
const createClients = (
  commands: readonly LabCommand[],
  machine: ReturnType<typeof createMachine>,
  note: (line: string) => void,
  mistake: (line: string) => void,
) => {
  const waiting = [...commands];
  const free = new Set(['client 1', 'client 2']);
  const send = (name: string, command: LabCommand, attempt: number): void => {
    const what = `${command.name} ${command.key}${attempt > 1 ? ` (attempt ${attempt})` : ''}`;
    note(`${name}: ${what} ${told(command)}`);
    machine.invoke(
      `${command.name} ${command.key}`,
      () => run(command),
      (outcome: Outcome) => {
        const error = 'error' in outcome ? (outcome.error as Error) : undefined;
        const refused = error && refusals.test(error.name);
        if (error && /^(Type|Reference|Range|Unreadable)(Error|Event)$/.test(error.name))
          mistake(`${what}: ${error.stack}`);
        note(`${name}: ${what}: ${error ? `${error.name} ${error.message}` : 'done'}`);
        const again = error && !refused ? attempt < maxTries : command.again && attempt === 1;
        if (again) machine.later(attempt * 3, () => send(name, command, attempt + 1));
        else free.add(name);
      },
    );
  };
  return (): readonly (() => void)[] =>
    waiting.length === 0
      ? []
      : [...free].map((name) => () => {
          const command = waiting.shift();
          if (!command) return;
          free.delete(name);
          send(name, command, 1);
        });
};

/** Plays a plan to its end, and says which laws did not hold then. */
export const simulate = async (
  { seed, commands, faults: faultPlan }: Plan,
  mutation: Mutation = {},
): Promise<Result> => {
  const random = createRandom(seed, 'schedule');
  const faults = createFaults(seed, faultPlan);
  const machine = createMachine(random);
  const trace: string[] = [];
  const mistakes: string[] = [];
  const note = (line: string): void => {
    trace.push(`${machine.now()} ${line}`);
  };
  const mistake = (line: string): void => {
    mistakes.push(line);
  };
  const context = { machine, faults, random, note };
  const projectors = random.pick([2, 2, 3]);
  const mutated: { project: typeof project } = { project };
  const stream = createStream(
    context,
    relay as (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>,
  );
  const queue = createQueue(context, (event) => mutated.project(event), projectors);
  let events = 0;
  let begun = false;
  const store = createStore(schemasOf('ledger', 'views'), (table, item, isNew) => {
    if (!begun || table !== 'ledger') return;
    if (!isNew) mistake('a row of the ledger was overwritten');
    events += 1;
    stream.take(item);
  });
  prelude(store);
  begun = true;
  const perform = createServices({ ...context, store, accept: queue.accept, mistake });
  const call = inTurn(machine, perform, store.execute);
  const mutatedStore = mutation.store?.(call, store) ?? call;
  if (mutation.project) {
    const { project: instead } = mutation;
    mutated.project = (event) => instead(event, project, call);
  }
  const undo = install(mutatedStore, mutation.bus?.(call) ?? call, machine);
  try {
    const clients = createClients(commands, machine, note, mistake);
    const startable = () => [...clients(), ...stream.startable(), ...queue.startable()];
    let rests = await machine.run(startable, maxSteps);
    faults.end();
    let redriven = 0;
    for (let more = queue.redrive(); more > 0 && rests; more = queue.redrive()) {
      note(`the dead-letter queue is redriven: ${more}`);
      redriven += more;
      rests = await machine.run(startable, maxSteps);
    }
    const counts = queue.counts();
    const violations = [
      ...mistakes,
      ...(rests ? [] : ['it does not come to rest']),
      ...(counts.dead === counts.poisoned
        ? []
        : [`${counts.dead} dead letters of ${counts.poisoned} poison messages`]),
      ...(await brokenLaws(store, createRandom(seed, 'samples'))),
    ];
    const hash = createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);
    return {
      violations,
      trace,
      hash,
      faults: faults.fired(),
      counts: { commands: commands.length, events, ...counts, redriven, steps: machine.now() },
    };
  } finally {
    undo();
  }
};
