import { accept } from '../../functions/imports/decider.ts';
import { putChunk } from '../../functions/imports/waiting-rows.ts';
import { aggregate } from '../../functions/ledger/aggregate.ts';
import type { CommandRequest } from '../../functions/ledger/command.ts';
import { checkPerson } from '../../functions/people/check-person.ts';
import { localDateOf } from '../../functions/runtime/calendar.ts';
import { derivedId } from '../../functions/runtime/ids.ts';
import { settings } from '../../functions/runtime/settings.ts';
import { areas } from './histories.ts';

interface ListedPerson {
  readonly volunteerId: string;
  readonly name: string;
  readonly phone: string;
}

/** A list as a CSV file. */
export const csvOf = (rows: readonly { readonly name: string; readonly phone: string }[]): Buffer =>
  Buffer.from(['姓名,手机', ...rows.map(({ name, phone }) => `${name},${phone}`)].join('\n'));

/**
 * Accepts a list as `import-volunteers` does, but in chunks of one or two rows instead of fifty, so that a
 * short run has more chunks than are started at once.
 */
export const handInList = async (
  request: CommandRequest & {
    readonly body: { readonly chunks: readonly (readonly ListedPerson[])[] };
  },
): Promise<unknown> => {
  const { actor, at, body, idempotency } = request;
  const id = derivedId('import', idempotency?.key ?? '');
  const rowsId = derivedId('rows', idempotency?.key ?? '', String(Math.random()));
  const { ages, timezone } = settings();
  let row = 1;
  if (!(await aggregate('import').find(id)))
    for (const [at_, people] of body.chunks.entries()) {
      const rows = people.map(({ volunteerId, ...person }) => {
        row += 1;
        return {
          ...{ row, volunteerId, areaId: areas[0] ?? '', hasArea: false },
          ...{ tags: [], serviceCategories: [] },
          // As a list that was read has it: a person's number has one form wherever it is stored.
          person: checkPerson(person, { today: localDateOf(at, timezone), ages, at: '#/' }),
        };
      });
      await putChunk(rowsId, at_ + 1, rows, at);
    }
  const rows = body.chunks.flat().length;
  return aggregate('import').create(id, {
    request,
    authorise: () => 'district-admin',
    prepare: async () =>
      accept({
        ...{ startedBy: actor.id, rowsId, rows, accepted: rows, refused: 0 },
        ...{ chunks: body.chunks.length, consentVersion: '2025-03' },
      }),
  });
};
