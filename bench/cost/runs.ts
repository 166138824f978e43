// The runs. Import this after the environment has the wire's endpoint, because the functions' clients read
// it only once.
import { emptyTables } from '../../test/support/tables.ts';
import { seeded } from '../random.ts';
import { found, runCommands } from './commands.ts';
import type { Counts } from './counts.ts';
import { notify, project, publish } from './pipeline.ts';
import { createPlan, type Plan, type PlanOptions } from './plan.ts';
import type { Run } from './price.ts';
import { projectNaively, runFloor } from './rivals.ts';
import type { Wire } from './wire.ts';

export interface Asked extends PlanOptions {
  readonly label: string;
  readonly design: 'ours' | 'naive' | 'floor';
}

/** Counts the log output during `run`, and does not print it. */
const withLog = async <T>(wire: Wire, run: () => Promise<T>): Promise<T> => {
  const { write } = process.stdout;
  process.stdout.write = ((chunk: string | Uint8Array) => {
    wire.counts.add('log.bytes', Buffer.byteLength(chunk));
    return true;
  }) as typeof write;
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
};

const kindsOf = ({ commands }: Plan, floor: boolean): Counts => {
  const kinds: Record<string, number> = {};
  for (const { kind } of commands) {
    const name = floor ? 'floor' : kind;
    kinds[name] = (kinds[name] ?? 0) + 1;
  }
  return kinds;
};

export const runOne = async (wire: Wire, { label, design, ...options }: Asked): Promise<Run> => {
  const plan = createPlan(options);
  await emptyTables();
  if (design !== 'floor') await found(plan);
  if (design === 'ours') {
    const messages = await wire.counted(async () => {
      await runCommands({ commands: plan.before });
      return publish(wire, seeded(options.seed + 2));
    });
    await project(wire, messages);
  }
  wire.counts.take();
  const phases: Record<string, Counts> = {};
  const phase = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const result = await withLog(wire, () => wire.counted(run));
    phases[name] = wire.counts.take();
    return result;
  };
  const entriesOf = (command: Plan['commands'][number]) =>
    'entries' in command ? command.entries.length : 0;
  const logs = plan.commands.reduce((sum, command) => sum + entriesOf(command), 0);
  const changes = plan.commands.filter((command) => !('entries' in command)).length;

  await phase('api', async () => {
    await (design === 'floor' ? runFloor(plan) : runCommands(plan));
    wire.counts.add('invocations', plan.commands.length);
  });
  if (design !== 'floor') {
    const messages = await phase('relay', () => publish(wire, seeded(options.seed + 1)));
    if (design === 'ours') {
      await phase('projector', () => project(wire, messages));
      await phase('notifier', () => notify(wire, messages));
    } else {
      const bodies = messages.map(({ body }) => body);
      await phase('naive', () => projectNaively(wire, bodies));
    }
  }
  wire.takeEvents();
  wire.takeAppended();
  return {
    label,
    logs,
    events: logs + changes,
    commands: kindsOf(plan, design === 'floor'),
    phases,
  };
};
