import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { catalogue } from '../../../events/catalogue.ts';
import { envelope, stringKinds } from '../../../events/envelope.ts';
import { isCommand, type Route } from '../../../functions/http/contract.ts';
import { officialTexts } from '../../../functions/http/official-text.ts';
import { contracts } from '../../../functions/reference/contracts.ts';
import { stringLeaves } from '../../support/string-leaves.ts';

/** It changes nothing: its body is a sample, of which nothing is kept. */
const triesOnly = 'POST /inbound/{partner}/try';
const commands = Object.values(contracts).flatMap((contract) =>
  Object.values<Route>(contract).filter((route) => isCommand(route) && route.key !== triesOnly),
);

/** Strings that are kept nowhere, or only where they are one of a list. */
const unkept: Readonly<Record<string, readonly string[]>> = {
  // Has to be in the catalogue of outputs.
  'POST /activities/{id}/complete': ['outputs{}'],
  'POST /activities/{id}/correct': ['outputs{}'],
  // The place from an answer, which is not kept.
  'POST /webhooks/{id}/recover': ['cursor'],
  // A subject, as tokens have them.
  'PUT /volunteers/{id}/access-approvals/{readerId}': ['readerId'],
};

describe('what a command takes stays for good', () => {
  test.each(commands.map((route) => [route.key, route] as const))(
    '%s takes patterns, listed values, official texts, and personal data where they belong',
    (key, route) => {
      const isPersonal = (path: string) =>
        route.personal.some(
          (field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
        );
      const texts = [
        ...stringLeaves(route.params),
        ...stringLeaves(route.query),
        ...(route.file ? [] : stringLeaves(route.body)),
      ];
      const unknown = texts
        .filter(({ hasPattern, schema }) => !hasPattern && !officialTexts.has(schema as z.ZodType))
        .map(({ path }) => path)
        .filter((path) => !isPersonal(path) && !unkept[key]?.includes(path));
      expect(unknown).toEqual([]);
    },
  );
});

describe('what an event says', () => {
  test.each(Object.entries(catalogue))(
    '%s has patterns, listed values, and strings of which it is said what they are',
    (_, { data }) => {
      const unknown = stringLeaves(data)
        .filter(({ hasPattern, schema }) => !hasPattern && !stringKinds.get(schema as z.ZodType))
        .map(({ path }) => path);
      expect(unknown).toEqual([]);
    },
  );

  test('the envelope has what leifeng makes, and the subject', () => {
    expect(
      stringLeaves(envelope)
        .filter(({ hasPattern }) => !hasPattern)
        .map(({ path }) => path),
    ).toEqual([
      'type',
      'aggregate.type',
      'aggregate.id',
      'district',
      'actor.id',
      'correlationId',
      'causationId',
    ]);
  });
});

test('a free text that somebody forgot is found, at any depth', () => {
  const forgotten = z.strictObject({
    a: z.array(z.object({ b: z.string().max(5).nullable().default(null) })),
    c: z.record(z.string(), z.int()),
    d: z.string().regex(/^x$/),
    e: z.enum(['f']),
    g: z.string().regex(/x/),
  });
  expect(
    stringLeaves(forgotten)
      .filter(({ hasPattern }) => !hasPattern)
      .map(({ path }) => path),
  ).toEqual(['a[].b', 'c{}', 'g']);
  expect(() => stringLeaves(z.unknown())).toThrow();
});
