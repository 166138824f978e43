import { describe, expect, test } from '@jest/globals';
import { asyncApi } from '../../../functions/reference/asyncapi.ts';
import { describeFields, isDescribed } from '../../../functions/reference/fields.ts';
import { glossary } from '../../../functions/reference/glossary.ts';
import { openApi } from '../../../functions/reference/openapi.ts';
import { asJson, partsOf } from '../../support/documents.ts';

describe('what the glossary says', () => {
  const used = new Set(
    [openApi(), asyncApi()].flatMap((document) =>
      partsOf(asJson(document)).flatMap(([, { name, description, properties }]) => [
        `${name}: ${description}`,
        ...Object.entries(Object(properties)).map(
          ([field, schema]) => `${field}: ${Object(schema).description}`,
        ),
      ]),
    ),
  );

  test.each(Object.entries(glossary))('of %s is said somewhere', (name, text) => {
    expect(used).toContain(`${name}: ${text}`);
  });

  test('comes after what a schema says itself', () => {
    const own = { type: 'string', description: 'Its own.' };
    const schema = { properties: { areaId: own, teamId: { type: 'string' } } };
    expect(describeFields(schema)).toEqual({
      properties: { areaId: own, teamId: { type: 'string', description: glossary.teamId } },
    });
  });

  test('is not put into examples', () => {
    const example = { properties: { areaId: {} } };
    expect(describeFields({ example, examples: [example] })).toEqual({
      example,
      examples: [example],
    });
  });
});

test.each([
  [{ type: 'string' }, false],
  [{ description: 'x' }, true],
  [{ $ref: '#/x' }, true],
  [{ anyOf: [{ type: 'null' }, { $ref: '#/x' }] }, true],
  [{ anyOf: [{ type: 'null' }, { type: 'string' }] }, false],
  [{ type: 'array', items: { description: 'x' } }, true],
])('%j is described: %p', (schema, expected) => {
  expect(isDescribed(schema)).toBe(expected);
});
