import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Entry, entry } from '../../../events/participation.ts';
import { persons } from '../../../functions/participation/projection.ts';
import { disclosed } from '../../../functions/views/disclose.ts';
import { arbitraryOf, uniqueText } from '../../support/arbitrary.ts';

const pseudonym = async (): Promise<string> => 'p-somebody';
const entries = arbitraryOf(entry) as fc.Arbitrary<Entry>;

test('an entry shows no staff, and its volunteer only where that is declared', async () => {
  await fc.assert(
    fc.asyncProperty(entries, async (each) => {
      const shown = await disclosed(each, persons.entry, pseudonym);
      const hidden = { ...persons.entry, volunteerId: 'person', objection: 'hidden' } as const;
      const less = JSON.stringify(await disclosed(each, hidden, pseudonym));
      expect(shown).toMatchObject({ volunteerId: each.volunteerId, status: each.status });
      const staff = [...each.enteredBy, ...each.verifiedBy];
      for (const secret of staff) expect(JSON.stringify(shown)).not.toContain(`"${secret}"`);
      for (const secret of [each.volunteerId, each.objection?.reason ?? 'no reason', ...staff])
        expect(less).not.toContain(JSON.stringify(secret));
    }),
  );
});

test('every field of an entry is declared', () => {
  expect(Object.keys(persons.entry).sort()).toEqual(Object.keys(entry.shape).sort());
});

/** The same data with a field more in every object. */
const withMore = (data: unknown, secret: string): unknown => {
  if (Array.isArray(data)) return data.map((item) => withMore(item, secret));
  if (typeof data !== 'object' || data === null) return data;
  const more = Object.entries(data).map(([name, value]) => [name, withMore(value, secret)]);
  return { ...Object.fromEntries(more), inventedId: secret, constructor: secret };
};

test('a field that nobody declared is not shown, however deep', async () => {
  await fc.assert(
    fc.asyncProperty(entries, uniqueText, async (each, secret) => {
      const more = withMore(each, secret) as object;
      expect(JSON.stringify(await disclosed(more, persons.entry, pseudonym))).not.toContain(secret);
    }),
  );
});

test('a field that is something else than was declared is not shown', async () => {
  const secret = { name: '欧阳' };
  const row = {
    status: secret,
    volunteerId: secret,
    enteredBy: [secret, [secret]],
    tags: secret,
    objection: '欧阳',
  };
  expect(JSON.stringify(await disclosed(row, persons.entry, pseudonym))).not.toContain('欧阳');
});
