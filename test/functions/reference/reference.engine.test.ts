import '../../support/tables.ts';

import { describe, expect, test } from '@jest/globals';
import { eventTypes, readEvent, sourceOf } from '../../../events/catalogue.ts';
import { handler } from '../../../functions/reference/api.ts';
import { asyncApi } from '../../../functions/reference/asyncapi.ts';
import { openApi } from '../../../functions/reference/openapi.ts';
import { asJson, refsIn, resolve } from '../../support/documents.ts';
import { ask } from '../../support/http-event.ts';

describe('AsyncAPI', () => {
  const document = asJson(asyncApi());

  test('has every event, and no other', () => {
    expect(document.asyncapi).toBe('3.0.0');
    expect(Object.keys(document.components.messages).sort()).toEqual([...eventTypes].sort());
    expect(Object.keys(document.channels.bus.messages).sort()).toEqual([...eventTypes].sort());
  });

  test.each(eventTypes)('%s: its example reads, and its schema is of that type', (type) => {
    const { name, examples, payload, tags } = document.components.messages[type];
    expect(name).toBe(type);
    expect(examples.length).toBeGreaterThan(0);
    for (const { payload: example } of examples) expect(readEvent(example)).toEqual(example);
    expect(payload.schema.properties.type.const).toBe(type);
    expect(payload.schema.required).toEqual(expect.arrayContaining(['id', 'aggregate', 'data']));
    expect(tags).toContainEqual({ name: sourceOf(type) });
  });

  test('every $ref leads somewhere', () => {
    const local = refsIn(document).filter((ref) => ref.startsWith('#/c'));
    expect(local.length).toBeGreaterThan(0);
    for (const ref of local)
      expect([ref, resolve(document, ref)]).toEqual([ref, expect.anything()]);
  });
});

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
