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

const askFor = (command: Command, place: number, sheet: Sheet) => {
  const { kind, organisationId, at } = command;
  const verifying = kind.startsWith('verify');
  const token = {
    sub: idIn('hongqi', 'subject', organisationId, verifying ? 'verifier' : 'organiser'),
    role: verifying ? 'verifier' : 'organiser',
    organisation: organisationId,
  };
  const common = { at, token, key: idIn('hongqi', 'key', String(place)) };
  if ('entries' in command) {
    const { activityId, date, entries } = command;
    const params = { id: activityId, date };
    const route = 'POST /activities/{id}/sheets/{date}/entries';
    return { ...common, route, params, body: { entries } };
  }
  const { id, people } = sheet;
  const params = { id };
  if (kind === 'verify-roll')
    return { ...common, route: 'POST /sheets/{id}/verify', params, body: { entries: 'all' } };
  if (kind === 'verify')
    return { ...common, route: 'POST /sheets/{id}/verify', params, body: { entries: people } };
  if (kind === 'void') {
    const body = { entries: people, reason: '重复录入' };
    return { ...common, route: 'POST /sheets/{id}/void', params, body };
  }
  const entries = people.map((volunteerId) => ({ volunteerId, creditedMinutes: 1 + (place % 29) }));
  const body = { entries, reason: '扣除用餐时间' };
  return { ...common, route: 'POST /sheets/{id}/correct', params, body };
};

/** What a command entered: people on a sheet. */
interface Sheet {
  readonly id: string;
  readonly people: readonly string[];
}

/** API Gateway's request ids are 16 characters. */
const requestIdOf = (place: number): string => `JK${String(place).padStart(13, '0')}=`;

/**
 * Runs all commands, those on one sheet in order: two that meet are sent again, and would change the counts.
 * A refusal ends the bench.
 */
export const runCommands = async ({ commands }: Pick<Plan, 'commands'>): Promise<void> => {
  const entered = new Map<number, Sheet>();
  const last = new Map<string, Promise<void>>();
  await inParallel(commands, async (command, place) => {
    const first = 'target' in command ? command.target : place;
    const origin = commands[first];
    if (!origin || !('entries' in origin)) throw new Error(`${first} enters nobody`);
    const key = `${origin.activityId} ${origin.date}`;
    const before = last.get(key);
    const running = (async (): Promise<void> => {
      await before;
      const event = httpEvent(askFor(command, place, entered.get(first) ?? { id: '', people: [] }));
      (event.requestContext as { requestId: string }).requestId = requestIdOf(place);
      // Requests are counted, not timed: on a busy machine some take longer than a function may.
      const context = { getRemainingTimeInMillis: () => 3_600_000 };
      const answer = await (handler as unknown as Handler)(event, context as never);
      if ((answer.statusCode ?? 500) > 299) throw new Error(`${command.kind}: ${answer.body}`);
      if (!('entries' in command)) return;
      const people = command.entries.map(({ volunteerId }) => volunteerId);
      entered.set(place, { id: JSON.parse(answer.body ?? '{}').id as string, people });
    })();
    last.set(key, running);
    await running;
  });
};
