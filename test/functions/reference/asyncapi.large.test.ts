import { Parser } from '@asyncapi/parser';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { catalogue, eventTypes, readEvent, sourceOf } from '../../../events/catalogue.ts';
import { asyncApi } from '../../../functions/reference/asyncapi.ts';
import { isDescribed } from '../../../functions/reference/fields.ts';
import {
  asJson,
  type Json,
  partsOf,
  refsIn,
  repeatedShapes,
  resolve,
  undescribedFields,
} from '../../support/documents.ts';

const document = asJson(asyncApi());
const schemas = Object.entries<Json>(document.components.schemas);

/** What the parser says of a document. */
const diagnosticsOf = async (text: Json) =>
  (await new Parser().parse(JSON.stringify(text))).diagnostics.map(({ code, message, path }) => [
    code,
    message,
    path.join('/'),
  ]);

describe('messages', () => {
  test('are those of the catalogue, and no other', () => {
    const types = [...eventTypes].sort();
    expect(Object.keys(document.components.messages).sort()).toEqual(types);
    expect(Object.keys(document.channels.bus.messages).sort()).toEqual(types);
    expect(document.operations.publish.messages).toHaveLength(types.length);
  });

  test.each(eventTypes)('%s: its example reads, and its schema is of that type', (type) => {
    const { name, examples, headers, payload, tags } = document.components.messages[type];
    expect(name).toBe(type);
    expect(examples.length).toBeGreaterThan(0);
    for (const { payload: example } of examples) expect(readEvent(example)).toEqual(example);
    expect(payload).toEqual({ $ref: `#/components/schemas/${type}` });
    const { properties, required } = document.components.schemas[type];
    expect(properties.type.const).toBe(type);
    expect(properties.schemaVersion.const).toBe(catalogue[type].schemaVersion);
    expect(properties.data).toEqual({ $ref: `#/components/schemas/${type}Data` });
    expect(required).toEqual(expect.arrayContaining(['id', 'aggregate', 'data']));
    expect(headers.properties.source.const).toBe(sourceOf(type));
    expect(headers.properties['detail-type'].const).toBe(type);
    expect(document.info.tags).toContainEqual(expect.objectContaining(tags[0]));
  });
});

describe('schemas', () => {
  test('every $ref leads somewhere', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of refs) expect([ref, resolve(document, ref)]).toEqual([ref, expect.anything()]);
  });

  test('no shape or list of values is written out twice', () => {
    const own = repeatedShapes({ components: { schemas: document.components.schemas } });
    expect(own).toEqual([]);
  });

  test('each is described, and each of its fields', () => {
    const said = schemas.filter(([, { description }]) => !/\S/.test(description ?? ''));
    expect(said.map(([name]) => name)).toEqual([]);
    expect(undescribedFields(document, isDescribed)).toEqual([]);
  });

  test.each(eventTypes)('%s: its example is one by its schema, and a broken one is not', (type) => {
    // `components` is no word of JSON Schema.
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const { payload, examples } = document.components.messages[type];
    const isValid = ajv.compile({ ...payload, components: document.components });
    expect([isValid(examples[0].payload), isValid.errors]).toEqual([true, null]);
    expect(isValid({ ...examples[0].payload, data: null })).toBe(false);
  });

  test('an event may have fields that a later version adds', () => {
    const closed = partsOf(document).filter(([, part]) => part.additionalProperties === false);
    expect(closed.map(([pointer]) => pointer)).toEqual([]);
  });
});

test('the parser of AsyncAPI has nothing to say to it', async () => {
  expect(await diagnosticsOf(document)).toEqual([]);
});

test('the parser does see a message without a schema', async () => {
  const broken = structuredClone(document);
  delete broken.components.schemas.ActivityPublishedData;
  expect(await diagnosticsOf(broken)).not.toEqual([]);
});
