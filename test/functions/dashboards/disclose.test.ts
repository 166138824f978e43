import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { disclose } from '../../../functions/dashboards/disclose.ts';
import { type Line, lineKinds } from '../../../functions/dashboards/line.ts';

const line: Line = {
  id: 'somebody',
  kind: 'person',
  month: '2025-10',
  areaId: 'hongqi-01',
  theme: null,
  organisationId: null,
  teamId: null,
  value: 1,
  version: null,
  parts: [{ id: 'sheet', version: 3 }],
  partCount: 1,
};
const pseudonym = async (id: string): Promise<string> => `p-${id}`;

test('only the ids of persons and registrations are a person’s', async () => {
  const shown = await Promise.all(
    lineKinds.map(async (kind) => [kind, (await disclose({ ...line, kind }, pseudonym)).id]),
  );
  expect(shown.filter(([, id]) => id !== 'somebody')).toEqual([
    ['person', 'p-somebody'],
    ['volunteer', 'p-somebody'],
  ]);
});

test('everything that a line has is shown', async () => {
  const { id: _, ...rest } = line;
  expect(await disclose(line, pseudonym)).toEqual({ ...rest, id: 'p-somebody' });
});

test('of a kind that nobody declared the id is a person’s, and no other field is shown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (secret) => {
      for (const kind of ['story', 'constructor', '__proto__', 'toString']) {
        const unknown = { ...line, kind, authorId: `x${secret}`, constructor: secret };
        const shown = await disclose(unknown as unknown as Line, pseudonym);
        expect(shown).toEqual({ ...line, kind, id: 'p-somebody' });
      }
    }),
  );
});
