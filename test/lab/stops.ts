import type { Item } from './expressions.ts';
import type { Faults } from './faults.ts';
import type { Note } from './machine.ts';
import type { Random } from './random.ts';
import type { Sent } from './store-shapes.ts';

/** A write before which the calling function is stopped, `times` times. */
export interface Stop {
  /** The name that `writeName` gives it. */
  readonly write: string;
  readonly times: number;
}

interface Action {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
}
type Requests = Readonly<
  Record<string, readonly Readonly<Record<string, Omit<Action, 'TableName'>>>[]>
>;

/** The kind of a key: its first part; `*` for ids, months and years. */
const kindOfKey = (part: unknown): string => {
  const [kind = ''] = String(part).replace(/^\d+~/, '').split('#');
  return /^([0-9a-f]{8}-|\d)/.test(kind) ? '*' : kind;
};

/** The kind of a written item, by table and key: `ledger membership`, `people person/notice`. */
const kindOf = ({ TableName, Item, Key }: Action): string => {
  const { pk, sk } = Item ?? Key ?? {};
  return `${TableName} ${kindOfKey(pk)}${sk === undefined ? '' : `/${kindOfKey(sk)}`}`;
};

const actionsOf = ({ input }: Sent): readonly Action[] => {
  if (input.TransactItems)
    return (input.TransactItems as readonly Readonly<Record<string, Action>>[]).flatMap((action) =>
      Object.values(action),
    );
  if (input.RequestItems)
    return Object.entries(input.RequestItems as Requests).flatMap(([TableName, requests]) =>
      requests.flatMap((request) =>
        Object.values(request).map((given) => ({ TableName, ...given })),
      ),
    );
  return [input as unknown as Action];
};

/**
 * The name of a write: its operation and, in order, each kind of item once, such as
 * `TransactWrite ledger import-chunk + people import/chunk`.
 */
const writeName = (sent: Sent): string => {
  if (sent.name === 'PutEvents') return 'PutEvents';
  const kinds = new Set(
    actionsOf(sent)
      .filter((action) => action)
      .map(kindOf),
  );
  return `${sent.name} ${[...kinds].sort().join(' + ')}`;
};

/**
 * Stops functions before writes of certain names: the given ones, and others that are picked at random when
 * a name is first seen.
 */
export const createStops = (given: readonly Stop[], faults: Faults, random: Random, note: Note) => {
  const left = new Map<string, number>(given.map(({ write, times }) => [write, times]));
  let struck = 0;
  return {
    /** Whether the function is stopped before this write. */
    strikes: (sent: Sent): boolean => {
      if (faults.over()) return false;
      const name = writeName(sent);
      const known = left.get(name);
      const times = known ?? (faults.strikes('stopBefore') ? random.between(1, 4) : 0);
      if (known === undefined && times > 0) note(() => `stops begin before each ${name}: ${times}`);
      left.set(name, Math.max(0, times - 1));
      if (times > 0) struck += 1;
      return times > 0;
    },
    struck: (): number => struck,
  };
};
export type Stops = ReturnType<typeof createStops>;
