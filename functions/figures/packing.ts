/**
 * Short forms of what documents repeat. DynamoDB charges by the kilobyte, and a page holds some
 * eighty children in its 4 KB only because ids and names are not written out for each.
 */

/** A UUID in 22 characters. */
export const shortId = (uuid: string): string =>
  Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');

export const longId = (short: string): string => {
  const hex = Buffer.from(short, 'base64url').toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
};

/** The key of a sheet in a document: its activity in short, month and day, and its number. */
export const shortSheet = (sheetId: string): string => {
  const [activityId = '', date = '', number = ''] = sheetId.split('~');
  return `${shortId(activityId)}${date.slice(5, 7)}${date.slice(8, 10)}${number}`;
};

/** @param year the sheet's year, which its document names */
export const longSheet = (short: string, year: string): string =>
  [
    longId(short.slice(0, 22)),
    `${year}-${short.slice(22, 24)}-${short.slice(24, 26)}`,
    short.slice(26),
  ].join('~');

/** Names that an item holds once, each with its number. Names are added, never taken away. */
export interface Names {
  readonly all: string[];
  readonly numbers: Map<string, number>;
}

export const namesOf = (all: readonly string[] = []): Names => ({
  all: [...all],
  numbers: new Map(all.map((name, at) => [name, at])),
});

/** A name's number, given to it now if it has none. */
export const numberOf = (names: Names, name: string): number => {
  const known = names.numbers.get(name);
  if (known !== undefined) return known;
  names.numbers.set(name, names.all.length);
  return names.all.push(name) - 1;
};

/** The name that a number stands for among the names of an item. */
export const nameReader =
  (all: readonly string[]) =>
  (number: string | undefined): string =>
    all[Number(number)] ?? '';

/** An area, and the areas above it in the year. */
interface AreaPath {
  readonly areaId: string;
  readonly areasAbove: readonly string[];
}

/** The number of an area with those above it, as one name. */
export const numberOfArea = (names: Names, { areaId, areasAbove }: AreaPath): number =>
  numberOf(names, [areaId, ...areasAbove].join('>'));

/** The area of such a name. */
export const areaNamed = (name: string): AreaPath => {
  const [areaId = '', ...areasAbove] = name.split('>');
  return { areaId, areasAbove };
};

/** Whole numbers by measure. */
export type Measures = Readonly<Record<string, number>>;

/** `3:11,4:1980`: the number of each measure, and its value. */
export const packMeasures = (names: Names, measures: Measures): string =>
  Object.entries(measures)
    .map(([name, value]) => `${numberOf(names, name)}:${value}`)
    .join(',');

export const unpackMeasures = (names: Names, packed: string): Measures =>
  Object.fromEntries(
    packed === ''
      ? []
      : packed.split(',').map((pair) => {
          const [number = '', value = ''] = pair.split(':');
          return [names.all[Number(number)] ?? '', Number(value)];
        }),
  );
