// Sends a file to the imports' HTTP function in this process: first as a dry run, then as an import.
import { readFileSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import { handler } from '../../functions/imports/api.ts';
import { type Handler, httpEvent } from '../../test/support/http-event.ts';
import { measured, tell } from './measure.ts';

const body = readFileSync(process.argv[2] ?? '');
const hand = async (dryRun: string) => {
  const event = httpEvent({
    route: 'POST /volunteers/import',
    headers: { 'content-type': 'application/octet-stream' },
    token: { sub: 'admin', role: 'district-admin' },
    body,
    query: { consentVersion: '2025-1', dryRun },
  });
  // The gateway's timeout.
  const context = { getRemainingTimeInMillis: () => 29_000 } as Context;
  const { statusCode = 500, body: text = '' } = await (handler as Handler)(event, context);
  if (statusCode > 299) throw new Error(text.slice(0, 1000));
  return JSON.parse(text) as { id: string; accepted: number; compared: number };
};

await measured('nothing yet', async () => undefined);
const { compared } = await measured('dry run', () => hand('true'));
const { id, accepted } = await measured('accept', () => hand('false'));
tell({ id, accepted, compared });
