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

export const composed =
  (...wrappers: readonly ((next: Send) => Send)[]) =>
  (next: Send): Send =>
    wrappers.reduceRight((inner, wrap) => wrap(inner), next);
