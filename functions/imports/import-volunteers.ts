import { randomUUID } from 'node:crypto';
import { localDateOf } from '../shared/calendar.ts';
import { commandBy } from '../shared/command.ts';
import { create, find } from '../shared/execute.ts';
import type { UseCase } from '../shared/http.ts';
import { derivedId } from '../shared/ids.ts';
import { settings } from '../shared/settings.ts';
import { type CheckedRow, checkRows, comparePeople } from './check-rows.ts';
import type { imports } from './contract.ts';
import { accept, evolve } from './decider.ts';
import { fewAtOnce } from './few-at-once.ts';
import { mayImport } from './policy.ts';
import { readSheet } from './read-sheet.ts';
import { unreadable } from './sheet.ts';
import { chunkRows, putChunk, type WaitingRow } from './waiting-rows.ts';

/** So many rows with something to say of them are told, of any number of rows. */
const maxReported = 1_000;
/** Chunks that are sealed at a time. */
const sealing = 8;

const reportOf = (rows: readonly CheckedRow[]) => {
  const noted = rows.filter(({ faults, flags }) => faults.length > 0 || flags.length > 0);
  const accepted = rows.filter((row) => row.accepted).length;
  return {
    rows: rows.length,
    accepted,
    refused: rows.length - accepted,
    flagged: rows.filter(({ flags }) => flags.length > 0).length,
    report: noted.slice(0, maxReported).map(({ number, faults, flags }) => ({
      row: number,
      errors: faults.map(({ column, code, zh, en }) => ({ column, code, detail: { zh, en } })),
      flags: [...flags],
    })),
    reportComplete: noted.length <= maxReported,
  };
};

const chunksOf = (rows: readonly WaitingRow[]): readonly (readonly WaitingRow[])[] =>
  Array.from({ length: Math.ceil(rows.length / chunkRows) }, (_, at) =>
    rows.slice(at * chunkRows, (at + 1) * chunkRows),
  );

/**
 * Takes a list of people in: its good rows are sealed and wait to be registered by
 * `register-chunk`, and only then is the list accepted. What a crash leaves sealed expires. Whether
 * people are there already a dry run says; here it comes out as they are registered.
 */
export const importVolunteers: UseCase<typeof imports.importVolunteers> = async (request) => {
  const { actor, at, body, query, idempotency } = request;
  const command = commandBy(mayImport(actor), request);
  const checked = await checkRows(readSheet(body), {
    actor,
    areaId: query.areaId,
    today: localDateOf(at, settings().timezone),
  });
  if (query.dryRun === 'true') {
    const { rows, compared } = await comparePeople(checked);
    return { status: 200, body: { id: null, ...reportOf(rows), compared } };
  }
  const report = reportOf(checked);
  const rows = checked.flatMap(({ accepted }) => accepted ?? []);
  if (rows.length === 0)
    throw unreadable(
      '没有可登记的行；以 dryRun=true 可逐行查看原因。',
      'No row can be registered; dryRun=true says why, row by row.',
    );
  const id = derivedId('import', idempotency?.key ?? '');
  const stream = { type: 'import', id };
  const chunks = chunksOf(rows);
  const rowsId = randomUUID();
  // The same request again seals nothing: its rows wait already, or are registered.
  if (!(await find(stream, evolve)))
    await fewAtOnce(sealing, [...chunks.entries()], ([index, chunk]) =>
      putChunk(rowsId, index + 1, chunk, at),
    );
  const { state } = await create(
    stream,
    evolve,
    async () =>
      accept({
        startedBy: actor.id,
        rowsId,
        rows: report.rows,
        accepted: report.accepted,
        refused: report.refused,
        chunks: chunks.length,
        consentVersion: query.consentVersion,
      }),
    command,
  );
  const { accepted, refused } = state;
  return { body: { id, ...report, compared: 0, rows: state.rows, accepted, refused } };
};
