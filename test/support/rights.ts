import { AsyncLocalStorage } from 'node:async_hooks';
import { KMSClient } from '@aws-sdk/client-kms';
import { type Partition, partitions } from '../../functions/people/partitions.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import type { Rights } from '../../functions/slice.ts';

/** The slice, and its rights, that requests to the tables are checked against while its function runs. */
interface Asking {
  readonly slice: string;
  readonly rights: Rights;
}

/** All accesses while a function runs, in their order. */
const accessing = new AsyncLocalStorage<Access[]>();
type Item = Readonly<Record<string, unknown>>;
/** One access of a request to one table. For a query, `pk` is the queried partition. */
export interface Access {
  readonly table: string;
  readonly action: string;
  readonly pk: string;
  /** Of single items. */
  readonly sk?: string;
  readonly index?: string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: inputs of every command there is
type Input = any;

const asking = new AsyncLocalStorage<Asking>();
const breaches = new Set<string>();

const pkOf = (item: Item = {}): string => String(item.pk ?? '');
const keyOf = (item: Item = {}) => ({ pk: pkOf(item), sk: String(item.sk ?? '') });

const accessesOf = (name: string, input: Input): readonly Access[] => {
  const table: string = input.TableName;
  switch (name) {
    case 'GetCommand':
    case 'PutCommand':
    case 'UpdateCommand':
    case 'DeleteCommand':
      return [
        { table, action: name.replace('Command', 'Item'), ...keyOf(input.Key ?? input.Item) },
      ];
    case 'QueryCommand': {
      const [value = ''] = /:\w+/.exec(input.KeyConditionExpression) ?? [];
      const pk = String(input.ExpressionAttributeValues[value]);
      return [{ table, action: 'Query', pk, index: input.IndexName }];
    }
    case 'BatchGetCommand':
      return Object.entries<Input>(input.RequestItems).flatMap(([of, { Keys }]) =>
        Keys.map((key: Item) => ({ table: of, action: 'BatchGetItem', pk: pkOf(key) })),
      );
    case 'BatchWriteCommand':
      return Object.entries<Input>(input.RequestItems).flatMap(([of, writes]) =>
        writes.map(({ PutRequest, DeleteRequest }: Input) => ({
          ...{
            table: of,
            action: 'BatchWriteItem',
            pk: pkOf(PutRequest?.Item ?? DeleteRequest.Key),
          },
        })),
      );
    case 'TransactWriteCommand':
      return input.TransactItems.flatMap((write: Input) =>
        Object.entries<Input>(write).map(([kind, { TableName, Key, Item }]) => ({
          ...{ table: TableName, action: `${kind}Item`, ...keyOf(Key ?? Item) },
        })),
      );
    default:
      return [{ table, action: name.replace('Command', ''), pk: '' }];
  }
};

/** The partition of People that an item with this key is in. */
const partitionOf = (pk: string): Partition | undefined =>
  (Object.keys(partitions) as Partition[]).find((name) => {
    const pattern = partitions[name];
    return pattern.endsWith('*') ? pk.startsWith(pattern.slice(0, -1)) : pk === pattern;
  });

const mayInPeople = ({ people }: Rights, action: string, pk: string): boolean => {
  const partition = partitionOf(pk);
  return (
    partition !== undefined && ((people?.[partition] ?? []) as readonly string[]).includes(action)
  );
};

/** The right that the slice would have to declare for this access; undefined if it declares it. */
const missing = (rights: Rights, access: Access) => {
  const { ledger, appends, checks, views, viewsInBatches } = rights;
  const { table, action, pk, index } = access;
  const [type = ''] = pk.split('#');
  const oneOf = (types: readonly string[] | undefined) => types?.includes(type) ?? false;
  if (table === process.env.LEDGER_TABLE) {
    if (action === 'PutItem') return oneOf(appends) ? undefined : `appends: ${type}`;
    if (action === 'ConditionCheckItem') return oneOf(checks) ? undefined : `checks: ${type}`;
    const may =
      action === 'Query' && (ledger === 'reads' || appends !== undefined || oneOf(ledger));
    return may ? undefined : `ledger: ${type}`;
  }
  if (table === process.env.VIEWS_TABLE) {
    if (!views || !['Query', 'GetItem', 'BatchGetItem'].includes(action)) return `views: ${action}`;
    if (index !== undefined && !(views as readonly string[]).includes(index))
      return `views: ${index}`;
    return action === 'BatchGetItem' && !viewsInBatches ? 'viewsInBatches' : undefined;
  }
  if (table === process.env.CLOSED_TABLE) {
    const may = rights.closed === 'reads' && ['GetItem', 'Query'].includes(action);
    return may ? undefined : `closed: ${action}`;
  }
  if (table === process.env.OUTBOUND_TABLE)
    return (rights.outbound as readonly string[] | undefined)?.includes(action)
      ? undefined
      : `outbound: ${action}`;
  if (index !== undefined) return rights.peopleIndexes ? undefined : 'peopleIndexes';
  return mayInPeople(rights, action, pk) ? undefined : `people: ${action} at ${pk.split('#')[0]}`;
};

const send = dynamodb.send.bind(dynamodb) as (...sent: readonly Input[]) => Promise<unknown>;
dynamodb.send = ((command: Input, ...more: readonly Input[]) => {
  const { slice, rights } = asking.getStore() ?? {};
  if (rights)
    for (const access of accessesOf(command.constructor.name, command.input)) {
      accessing.getStore()?.push(access);
      const lacking = missing(rights, access);
      if (lacking !== undefined) breaches.add(`functions/${slice}/slice.ts lacks ${lacking}`);
    }
  return send(command, ...more);
}) as typeof dynamodb.send;

const ask = KMSClient.prototype.send as (
  this: KMSClient,
  ...sent: readonly Input[]
) => Promise<unknown>;
KMSClient.prototype.send = function (this: KMSClient, command: Input, ...more: readonly Input[]) {
  const { slice, rights } = asking.getStore() ?? {};
  const action = command.constructor.name.replace('Command', '');
  const pk = String(command.input.EncryptionContext?.pk);
  if (rights && !mayInPeople(rights, action, pk))
    breaches.add(`functions/${slice}/slice.ts lacks people: ${action} at ${pk.split('#')[0]}`);
  return ask.call(this, command, ...more);
} as typeof KMSClient.prototype.send;

/** The function, with each of its requests to the tables checked against the slice's rights. */
export const held =
  <Rest extends readonly unknown[], Result>(
    slice: string,
    rights: Rights,
    handler: (...given: Rest) => Promise<Result>,
  ): ((...given: Rest) => Promise<Result>) =>
  (...given) =>
    asking.run({ slice, rights }, () => handler(...given));

/** What a function answered, and all its accesses for it. */
export const withAccesses = async <Answer>(run: () => Promise<Answer>) => {
  const accesses: Access[] = [];
  return { answer: await accessing.run(accesses, run), accesses };
};

/** The persons' records that were read before an entry in their log of readings was put. */
export const openedWithoutLog = (accesses: readonly Access[]): readonly string[] =>
  accesses
    .filter(({ pk, sk, action }, at) => {
      const isOpened = pk.startsWith('person#') && sk === 'person' && action === 'GetItem';
      const isLog = (other: Access) => other.pk === pk && other.sk?.startsWith('access#');
      return isOpened && !accesses.slice(0, at).some(isLog);
    })
    .map(({ pk }) => pk);

/** All accesses, since the tests of this file began, that the functions' slices do not declare. */
export const beyondRights = (): readonly string[] => [...breaches].sort();
