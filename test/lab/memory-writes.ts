import { awsError, cancelled } from '../support/aws-error.ts';
import { holds, type Item, type Placeholders, updated } from './expressions.ts';
import type { Tables } from './memory-table.ts';
import { frozen, type Key } from './store-shapes.ts';

interface Write extends Placeholders {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Key;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ReturnValues?: string;
}
type Request = Readonly<Record<string, { readonly Item?: Item; readonly Key?: Key }>>;

/** DynamoDB's limits. */
const maxActions = 100;
const maxBatch = 25;

export const createWrites = (tables: Tables, refuseUnknown: (input: object) => void) => {
  const keyed = ({ Item, Key }: Write): Item => Item ?? Key ?? {};
  const checked = (write: Write): boolean =>
    holds(write.ConditionExpression, tables.get(write.TableName, keyed(write)), write);
  const done = (kind: string, write: Write): void => {
    const { TableName, Item, Key, UpdateExpression } = write;
    if (kind === 'Delete' && Key) tables.remove(TableName, Key);
    else if (kind === 'Put' && Item) tables.put(TableName, frozen(Item));
    else if (kind === 'Update' && Key && UpdateExpression) {
      const before = tables.get(TableName, Key) ?? Key;
      tables.put(TableName, frozen(updated(UpdateExpression, before, write)));
    } else throw new Error('the model does not know this write');
  };

  return {
    one:
      (kind: 'Put' | 'Update' | 'Delete') =>
      (write: Write): object => {
        const { ReturnValues } = write;
        if (ReturnValues !== undefined && (kind !== 'Update' || ReturnValues !== 'ALL_NEW'))
          throw new Error(`the model does not know how to return ${ReturnValues}`);
        if (!checked(write)) throw awsError('ConditionalCheckFailedException');
        done(kind, write);
        return ReturnValues ? { Attributes: tables.get(write.TableName, keyed(write)) } : {};
      },

    transact: ({
      TransactItems: actions,
    }: {
      readonly TransactItems: readonly Readonly<Record<string, Write>>[];
    }): object => {
      if (actions.length === 0 || actions.length > maxActions)
        throw awsError('ValidationException');
      const writes = actions.map((action) => {
        const [kind, write] = Object.entries(action).find(([, given]) => given) ?? [];
        if (!write || !kind || !/^(Put|Update|Delete|ConditionCheck)$/.test(kind))
          throw new Error(`the model does not know ${kind} in a transaction`);
        refuseUnknown(write);
        return { kind, write };
      });
      const ids = writes.map(({ write }) => tables.idOf(write.TableName, keyed(write)));
      if (new Set(ids).size < ids.length) throw awsError('ValidationException');
      const codes = writes.map(({ write }) => (checked(write) ? 'None' : 'ConditionalCheckFailed'));
      if (codes.some((code) => code !== 'None')) throw cancelled(...codes);
      for (const { kind, write } of writes) if (kind !== 'ConditionCheck') done(kind, write);
      return {};
    },

    /** Each write is independent and has no condition. */
    batch: ({
      RequestItems,
    }: {
      readonly RequestItems: Readonly<Record<string, readonly Request[]>>;
    }): object => {
      const writes = Object.entries(RequestItems).flatMap(([TableName, requests]) =>
        requests.flatMap((request) =>
          Object.entries(request).map(([name, given]) => {
            const kind = name.replace(/Request$/, '');
            if (kind !== 'Put' && kind !== 'Delete')
              throw new Error(`the model does not know ${name} in a batch`);
            return { kind, write: { ...given, TableName } };
          }),
        ),
      );
      const ids = writes.map(({ write }) => tables.idOf(write.TableName, keyed(write)));
      if (ids.length === 0 || ids.length > maxBatch || new Set(ids).size < ids.length)
        throw awsError('ValidationException');
      for (const { kind, write } of writes) done(kind, write);
      return { UnprocessedItems: {} };
    },
  };
};
