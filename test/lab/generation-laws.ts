import type { Item } from './expressions.ts';
import type { Faults } from './faults.ts';
import { listed } from './laws.ts';
import type { Store } from './memory-store.ts';
import type { Random } from './random.ts';
import type { Sent } from './store-shapes.ts';

const pointer = { pk: 'generations', sk: 'pointer' };
export const generationOf = (pk: string): number => Number(/^(\d+)~/.exec(pk)?.[1] ?? 1);
const bare = (name: unknown): string => String(name).replace(/^\d+~/, '');

interface Pointer {
  readonly live: number;
  readonly loading: number | null;
  readonly building: number | null;
}
const pointerFrom = ({ live, loading, building }: Item): Pointer => ({
  live: (live as number) ?? 1,
  loading: (loading as number) ?? null,
  building: (building as number) ?? null,
});
export const pointerOf = (store: Store): Pointer => {
  const { Item } = store.execute({ name: 'Get', input: { TableName: 'views', Key: pointer } }) as {
    readonly Item?: Item;
  };
  return pointerFrom(Item ?? {});
};

/** The store as a reader of one generation sees it. */
export const inGeneration = (store: Store, generation: number): Store => ({
  ...store,
  all: (table) =>
    table === 'views'
      ? store
          .all(table)
          .filter(({ pk }) => pk !== pointer.pk && generationOf(String(pk)) === generation)
          .map((item) => ({ ...item, pk: bare(item.pk) }))
      : store.all(table),
});

type Versions = Map<string, number>;
const raise = (versions: Versions, id: string, version: number): void => {
  versions.set(id, Math.max(versions.get(id) ?? 0, version));
};

interface Context {
  readonly store: () => Store;
  readonly faults: Faults;
  readonly random: Random;
  readonly note: (line: () => string) => void;
  readonly mistake: (line: string) => void;
  readonly switched: () => void;
}

/**
 * The laws of a rebuild, checked at every call. When a generation is switched to, it has every event that
 * was in the Ledger when the projector was told of it, and every event that the projector has
 * acknowledged. Before the projector is told of it, the projector writes nothing there; afterwards no step
 * of loading or counting is made. The rebuild writes only into a generation that it began. Nothing is
 * deleted from a generation that is read or built.
 */
export const createGenerationLaws = ({
  store,
  faults,
  random,
  note,
  mistake,
  switched,
}: Context) => {
  const appended: Versions = new Map();
  const acknowledged: Versions = new Map();
  const begun = new Set<number>();
  const joined = new Map<number, Versions>();
  const compared = new Set<number>();
  let known: Pointer = pointerFrom({});
  let switches = 0;

  const checkSwitch = (generation: number): void => {
    const there: Versions = new Map();
    for (const { pk, id, version, row } of store().all('views'))
      if (row && id && generationOf(String(pk)) === generation)
        there.set(String(id), version as number);
    for (const [what, versions] of [
      ['appended before the projector was told of it', joined.get(generation) ?? new Map()],
      ['taken in', acknowledged],
    ] as const)
      for (const [id, version] of versions)
        if ((there.get(id) ?? 0) < version)
          mistake(
            `generation ${generation} has ${id} v${there.get(id) ?? 0}, but v${version} was ${what}`,
          );
  };

  /** Makes a count of a generation wrong before its comparison, which must notice it. */
  const damage = (who: string): void => {
    const made = known.building ?? known.loading;
    if (made === null || compared.has(made)) return;
    const counts = store()
      .all('views')
      .filter(
        ({ pk, sk }) => String(pk).startsWith(`${made}~totals#`) && String(sk).endsWith('#p'),
      );
    if (counts.length === 0 || !faults.strikes('damage')) return;
    const { pk, sk } = random.pick(counts) as Item;
    note(() => `a count of the generation that ${who} makes is damaged: ${pk} ${sk}`);
    store().execute({
      name: 'Update',
      input: {
        TableName: 'views',
        Key: { pk, sk },
        UpdateExpression: 'ADD #s :one',
        ExpressionAttributeNames: { '#s': 'V:*' },
        ExpressionAttributeValues: { ':one': 1 },
      },
    });
  };

  const writtenBy = ({ input }: Sent): readonly string[] => {
    const actions = (input.TransactItems ?? [input]) as readonly Readonly<Record<string, Item>>[];
    return actions.flatMap((action) => {
      const { Item, Key } = (action.Put ?? action.Update ?? action) as {
        readonly Item?: Item;
        readonly Key?: Item;
      };
      const pk = Item?.pk ?? Key?.pk;
      return pk === undefined ? [] : [String(pk)];
    });
  };

  return {
    /** Called for each row appended to the Ledger. */
    append: ({ pk, version }: Item): void => {
      const [type = '', id = ''] = String(pk).split('#');
      if (listed.test(type)) raise(appended, id, version as number);
    },
    /** Called when the projector has acknowledged these messages. */
    acknowledge: (bodies: readonly string[]): void => {
      for (const body of bodies) {
        const { type, id, version } = JSON.parse(body).detail?.aggregate ?? {};
        if (listed.test(type)) raise(acknowledged, id, version);
      }
    },
    /** Called for each item written in the Views. */
    wrote: (item: Item): void => {
      const { pk, sk } = item;
      if (pk !== pointer.pk) return;
      const step = /^(\d+)#\w+#\d+$/.exec(String(sk));
      if (step && joined.has(Number(step[1])))
        mistake(`${sk} makes a step, but the projector writes there`);
      if (sk !== pointer.sk) return;
      const now = pointerFrom(item);
      if (now.loading !== null) begun.add(now.loading);
      if (now.building !== null && now.building !== known.building)
        joined.set(now.building, new Map(appended));
      if (now.live !== known.live) {
        switches += 1;
        checkSwitch(now.live);
        switched();
      }
      known = now;
    },
    /** Called before each call is executed. */
    before: (who: string, sent: Sent): void => {
      const { name, input } = sent;
      if (who.startsWith('projector'))
        for (const pk of writtenBy(sent))
          if (generationOf(pk) === known.loading)
            mistake(`${who} wrote ${pk}, which is being loaded`);
      if (who.startsWith('rebuild')) {
        // Once the projector writes to a generation too, a list of its items is read to be compared.
        if (/^(Scan|Query)$/.test(name) && known.building !== null) compared.add(known.building);
        for (const pk of /^(Scan|Query)$/.test(name) ? [] : writtenBy(sent))
          if (/^(Put|Update|TransactWrite)$/.test(name)) {
            if (pk === pointer.pk) damage(who);
            else if (!begun.has(generationOf(pk))) mistake(`${who} wrote ${pk}, which is read`);
          }
      }
      if (name !== 'BatchWrite') return;
      const { views = [] } = input.RequestItems as Readonly<
        Record<string, readonly { readonly DeleteRequest?: { readonly Key: Item } }[]>
      >;
      for (const { DeleteRequest } of views) {
        const pk = String(DeleteRequest?.Key.pk);
        const generation = generationOf(pk);
        // What waits while a generation is loaded, and notes of what is taken in, are read by nobody.
        if (String(DeleteRequest?.Key.sk).includes('#take#')) continue;
        if (who.startsWith('rebuild') && bare(pk).startsWith('load#')) continue;
        if (DeleteRequest && [known.live, known.loading, known.building].includes(generation))
          mistake(`${who} deleted ${DeleteRequest.Key.pk}, which is read or made`);
      }
    },
    switches: (): number => switches,
  };
};
export type GenerationLaws = ReturnType<typeof createGenerationLaws>;
