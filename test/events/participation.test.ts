import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

import fc from 'fast-check';
import { readEvent } from '../../events/catalogue.ts';
import { exampleOf } from '../../events/examples.ts';
import {
  type Entry,
  entriesOf,
  entry,
  entryFlags,
  hoursOrigins,
  inCommon,
  maxEntries,
  sumsIn,
} from '../../events/participation.ts';
import { noSums } from '../../events/sheet-sums.ts';
import { volunteerTags } from '../../events/volunteers.ts';

const actor = fc.string({ minLength: 1, maxLength: 36 });
const line: fc.Arbitrary<Entry> = fc.record({
  volunteerId: fc.uuid(),
  tags: fc.subarray([...volunteerTags]),
  onDuty: fc.boolean(),
  attendedMinutes: fc.nat(1440),
  creditedMinutes: fc.nat(1440),
  origin: fc.constantFrom(...hoursOrigins),
  status: fc.constantFrom('pending', 'verified', 'rejected', 'voided'),
  enteredBy: fc.array(actor, { minLength: 1, maxLength: 3 }),
  verifiedBy: fc.array(actor, { maxLength: 2 }),
  objection: fc.option(fc.record({ on: fc.constant('2025-10-25'), reason: actor })),
  flags: fc.subarray([...entryFlags]),
});

test('entries that say what they have in common once are the same entries', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (entries) => {
      const packed = inCommon(entries);
      expect(entriesOf(packed)).toEqual(entries);
      for (const each of entriesOf(packed)) expect(entry.parse(each)).toEqual(each);
    }),
  );
});

test('a full sheet of people who have nothing in common but the day stays below 32 KB', () => {
  const event = exampleOf('HoursLogged');
  const [first] = entriesOf(event.data as Parameters<typeof entriesOf>[0]);
  const entries = Array.from({ length: maxEntries }, (_, n) => ({
    ...(first as Entry),
    volunteerId: `0198c0de-0000-7000-8000-${String(n).padStart(12, '0')}`,
    tags: n % 2 === 0 ? ['party-member' as const] : [],
    attendedMinutes: 100 + n,
    creditedMinutes: 90 + n,
  }));
  const whole = { ...event, data: { ...event.data, ...inCommon(entries) } };
  expect(JSON.stringify(whole).length).toBeLessThan(32 * 1024);
});

test('an earlier event says that it does not know how its participations were entered', () => {
  const { data } = readEvent(
    JSON.parse(readFileSync(join(import.meta.dirname, 'golden/HoursVerified.v1.json'), 'utf8')),
  );
  expect(sumsIn(data as Parameters<typeof sumsIn>[0])).toEqual({
    ...noSums,
    ...{ participations: 2, creditedMinutes: 360, partyMemberParticipations: 1, unassessed: 2 },
  });
});
