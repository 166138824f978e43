// Finds lists that order people, teams, organisations or areas by a figure.

/** A list as a reader sees it: the subject of each row, and what else the row says. */
export interface Ranking {
  readonly where: string;
  readonly rows: readonly Row[];
}
interface Row {
  readonly subject: string;
  /** What rows may be in the order of: codes, names, days, numbers of documents. */
  readonly names: Readonly<Record<string, string>>;
  readonly figures: Readonly<Record<string, number>>;
}

/** Whether values go one way, with as many different ones that this is no accident. */
const goesOneWay = <T extends string | number>(
  values: readonly T[],
  different: number,
): boolean => {
  if (new Set(values).size < different) return false;
  const pairs = values.slice(1).map((value, at) => [values[at] as T, value] as const);
  return pairs.every(([one, other]) => one <= other) || pairs.every(([one, other]) => one >= other);
};

const valuesOf = <T>(rows: readonly Readonly<Record<string, T>>[], name: string): readonly T[] =>
  rows.flatMap((row) => (Object.hasOwn(row, name) ? [row[name] as T] : []));

const namesIn = (rows: readonly object[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];

/** Three rows can be in the order of a figure by accident. */
const fewest = 4;

/**
 * The figures by which a list is ordered. None when it is short, when its rows are not of different subjects, or when
 * something else explains their order: a code, a name, a day.
 */
export const orderedBy = ({ rows }: Ranking): readonly string[] => {
  const subjects = rows.map(({ subject }) => subject);
  if (rows.length < fewest || new Set(subjects).size < rows.length) return [];
  const names = rows.map((row) => row.names);
  const isExplained =
    goesOneWay(subjects, fewest) ||
    namesIn(names).some((name) => {
      const values = valuesOf(names, name);
      return values.length === rows.length && goesOneWay(values, fewest);
    });
  if (isExplained) return [];
  const figures = rows.map((row) => row.figures);
  return namesIn(figures).filter((name) => {
    const values = valuesOf(figures, name);
    return values.length >= fewest && goesOneWay(values, fewest);
  });
};

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const subjectKeys = ['volunteerId', 'areaId', 'teamId', 'organisationId', 'id'] as const;

const leavesOf = (value: unknown, path = ''): readonly (readonly [string, string | number])[] => {
  if (typeof value === 'string' || typeof value === 'number') return [[path, value]];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}/${key}`));
};

const rowOf = (subject: string, value: unknown): Row => {
  const leaves = leavesOf(value);
  return {
    subject,
    names: Object.fromEntries(
      leaves.filter(([, leaf]) => typeof leaf === 'string'),
    ) as Row['names'],
    figures: Object.fromEntries(
      leaves.filter(([, leaf]) => typeof leaf === 'number'),
    ) as Row['figures'],
  };
};

/**
 * The lists in a JSON document whose items are about a subject, and the objects whose keys are subjects.
 * @param subjects the ids of people, teams, organisations and areas
 */
export const rankingsInJson = (
  value: unknown,
  subjects: ReadonlySet<string>,
  where = '',
): readonly Ranking[] => {
  if (Array.isArray(value)) {
    const inner = value.flatMap((each, at) => rankingsInJson(each, subjects, `${where}/${at}`));
    const ofKey = subjectKeys.map((key) => ({
      where: `${where} by ${key}`,
      rows: value.flatMap((each) => {
        const subject = isObject(each) ? each[key] : undefined;
        return typeof subject === 'string' && subjects.has(subject) ? [rowOf(subject, each)] : [];
      }),
    }));
    return [...inner, ...ofKey];
  }
  if (!isObject(value)) return [];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    rankingsInJson(each, subjects, `${where}/${key}`),
  );
  const rows = Object.entries(value).flatMap(([key, each]) =>
    subjects.has(key) ? [rowOf(key, each)] : [],
  );
  return [...inner, { where: `${where} by its keys`, rows }];
};

const numberIn = (text: string): number | undefined => {
  const found = /^-?[\d,]+(\.\d+)?/.exec(text.trim());
  return found ? Number(found[0].replaceAll(',', '')) : undefined;
};

/**
 * The rows of a table in which a cell is the name of a subject, in the order of the table.
 * @param ids the id of each subject by its name, so that rows in the order of ids are known
 */
export const rankingOfTable = (
  where: string,
  table: readonly (readonly string[])[],
  ids: ReadonlyMap<string, string>,
): Ranking => ({
  where,
  rows: table.flatMap((cells): Row[] => {
    const subject = cells.map((cell) => ids.get(cell.trim())).find((id) => id !== undefined);
    if (subject === undefined) return [];
    const numbered = cells.map((cell, at) => [String(at), numberIn(cell)] as const);
    return [
      {
        subject,
        names: Object.fromEntries(
          cells.flatMap((cell, at) => (numberIn(cell) === undefined ? [[String(at), cell]] : [])),
        ),
        figures: Object.fromEntries(
          numbered.flatMap(([at, number]) => (number === undefined ? [] : [[at, number]])),
        ),
      },
    ];
  }),
});

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};
const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&([^;]+);/g, (all, name: string) => entities[name] ?? all)
    .trim();

/** The cells of each table and the items of each list of a page. */
export const tablesInHtml = (html: string): readonly (readonly (readonly string[])[])[] => [
  ...(html.match(/<table[\s\S]*?<\/table>/g) ?? []).map((table) =>
    (table.match(/<tr[\s\S]*?<\/tr>/g) ?? []).map((row) =>
      (row.match(/<t[hd][\s\S]*?<\/t[hd]>/g) ?? []).map(textOf),
    ),
  ),
  ...(html.match(/<[uo]l[\s\S]*?<\/[uo]l>/g) ?? []).map((list) =>
    (list.match(/<li[\s\S]*?<\/li>/g) ?? []).map((item) => [
      textOf(item),
      ...textOf(item).split(/[\s·：:，,（）()]+/),
    ]),
  ),
];
