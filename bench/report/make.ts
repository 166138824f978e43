// Makes the report of a year in this process, in each form, and tells time and memory.
import type { Context } from 'aws-lambda';
import { xlsx } from '../../functions/http/contract.ts';
import { handler } from '../../functions/reports/api.ts';
import { type Handler, httpEvent } from '../../test/support/http-event.ts';
import { measured, tell } from '../import/measure.ts';

const year = process.argv[2] ?? '';
let bytes = 0;
const make = async (accept: string): Promise<void> => {
  const event = httpEvent({
    ...{ route: 'GET /reports/{year}/draft', params: { year }, headers: { accept } },
    token: { sub: 'auditor-1', role: 'auditor' },
  });
  const context = { getRemainingTimeInMillis: () => 29_000 } as Context;
  const { statusCode, body = '' } = await (handler as Handler)(event, context);
  if (statusCode !== 200) throw new Error(body.slice(0, 1000));
  if (accept === xlsx) bytes = Buffer.byteLength(body, 'base64');
};

await measured('nothing yet', async () => undefined);
for (const accept of ['application/json', 'text/html', xlsx, 'text/csv'])
  await measured(accept, () => make(accept));
tell({ bytes });
