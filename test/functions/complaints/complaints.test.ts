import '../../support/district.ts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answer, close, isOverdue, receive, take } from '../../../functions/complaints/decider.ts';
import { newNumber, readNumber } from '../../../functions/complaints/number.ts';

const numbers = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((random) => newNumber('2025-10-18', random));

describe('a number', () => {
  test('is read as it was given, however it is typed', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom('', ' ', '-', '－'), (number, between) => {
        expect(readNumber(number.replaceAll('-', between))).toBe(number);
      }),
    );
  });

  test('is not read with one digit wrong, or two of them swapped', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.nat(15),
        fc.nat(14),
        fc.integer({ min: 1, max: 9 }),
        (number, at, swapAt, by) => {
          const digits = number.replaceAll('-', '').split('');
          const wrong = digits.with(at, String((Number(digits[at]) + by) % 10));
          expect(readNumber(wrong.join(''))).toBeUndefined();
          const [one = '', other = ''] = [digits[swapAt], digits[swapAt + 1]];
          const swapped = digits.with(swapAt, other).with(swapAt + 1, one);
          if (one !== other) expect(readNumber(swapped.join(''))).toBeUndefined();
        },
      ),
    );
  });
});

describe('the clock', () => {
  const { complaint } = receive(null, '2025-10-18', '2025-11-07').data;
  const answered = (on: string) =>
    answer(take(complaint, 'a', '2025-10-20')?.data.complaint ?? complaint, '已核实。', on)?.data
      .complaint ?? complaint;

  test('stops with the first answer', () => {
    expect(isOverdue(complaint, '2025-11-07')).toBe(false);
    expect(isOverdue(complaint, '2025-11-08')).toBe(true);
    expect(isOverdue(answered('2025-11-07'), '2026-01-01')).toBe(false);
    const again = answer(answered('2025-11-07'), '再次答复。', '2025-12-01')?.data.complaint;
    expect(again && isOverdue(again, '2026-01-01')).toBe(false);
    expect(isOverdue(answered('2025-11-08'), '2026-01-01')).toBe(true);
  });

  test('a complaint is closed after its answer only, and then for good', () => {
    expect(() => close(complaint, '2025-10-20')).toThrow('illegal-transition');
    const { complaint: closed } = close(answered('2025-10-24'), '2025-10-31').data;
    expect(closed).toMatchObject({ status: 'closed', closedOn: '2025-10-31' });
    expect(() => answer(closed, '又', '2025-11-01')).toThrow('illegal-transition');
    expect(() => take(closed, 'b', '2025-11-01')).toThrow('illegal-transition');
  });
});
