import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { confirmationCode } from '../people/register-person.ts';
import { Rejection } from '../refusals/decision.ts';
import { importPartition } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import type { imports } from './contract.ts';
import { mayReadImport } from './policy.ts';
import { chunkId } from './register-chunk.ts';
import { shownTo } from './standing.ts';

type Reading = Pick<Request<typeof imports.readImport>, 'actor' | 'params'>;

const importFor = async ({ actor, params: { id } }: Reading) => {
  const found = await aggregate('import').find(id);
  if (!mayReadImport(actor, found?.state ?? { startedBy: '' })) throw new Rejection('forbidden');
  if (!found) throw new Rejection('not-found', { what: 'import', id });
  return found.state;
};

interface Progress {
  readonly registered: number;
  readonly alreadyRegistered: number;
  /** Missing in rows written before this outcome existed. */
  readonly numberOfAnother?: number;
}

/** The progress of a list by the Views, a second or two behind. One query. */
export const readImport: UseCase<typeof imports.readImport> = async (request) => {
  const { id } = request.params;
  const { rows, accepted, refused, chunks } = await importFor(request);
  const { items } = await listRows<Progress>({
    index: 'items',
    partition: importPartition(id),
    prefix: 'chunk#',
    limit: chunks,
  });
  const sum = (count: keyof Progress) =>
    items.reduce((total, item) => total + (item[count] ?? 0), 0);
  return {
    body: {
      id,
      rows,
      accepted,
      refused,
      registered: sum('registered'),
      alreadyRegistered: sum('alreadyRegistered'),
      numberOfAnother: sum('numberOfAnother'),
      done: items.length === chunks,
    },
  };
};

/** A page is a chunk. A chunk that is not registered yet has no rows. */
export const listImportRows: UseCase<typeof imports.listImportRows> = async (request) => {
  const { id } = request.params;
  const { chunks } = await importFor(request);
  const number = Number(request.query.cursor ?? 1);
  const chunk = await aggregate('import-chunk').find(chunkId(id, number));
  const items = await Promise.all(
    (chunk?.state.rows ?? []).map(async (stored) => {
      const { differs: found = [], flags: raised = [], others = [], ...row } = stored;
      const { volunteerId, differs, flags } = await shownTo(request.actor, {
        volunteerId: row.volunteerId,
        differs: found,
        flags: raised,
        others,
      });
      return {
        ...row,
        differs: [...differs],
        flags: [...flags],
        volunteerId: row.outcome === 'number-of-another' ? null : volunteerId,
        confirmationCode:
          row.outcome === 'registered' ? await confirmationCode(row.volunteerId) : null,
      };
    }),
  );
  return { body: { items, next: number < chunks ? String(number + 1) : null } };
};
