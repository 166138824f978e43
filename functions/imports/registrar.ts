import type { DomainEvent } from '../../events/catalogue.ts';
import { followUp } from '../ledger/follow-up.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { firstChunks, nextChunk } from './decider.ts';
import { registerChunk } from './register-chunk.ts';

/** A command by the actor and at the time of the event. */
const onBehalfOf = (event: DomainEvent) => ({ request: followUp(event), role: event.actor.role });

/** Registers a list chunk by chunk. The event of each chunk starts the next one in its lane. */
export const handler = subscribe(async (event) => {
  switch (event.type) {
    case 'ImportAccepted': {
      const { startedBy, rowsId, chunks, consentVersion } = event.data.import;
      const all = { importId: event.aggregate.id, startedBy, rowsId, chunks, consentVersion };
      for (const number of firstChunks(all))
        await registerChunk({ ...all, number }, onBehalfOf(event));
      return;
    }
    case 'ImportChunkRegistered': {
      const { rows: _, ...chunk } = event.data.chunk;
      const number = nextChunk(chunk);
      if (number !== undefined) await registerChunk({ ...chunk, number }, onBehalfOf(event));
      return;
    }
    default:
      return;
  }
});
