import type { ImportChunk } from '../../events/imports.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { Command } from '../ledger/ledger.ts';
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

/** People that are registered at a time. */
const registering = 8;

export const chunkId = (importId: string, number: number): string =>
  derivedId('import-chunk', importId, String(number));

/**
 * Registers one row. Its volunteer's id is that of the person, so there is at most one; whoever was
 * erased is registered anew, under another id. The row finds its own registration again by its key,
 * so that a row that is done twice says the same. Nobody is registered, and nobody taken for another,
 * where a record with the same ID number has another name. Of somebody who registers themselves at
 * this very moment `find-duplicates` tells.
 */
const registerRow = async (
  { row, volunteerId: first, areaId, tags, serviceCategories, person }: WaitingRow,
  { importId, consentVersion }: Pick<ImportChunk, 'importId' | 'consentVersion'>,
  command: Command,
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
        today: localDateOf(command.at, settings().timezone),
      },
      { ...command, idempotency },
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
 * Registers the rows of a chunk, then says so and destroys them, both or neither. A crash anywhere
 * before that leaves the chunk to be done again; afterwards there is nothing left to do.
 *
 * @param command of whoever handed the list in, at that time: the same whenever it is repeated
 * @throws Error when a row cannot be registered now, or the rows are gone
 */
export const registerChunk = async (
  chunk: Omit<ImportChunk, 'rows'>,
  command: Omit<Command, 'idempotency'>,
): Promise<void> => {
  const id = chunkId(chunk.importId, chunk.number);
  if (await aggregate('import-chunk').find(id)) return;
  const by = { ...command, idempotency: undefined };
  const waiting = await readChunk(chunk.rowsId, chunk.number);
  const rows = await inParallel(registering, waiting, (row) => registerRow(row, chunk, by));
  try {
    await aggregate('import-chunk').create(
      id,
      async () => chunkRegistered({ ...chunk, rows: [...rows] }),
      by,
      async () => [destroyAction(chunkKey(chunk.rowsId, chunk.number))],
    );
  } catch (error) {
    // Somebody else was doing the same and came first.
    if (!(error instanceof Rejection && error.code === 'already-exists')) throw error;
  }
};
