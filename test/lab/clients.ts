import { type LabCommand, run } from './commands.ts';
import type { Machine, Note, Outcome, Starter } from './machine.ts';

/** A command for the trace: shortened ids, without fields that are always the same. */
const told = ({ id, params, body }: LabCommand): string => {
  const { title, content, risk, responsibleId, organisationId, origin, consentVersion, ...rest } =
    body as Readonly<Record<string, unknown>>;
  return JSON.stringify({ id, ...params, ...rest }).replace(
    /([0-9a-f]{4})[0-9a-f]{4}(-[0-9a-f]{4,12}){4}/g,
    '$1',
  );
};

const refusals = /^(Rejection|Rejections)$/;
const maxTries = 6;
/** Two clients, which repeat unanswered commands. */
export const createClients = (
  commands: readonly LabCommand[],
  machine: Machine,
  note: Note,
  mistake: (line: string) => void,
): Starter & { readonly done: () => Readonly<Record<string, number>> } => {
  const done: Record<string, number> = {};
  const waiting = [...commands];
  const free = new Set(['client 1', 'client 2']);
  const send = (name: string, command: LabCommand, attempt: number): void => {
    const what = () =>
      `${command.name} ${command.key}${attempt > 1 ? ` (attempt ${attempt})` : ''}`;
    note(() => `${name}: ${what()} ${told(command)}`);
    machine.invoke(
      `${command.name} ${command.key}`,
      () => run(command),
      (outcome: Outcome) => {
        const error = 'error' in outcome ? (outcome.error as Error) : undefined;
        const refused = error && refusals.test(error.name);
        if (error && /^(Type|Reference|Range|Unreadable)(Error|Event)$/.test(error.name))
          mistake(`${what()}: ${error.stack}`);
        note(() => `${name}: ${what()}: ${error ? `${error.name} ${error.message}` : 'done'}`);
        if (!error) done[command.name] = (done[command.name] ?? 0) + 1;
        const again = error && !refused ? attempt < maxTries : command.again && attempt === 1;
        if (again) machine.later(attempt * 3, () => send(name, command, attempt + 1));
        else free.add(name);
      },
    );
  };
  return {
    /** The number of accepted commands, by name. */
    done: () => done,
    ready: () => (waiting.length === 0 ? 0 : free.size),
    start: (which) => {
      const name = [...free][which];
      const command = waiting.shift();
      if (!command || name === undefined) return;
      free.delete(name);
      if (command.pause === 0) send(name, command, 1);
      else machine.later(command.pause, () => send(name, command, 1));
    },
  };
};
