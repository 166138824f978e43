// Registers an accepted list with the registrar in this process, chunk after chunk.
import type { DomainEvent } from '../../events/catalogue.ts';
import type { Import } from '../../events/imports.ts';
import { chunkId } from '../../functions/imports/register-chunk.ts';
import { handler } from '../../functions/imports/registrar.ts';
import type { Stream } from '../../functions/ledger/ledger.ts';
import { newestEventOf, stateAfter } from '../../test/support/entries.ts';
import { invoke } from '../../test/support/invoke.ts';
import { measured, tell } from './measure.ts';

const [, , id = ''] = process.argv;

/** Passes the newest event of a stream to the registrar, as the bus does. */
const register = async (stream: Stream): Promise<DomainEvent> => {
  const detail = await newestEventOf(stream);
  if (!detail) throw new Error('there is no such event');
  await invoke(handler, { detail });
  return detail;
};

await measured('nothing yet', async () => undefined);
await measured('register', async () => {
  const { chunks } = stateAfter<Import>(await register({ type: 'import', id }));
  for (let number = 1; number <= chunks; number += 1)
    await register({ type: 'import-chunk', id: chunkId(id, number) });
});
tell({});
