import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type Mutant, mutants, planted } from './mutants.ts';

// The long run finds out whether they are killed; a mutant that cannot be planted would prove nothing.
test.each(Object.entries(mutants) as [string, Mutant][])('%s: it can be planted', (_, mutant) => {
  const source = readFileSync(`functions/figures/${mutant.file}`, 'utf8');
  expect(planted(mutant, source)).not.toBe(source);
});
