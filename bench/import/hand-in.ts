// Hands a file in to the functions in this process, and says what each step took.
import '../../test/support/tables.ts';

import { readFileSync } from 'node:fs';
import type { Context, SQSEvent } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import { handler as projector } from '../../functions/dashboards/projector.ts';
import { handler as api } from '../../functions/imports/api.ts';
import { chunkStream } from '../../functions/imports/register-chunk.ts';
import { handler as registrar } from '../../functions/imports/registrar.ts';
import { latest, type Stream } from '../../functions/shared/ledger.ts';
import { type Handler, httpEvent } from '../../test/support/http-event.ts';
import { freshTables } from '../../test/support/tables.ts';
import { admin, foundTown, ledger } from '../../test/support/town.ts';

export interface Step {
  readonly step: string;
  readonly ms: number;
  /** The most that the process has ever had in memory, everything counted. */
  readonly megabytes: number;
}

const steps: Step[] = [];
const measured = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  const result = await act();
  const ms = performance.now() - began;
  steps.push({ step, ms, megabytes: process.resourceUsage().maxRSS / 1024 });
  return result;
};

/** Events as a queue hands them over. */
const batchOf = (events: readonly DomainEvent[]): SQSEvent =>
  ({
    Records: events.map((detail, at) => ({ messageId: `${at}`, body: JSON.stringify({ detail }) })),
  }) as SQSEvent;

await freshTables();
await foundTown();
await projector(batchOf(await ledger()));

const body = readFileSync(process.argv[2] ?? '');
const hand = async (dryRun: string) => {
  const event = httpEvent({
    route: 'POST /volunteers/import',
    headers: { 'content-type': 'application/octet-stream' },
    token: admin,
    body,
    query: { consentVersion: '2025-1', dryRun },
  });
  // As long as the gateway waits.
  const context = { getRemainingTimeInMillis: () => 29_000 } as Context;
  const { statusCode = 500, body: text = '' } = await (api as Handler)(event, context);
  const answer = JSON.parse(text) as { id: string; accepted: number; compared: number };
  if (statusCode > 299) throw new Error(text.slice(0, 1000));
  return answer;
};

const register = async (stream: Stream): Promise<void> => {
  const event = await latest(stream);
  if (!event) throw new Error('there is no such event');
  const { batchItemFailures } = await registrar(batchOf([event]));
  if (batchItemFailures.length > 0) throw new Error('not registered');
};

await measured('nothing yet', async () => undefined);
await measured('dry run', () => hand('true'));
const { id, accepted } = await measured('accept', () => hand('false'));
await measured('register', async () => {
  await register({ type: 'import', id });
  const chunks = Math.ceil(accepted / 50);
  for (let number = 1; number <= chunks; number += 1) await register(chunkStream(id, number));
});
console.log(JSON.stringify(steps));
