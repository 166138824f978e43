import { randomUUID } from 'node:crypto';
import { unreadable } from '../files/unreadable.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { countLookUps } from '../people/look-ups.ts';
import { Rejection } from '../refusals/decision.ts';
import { chunksOf } from '../runtime/batches.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { comparePeople, rowChecker } from './check-rows.ts';
import type { imports } from './contract.ts';
import { accept } from './decider.ts';
import { openList } from './list.ts';
import { mayImport } from './policy.ts';
import { readSheet } from './read-sheet.ts';
import { createReport } from './report.ts';
import { comparisonFor } from './standing.ts';
import { chunkRows, putChunk } from './waiting-rows.ts';

/** Rows that are checked, and sealed or looked up, in one go. */
const pieceRows = 8 * chunkRows;
/** Milliseconds for looking people up, while the client waits. */
const lookUpMs = 15_000;

const noPeople = (row: number | undefined) =>
  unreadable(
    `第 ${row} 行的表头下方没有人员；请每人填写一行。`,
    `There are no people below the headings in row ${row}; write each person in a row.`,
  );

/**
 * Accepts a list of people. Seals its good rows, which wait to be registered by `register-chunk`,
 * and then accepts the list. Rows left sealed by a crash expire. Only a dry run says whether people
 * are registered already; otherwise this is found when they are registered.
 */
export const importVolunteers: UseCase<typeof imports.importVolunteers> = async (request) => {
  const { actor, at, body, query, idempotency } = request;
  // A list is not read for nothing. Its report depends on what the actor may do now, also when repeated.
  const role = mayImport(actor);
  if (!role) throw new Rejection('forbidden');
  const sheet = readSheet(body);
  const list = openList(sheet);
  if (list.rows.length === 0) throw noPeople(list.headingRows.at(-1));
  await countLookUps({ actor, at, kind: 'list', people: list.rows.length });
  const check = await rowChecker(list, {
    actor,
    areaId: query.areaId,
    today: localDateOf(at, settings().timezone),
  });
  const report = createReport(sheet, list);
  const pieces = chunksOf(list.rows, pieceRows);
  if (query.dryRun === 'true') {
    const until = performance.now() + lookUpMs;
    const compare = comparisonFor({ actor, at, role });
    let compared = 0;
    for (const piece of pieces) {
      const flagged = await comparePeople(compare, await check(piece), until);
      report.add(flagged.rows);
      compared += flagged.compared;
    }
    return { status: 200, body: { id: null, ...report.told(), compared } };
  }
  const id = derivedId('import', idempotency?.key ?? '');
  const rowsId = randomUUID();
  // A repeated request seals nothing: its rows are waiting or already registered.
  const isNew = !(await aggregate('import').find(id));
  let chunks = 0;
  for (const piece of pieces) {
    const checked = await check(piece);
    report.add(checked);
    const good = chunksOf(
      checked.flatMap(({ accepted }) => accepted ?? []),
      chunkRows,
    );
    if (isNew)
      await Promise.all(good.map((chunk, n) => putChunk(rowsId, chunks + n + 1, chunk, at)));
    chunks += good.length;
  }
  const { rows: counted, accepted, refused } = report.counts;
  const { state } = await aggregate('import').create(id, {
    request,
    authorise: () => role,
    prepare: async () => {
      if (accepted === 0)
        throw unreadable(
          '没有可登记的行；以 dryRun=true 可逐行查看原因。',
          'No row can be registered; dryRun=true says why, row by row.',
        );
      return accept({
        startedBy: actor.id,
        rowsId,
        rows: counted,
        accepted,
        refused,
        chunks,
        consentVersion: query.consentVersion,
      });
    },
  });
  return {
    body: {
      id,
      ...report.told(),
      compared: 0,
      rows: state.rows,
      accepted: state.accepted,
      refused: state.refused,
    },
  };
};
