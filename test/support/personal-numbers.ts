import fc from 'fast-check';

/** Numbers of persons, in the groups in which people write them. */

export const oneOf = <T>(...all: readonly T[]) => fc.constantFrom(...all);
export const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
export const twoDigits = (max: number) =>
  fc.integer({ min: 1, max }).map((value) => String(value).padStart(2, '0'));

/** Cuts digits into groups of these lengths; the last group has the rest. */
const cut = (number: string, lengths: readonly number[]): readonly string[] => {
  const groups: string[] = [];
  let rest = number;
  for (const length of lengths) {
    groups.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return rest === '' ? groups : [...groups, rest];
};

export const mobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), digits(9))
  .map(([second, rest]) => `1${second}${rest}`)
  .chain((number) =>
    oneOf([11], [3, 4, 4], [3, 8], [7, 4], [3, 3, 5], [4, 3, 4], [5, 6], Array(11).fill(1)).map(
      (lengths) => cut(number, lengths),
    ),
  );
export const landline = fc
  .tuple(oneOf('010', '021', '0451', '0571', '0999'), fc.integer({ min: 2, max: 8 }), digits(7))
  .chain(([area, first, rest]) =>
    oneOf([area.length], [area.length, 4], [area.length, 3, 2], [area.length + 8]).map((lengths) =>
      cut(`${area}${first}${rest}`, lengths),
    ),
  );
export const residentId = fc
  .tuple(
    oneOf('110105', '230103', '230104', '440305', '650102'),
    fc.integer({ min: 1930, max: 2019 }),
    twoDigits(12),
    twoDigits(28),
    digits(4),
  )
  .chain((parts) =>
    oneOf([18], [6, 8, 4], [6, 4, 4, 4], [6, 4, 2, 2, 4], [3, 3, 4, 4, 4]).map((lengths) =>
      cut(parts.join(''), lengths),
    ),
  );
export const bankCard = fc
  .tuple(oneOf('6222', '6217', '6228', '4367', '5218'), digits(12), oneOf('', '123', '901'))
  .chain((parts) =>
    oneOf([19], [4, 4, 4, 4], [6, 6], [8, 8]).map((lengths) => cut(parts.join(''), lengths)),
  );

/** A text of these parts. */
export const phrase = (...parts: readonly (string | fc.Arbitrary<string>)[]) =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((all) => all.join(''));
