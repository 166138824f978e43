// Sends the commands of a plan to the participation slice's HTTP function.

import { append } from '../../functions/ledger/ledger.ts';
import { handler } from '../../functions/participation/api.ts';
import { idIn } from '../../functions/runtime/ids.ts';
import { entryAt } from '../../test/support/entries.ts';
import { type Handler, httpEvent } from '../../test/support/http-event.ts';
import type { Command, Plan } from './plan.ts';

/** Concurrent commands. They make the bench faster and change no count. */
const width = 6;

export const inParallel = async <T>(
  all: readonly T[],
  run: (one: T, at: number) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) await run(all[at] as T, at);
  };
  await Promise.all(Array.from({ length: width }, worker));
};

/** Appends the aggregates that the plan's commands refer to, as their own slices would. */
export const found = async ({ activities, volunteers }: Plan): Promise<void> => {
  const command = {
    district: 'hongqi',
    actor: { role: 'organiser' as const, id: idIn('hongqi', 'subject', 'founder') },
    at: Date.UTC(2025, 8, 20),
    correlationId: 'JKJaXmPLvHcESHA=',
    idempotency: { key: 'a'.repeat(22), hash: 'b'.repeat(22) },
  };
  await inParallel([...activities], ([id, activity]) =>
    append([
      entryAt(
        { type: 'activity', id },
        1,
        { type: 'ActivityPublished', data: { activity } },
        command,
      ),
    ]),
  );
  await inParallel([...volunteers], ([id, volunteer]) =>
    append([
      entryAt(
        { type: 'volunteer', id },
        1,
        { type: 'VolunteerRegistered', data: { volunteer } },
        command,
      ),
    ]),
  );
};

const askFor = (command: Command, place: number, id: string) => {
  const { kind, organisationId, at } = command;
  const verifying = kind === 'verify';
  const token = {
    sub: idIn('hongqi', 'subject', organisationId, verifying ? 'verifier' : 'organiser'),
    role: verifying ? 'verifier' : 'organiser',
    organisation: organisationId,
  };
  const common = { at, token, key: idIn('hongqi', 'key', String(place)) };
  if (command.kind === 'log') return { ...common, route: 'POST /hours', body: command.entries[0] };
  if (command.kind === 'batch')
    return { ...common, route: 'POST /hours/batch', body: { entries: command.entries } };
  const params = { id };
  if (kind === 'verify') return { ...common, route: 'POST /hours/{id}/verify', params };
  if (kind === 'void')
    return { ...common, route: 'POST /hours/{id}/void', params, body: { reason: '重复录入' } };
  const body = { creditedMinutes: 1 + (place % 29), reason: '扣除用餐时间' };
  return { ...common, route: 'POST /hours/{id}/correct', params, body };
};

/** API Gateway's request ids are 16 characters. */
const requestIdOf = (place: number): string => `JK${String(place).padStart(13, '0')}=`;

/** Runs all commands, those on one entry in order. A refusal ends the bench. */
export const runCommands = async ({ commands }: Plan): Promise<void> => {
  const done = new Map<number, Promise<string>>();
  await inParallel(commands, async (command, place) => {
    const first = 'target' in command ? command.target : place;
    const before = first === place ? Promise.resolve('') : done.get(first);
    const running = (async (): Promise<string> => {
      const id = (await before) ?? '';
      const event = httpEvent(askFor(command, place, id));
      (event.requestContext as { requestId: string }).requestId = requestIdOf(place);
      const context = { getRemainingTimeInMillis: () => 10_000 };
      const answer = await (handler as unknown as Handler)(event, context as never);
      if ((answer.statusCode ?? 500) > 299) throw new Error(`${command.kind}: ${answer.body}`);
      return id || (JSON.parse(answer.body ?? '{}').id as string);
    })();
    done.set(first, running);
    await running;
  });
};
