import type { DomainEvent } from '../../events/catalogue.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { firstChunks, nextChunk } from './decider.ts';
import { registerChunk } from './register-chunk.ts';

/** On behalf of whoever handed the list in, and as of then. */
const commandOf = ({ district, actor, recordedAt, correlationId }: DomainEvent) => ({
  district,
  actor,
  at: Date.parse(recordedAt),
  correlationId,
});

/** Registers a list chunk after chunk, each moved on by the event of the one before it. */
export const handler = subscribe(async (event) => {
  switch (event.type) {
    case 'ImportAccepted': {
      const { startedBy, rowsId, chunks, consentVersion } = event.data.import;
      const all = { importId: event.aggregate.id, startedBy, rowsId, chunks, consentVersion };
      for (const number of firstChunks(all))
        await registerChunk({ ...all, number }, commandOf(event));
      return;
    }
    case 'ImportChunkRegistered': {
      const { rows: _, ...chunk } = event.data.chunk;
      const number = nextChunk(chunk);
      if (number !== undefined) await registerChunk({ ...chunk, number }, commandOf(event));
      return;
    }
    default:
      return;
  }
});
