import '../../support/tables.ts';

import { expect, test } from '@jest/globals';
import { handler } from '../../../functions/reference/api.ts';
import { asyncApi } from '../../../functions/reference/asyncapi.ts';
import { openApi } from '../../../functions/reference/openapi.ts';
import { asJson } from '../../support/documents.ts';
import { ask } from '../../support/http-event.ts';

test.each([
  ['GET /openapi.json', 'openapi', openApi],
  ['GET /asyncapi.json', 'asyncapi', asyncApi],
] as const)('%s gives it to anybody, twice the same', async (route, key, make) => {
  for (const _ of [1, 2]) {
    const { status, body } = await ask(handler, { route });
    expect(status).toBe(200);
    expect(body[key]).toMatch(/^3\./);
    expect(body).toEqual(asJson(make()));
  }
});
