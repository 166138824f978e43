import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { listItems } from '../../../functions/views/views.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

const after = (sk: string) =>
  listItems({
    index: 'items',
    partition: 'areas',
    limit: 1,
    cursor: Buffer.from(JSON.stringify({ pk: 'areas', sk })).toString('base64url'),
  });

test.each([
  ['longer than a sort key may be, in bytes', '区'.repeat(342)],
  ['half of a character', 'a\ud800'],
])('a cursor that is %s is refused before DynamoDB refuses it', async (_, sk) => {
  await expect(after(sk)).rejects.toMatchObject({ code: 'invalid-cursor' });
});

test('a cursor as long as a sort key may be is a place like any other', async () => {
  expect(await after('区'.repeat(341))).toMatchObject({ items: [], next: null });
});
