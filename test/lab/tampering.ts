import type { Item } from './expressions.ts';
import type { Send } from './machine.ts';
import type { Sent } from './store-shapes.ts';

/** Ways to change the store's answers and the functions' requests. */

export interface Action {
  readonly Put?: {
    readonly TableName: string;
    readonly Item: Item;
    readonly ConditionExpression?: string;
    readonly ExpressionAttributeValues?: Item;
  };
  readonly Update?: object;
}

export const isLine = (item: Item): boolean => item.version !== undefined && item.row !== undefined;
export const isPresence = (item: Item): boolean => item.revision !== undefined;

/** Changes the answers of reads. */
export const seen =
  (change: (item: Item) => Item) =>
  (next: Send): Send =>
  async (sent) => {
    const result = await next(sent);
    if (sent.name !== 'BatchGet') return result;
    const { Responses, ...more } = result as { Responses: Record<string, readonly Item[]> };
    const changed = Object.entries(Responses).map(([table, items]) => [table, items.map(change)]);
    return { ...more, Responses: Object.fromEntries(changed) };
  };

export const actionsOf = ({ input }: Sent): readonly Action[] => input.TransactItems as Action[];
export const transaction = (actions: readonly Action[]): Sent => ({
  name: 'TransactWrite',
  input: { TransactItems: actions },
});

/** Removes the condition from the puts of some items. */
export const unchecked =
  (which: (item: Item) => boolean) =>
  (next: Send): Send =>
  (sent) => {
    if (sent.name !== 'TransactWrite') return next(sent);
    const actions = actionsOf(sent).map(
      (action): Action =>
        action.Put && which(action.Put.Item)
          ? { Put: { TableName: action.Put.TableName, Item: action.Put.Item } }
          : action,
    );
    return next(transaction(actions));
  };

/** Splits a transaction into parts that are written one after another. */
export const apart =
  (parts: (actions: readonly Action[]) => readonly (readonly Action[])[]) =>
  (next: Send): Send =>
  async (sent) => {
    const actions = sent.name === 'TransactWrite' ? actionsOf(sent) : [];
    // Transactions of commands, which write Ledger rows, stay whole.
    if (!actions.some(({ Put }) => Put && isLine(Put.Item))) return next(sent);
    let result = {};
    for (const part of parts(actions)) if (part.length > 0) result = await next(transaction(part));
    return result;
  };

export const linesFirst = (actions: readonly Action[]) => [
  actions.filter(({ Put }) => Put),
  ...actions.filter(({ Update }) => Update).map((action) => [action]),
];
export const linesLast = (actions: readonly Action[]) => [
  ...actions.filter(({ Update }) => Update).map((action) => [action]),
  ...actions.filter(({ Put }) => Put).map((action) => [action]),
];

export const composed =
  (...wrappers: readonly ((next: Send) => Send)[]) =>
  (next: Send): Send =>
    wrappers.reduceRight((inner, wrap) => wrap(inner), next);
