import type { Role } from '../../events/envelope.ts';
import { type ImportChunk, maxOthers } from '../../events/imports.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { CommandRequest } from '../ledger/command.ts';
import { destroyAction } from '../people/people.ts';
import { registerPerson } from '../people/register-person.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId, fingerprint } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { differencesOf } from './compare-people.ts';
import { chunkRegistered } from './decider.ts';
import {
  type Comparison,
  comparisonEverywhere,
  type Finding,
  flagsOf,
  type Standing,
  standingOf,
} from './standing.ts';
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

type Chunk = Pick<ImportChunk, 'importId' | 'consentVersion'>;

/**
 * Registers the person of a row, under the id that `standingOf` finds. A row that is repeated finds
 * its own registration by its idempotency key and has the same outcome. When another command takes
 * the id first, the person is looked for again. `find-duplicates` handles a person who registers
 * themselves at the same moment.
 */
const registerFirst = async (
  waiting: WaitingRow,
  { importId, consentVersion }: Chunk,
  { request, role }: Registering,
  compare: Comparison,
): Promise<Standing> => {
  const { volunteerId: first, areaId, tags, serviceCategories, person, repeats } = waiting;
  const idempotency = {
    key: fingerprint('import', importId, String(repeats?.row ?? waiting.row)),
    hash: fingerprint(first),
  };
  for (;;) {
    const standing = await standingOf(waiting, compare, idempotency.key);
    if (standing.is !== 'new') return standing;
    try {
      await registerPerson(
        {
          id: standing.volunteerId,
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
      return standing;
    } catch (error) {
      if (!(error instanceof Rejection && error.code === 'already-exists')) throw error;
    }
  }
};

/**
 * Registers one row. When an earlier row of the list has the same person, that row is registered,
 * whichever of the two comes first here, and this one is known.
 */
const registerRow = async (
  waiting: WaitingRow,
  chunk: Chunk,
  by: Registering,
  compare: Comparison,
): Promise<ImportChunk['rows'][number]> => {
  const { row, repeats, flags: raised = [] } = waiting;
  const { is, volunteerId, record, findings } = await registerFirst(waiting, chunk, by, compare);
  if (is === 'another') return { row, volunteerId, outcome: 'number-of-another' };
  const isKnown = repeats !== undefined || is === 'known';
  const differs = isKnown ? differencesOf(repeats?.own ?? waiting, record) : [];
  const isOwn = (found: Finding) => found.volunteerId === volunteerId;
  const flags = flagsOf(findings.filter(isOwn), raised);
  const others = findings.filter((found) => !isOwn(found)).slice(0, maxOthers);
  return {
    row,
    volunteerId,
    outcome: isKnown ? 'already-registered' : 'registered',
    ...(differs.length > 0 ? { differs: [...differs] } : {}),
    ...(flags.length > 0 ? { flags: [...flags] } : {}),
    ...(others.length > 0 ? { others } : {}),
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
  const { actor, at } = by.request;
  const compare = comparisonEverywhere({ actor, at, role: by.role });
  const rows = await inParallel(registering, waiting, (row) =>
    registerRow(row, chunk, by, compare),
  );
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
