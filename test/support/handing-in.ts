import type { DomainEvent } from '../../events/catalogue.ts';
import { handler } from '../../functions/imports/api.ts';
import { handler as registrar } from '../../functions/imports/registrar.ts';
import { type Answer, type Ask, ask } from './http-event.ts';
import { follow } from './projecting.ts';
import { admin, ledger } from './town.ts';

const csv = { 'content-type': 'text/csv; charset=utf-8' };
const query = { consentVersion: '2025-1', areaId: 'hongqi' };
/** Hands in a list. */
export const hand = (
  body: Uint8Array,
  { key, token = admin, ...more }: Partial<Ask> & { readonly query?: Record<string, string> } = {},
): Promise<Answer> =>
  ask(handler, {
    route: 'POST /volunteers/import',
    headers: csv,
    token,
    body,
    ...(key === undefined ? {} : { key }),
    query: { ...query, ...more.query },
    ...(more.headers ? { headers: more.headers } : {}),
  });
const isImport = (type: string) => type === 'ImportAccepted' || type === 'ImportChunkRegistered';

/** Hands the bus's events to the registrar, each three times, until there are no new ones. */
export const settle = async (
  inOrder: (events: readonly DomainEvent[]) => readonly DomainEvent[] = (events) => events,
): Promise<void> => {
  const seen = new Set<string>();
  for (let rounds = 0; rounds < 400; rounds += 1) {
    const news = (await ledger()).filter(({ id, type }) => isImport(type) && !seen.has(id));
    const events = inOrder(news);
    if (events.length === 0) return;
    const failed = await follow(registrar, [...events, ...events, ...events]);
    for (const event of events) if (!failed.includes(event)) seen.add(event.id);
  }
  throw new Error('it does not come to rest');
};
/** The first page of an import's rows. */
export const rowsOf = async (id: string) =>
  (await ask(handler, { route: 'GET /imports/{id}/rows', params: { id }, token: admin })).body
    .items;
/** A file of these lines. */
export const list = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\n'));
