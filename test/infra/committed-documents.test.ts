import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { committedDocuments } from '../../infra/committed-documents.ts';

test.each(Object.entries(committedDocuments()))('%s is made from the code', (file, text) => {
  if (readFileSync(file, 'utf8') !== text)
    throw new Error(`${file} differs from the code: run \`npm run schemas\`, and read its diff`);
});

test('they are made the same each time', () => {
  expect(committedDocuments()).toEqual(committedDocuments());
});
