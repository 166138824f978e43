import type { Role } from '../../events/envelope.ts';
import type { ImportChunk } from '../../events/imports.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { CommandRequest } from '../ledger/command.ts';
import { lifeOf } from '../people/lives.ts';
import { destroyAction } from '../people/people.ts';
import { registerPerson } from '../people/register-person.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId, fingerprint } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { compareWithKnown, compareWithOwn } from './compare-people.ts';
import { chunkRegistered } from './decider.ts';
import { chunkKey, readChunk, type WaitingRow } from './waiting-rows.ts';

/** People registered at the same time. */
const registering = 8;

export const chunkId = (importId: string, number: number): string =>
  derivedId('import-chunk', importId, String(number));

/** On whose behalf a list is registered, and in which role. */
export interface Registering {
  readonly request: CommandRequest;
  readonly role: Role;
}

/**
 * Registers one row. The volunteer's id is derived from the person, so there is one at most; a
 * person who was erased is registered again under another id. A row that is repeated finds its own
 * registration by its idempotency key and has the same outcome. When a record with the same ID
 * number has another name, nobody is registered and the two are not treated as one.
 * `find-duplicates` handles a person who registers themselves at the same moment.
 */
const registerRow = async (
  { row, volunteerId: first, areaId, tags, serviceCategories, person }: WaitingRow,
  { importId, consentVersion }: Pick<ImportChunk, 'importId' | 'consentVersion'>,
  { request, role }: Registering,
): Promise<ImportChunk['rows'][number]> => {
  const idempotency = {
    key: fingerprint('import', importId, String(row)),
    hash: fingerprint(first),
  };
  const volunteerId = await lifeOf(first, idempotency.key);
  const who = { volunteerId, person };
  if (person.idDocument && (await compareWithKnown(who)).isAnother)
    return { row, volunteerId, outcome: 'number-of-another' };
  try {
    await registerPerson(
      {
        id: volunteerId,
        registration: {
          areaId,
          tags: tags as Volunteer['tags'],
          serviceCategories: serviceCategories as Volunteer['serviceCategories'],
          consentVersion,
          registeredBy: 'import',
        },
        person,
        today: localDateOf(request.at, settings().timezone),
      },
      { request: { ...request, idempotency }, authorise: () => role },
    );
    return { row, volunteerId, outcome: 'registered' };
  } catch (error) {
    if (!(error instanceof Rejection && error.code === 'already-exists')) throw error;
  }
  const { isAnother, differs } = await compareWithOwn(who);
  if (isAnother) return { row, volunteerId, outcome: 'number-of-another' };
  return {
    row,
    volunteerId,
    outcome: 'already-registered',
    ...(differs.length > 0 ? { differs: [...differs] } : {}),
  };
};

/**
 * Registers the rows of a chunk. Then appends the event and destroys the waiting rows in one
 * transaction. After a crash before that, the chunk is registered again; after it, nothing is left
 * to do.
 *
 * @param by the actor and the time of the import, so that it is the same on every repetition
 * @throws Error when a row cannot be registered now, or the rows are gone
 */
export const registerChunk = async (
  chunk: Omit<ImportChunk, 'rows'>,
  by: Registering,
): Promise<void> => {
  const id = chunkId(chunk.importId, chunk.number);
  if (await aggregate('import-chunk').find(id)) return;
  const waiting = await readChunk(chunk.rowsId, chunk.number);
  const rows = await inParallel(registering, waiting, (row) => registerRow(row, chunk, by));
  try {
    await aggregate('import-chunk').create(id, {
      request: by.request,
      authorise: () => by.role,
      prepare: async () => chunkRegistered({ ...chunk, rows: [...rows] }),
      alsoWrite: async () => [destroyAction(chunkKey(chunk.rowsId, chunk.number))],
    });
  } catch (error) {
    // Another run registered the same chunk first.
    if (!(error instanceof Rejection && error.code === 'already-exists')) throw error;
  }
};
