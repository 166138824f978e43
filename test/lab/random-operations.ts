import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Item } from './expressions.ts';
import type { Random } from './random.ts';

const partitions = ['p', 'q'];
const sorts = ['area#a', 'area#b', 'theme#a', 'all'];

/** Each sequence has its own keys, so that all sequences can share two tables. */
const keyOf = (random: Random, own: number) => ({
  pk: `${own}-${random.pick(partitions)}`,
  sk: random.pick(sorts),
});

/** Few versions, so that conditions hold in about half of the cases. */
const itemOf = (random: Random, own: number) => {
  const key = keyOf(random, own);
  return {
    ...key,
    version: random.between(1, 3),
    ...(random.chance(0.7) ? { flag: `${own}-m`, flagOrder: `${key.sk}#${key.pk}` } : {}),
    ...(random.chance(0.5) ? { list: `${own}-l`, listOrder: `${key.pk}#${key.sk}` } : {}),
    contribution: { theme: random.pick(['S', 'T']), measures: random.pick([{}, { a: 1 }]) },
  };
};

const conditionOf = (random: Random) =>
  random.pick([
    {},
    { ConditionExpression: 'attribute_not_exists(pk)' },
    { ConditionExpression: 'attribute_exists(pk)' },
    {
      ConditionExpression: 'version = :before',
      ExpressionAttributeValues: { ':before': random.between(1, 3) },
    },
    {
      ConditionExpression: 'attribute_not_exists(pk) OR version < :before',
      ExpressionAttributeValues: { ':before': random.between(1, 3) },
    },
  ]);

const additionOf = (random: Random) => ({
  UpdateExpression: random.pick(['ADD #s :s, #n :n', 'SET asOf = :asOf ADD #s :s, #n :n']),
  ExpressionAttributeNames: { '#s': 'sum:a', '#n': 'lines:a' },
  ExpressionAttributeValues: { ':s': random.between(-3, 3), ':n': random.pick([-1, 1]) },
});

const updateOf = (TableName: string, random: Random, own: number) => {
  const { ExpressionAttributeValues, ...addition } = additionOf(random);
  const asOf = addition.UpdateExpression.startsWith('SET') ? { ':asOf': 't' } : {};
  return {
    TableName,
    Key: keyOf(random, own),
    ...addition,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ...asOf },
  };
};

/** An update like those of the pointer to the generations. */
const pointerUpdateOf = (TableName: string, random: Random, own: number) => ({
  TableName,
  Key: keyOf(random, own),
  UpdateExpression: random.pick([
    'SET asOf = if_not_exists(asOf, :n), revision = if_not_exists(revision, :n) + :n',
    'SET revision = :n REMOVE listOrder, asOf',
  ]),
  ConditionExpression: random.pick(['attribute_not_exists(revision)', 'attribute_exists(pk)']),
  ExpressionAttributeValues: { ':n': random.between(1, 3) },
  ...random.pick([{}, { ReturnValues: 'ALL_NEW' as const }]),
});

const batchWriteOf = (table: string, random: Random, own: number) => {
  const items = Array.from({ length: random.between(1, 4) }, () => itemOf(random, own));
  const unique = [...new Map(items.map((item) => [`${item.pk}|${item.sk}`, item])).values()];
  return {
    RequestItems: {
      [table]: unique.map((Item) =>
        random.chance(0.7)
          ? { DeleteRequest: { Key: { pk: Item.pk, sk: Item.sk } } }
          : { PutRequest: { Item } },
      ),
    },
  };
};

const indexes = [
  { name: undefined, partition: 'pk', sort: 'sk', of: 'p' },
  { name: 'ByFlag', partition: 'flag', sort: 'flagOrder', of: 'm' },
  { name: 'ByList', partition: 'list', sort: 'listOrder', of: 'l' },
];
const filters = [
  undefined,
  'attribute_exists(#c.#m.#a)',
  '#c.#t = :t',
  'attribute_exists(#c.#m.#a) AND #c.#t = :t',
  'attribute_not_exists(#c.#m.#a) OR #c.#t <> :t',
  '#c.#m.#a <> :t',
];

const queryOf = (TableName: string, random: Random, own: number, from?: Item) => {
  const { name, partition, sort, of } = random.pick(indexes);
  const sorted = random.pick([undefined, 'begins_with(#k, :k)', '#k BETWEEN :k AND :z']);
  const filter = random.pick(filters);
  const names = { '#c': 'contribution', '#m': 'measures', '#a': 'a', '#t': 'theme' };
  return {
    TableName,
    IndexName: name,
    KeyConditionExpression: sorted ? `#p = :p AND ${sorted}` : '#p = :p',
    FilterExpression: filter,
    ExpressionAttributeNames: {
      '#p': partition,
      ...(sorted ? { '#k': sort } : {}),
      ...Object.fromEntries(Object.entries(names).filter(([token]) => filter?.includes(token))),
    },
    ExpressionAttributeValues: {
      ':p': `${own}-${of}`,
      ...(sorted ? { ':k': random.pick(['area#', `${own}-`, 'all']) } : {}),
      ...(sorted?.includes(':z') ? { ':z': random.pick(['area#bb', 'theme#', 'z']) } : {}),
      ...(filter?.includes(':t') ? { ':t': 'T' } : {}),
    },
    ScanIndexForward: random.chance(0.5),
    ...(random.chance(0.5) ? { Limit: random.between(1, 4) } : {}),
    ExclusiveStartKey: from,
  };
};

/** Any operation that our code uses, on the few keys of a sequence. */
export const operationOf = (views: string, ledger: string, random: Random, own: number): object => {
  const roll = random.next();
  const put = () => ({ TableName: views, Item: itemOf(random, own), ...conditionOf(random) });
  if (roll < 0.14) return new PutCommand(put());
  if (roll < 0.17) return new UpdateCommand(pointerUpdateOf(views, random, own));
  if (roll < 0.2) return new BatchWriteCommand(batchWriteOf(views, random, own));
  if (roll < 0.26) return new UpdateCommand(updateOf(views, random, own));
  if (roll < 0.32)
    return new PutCommand({
      TableName: ledger,
      Item: { pk: `${own}-${random.pick(partitions)}`, version: random.between(1, 12) },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  if (roll < 0.4)
    return new QueryCommand({
      TableName: ledger,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `${own}-p` },
      ConsistentRead: true,
      ...random.pick([{}, { ScanIndexForward: false, Limit: 1 }]),
    });
  if (roll < 0.45) return new GetCommand({ TableName: views, Key: keyOf(random, own) });
  if (roll < 0.55) {
    const Keys = Array.from({ length: random.between(1, 4) }, () => keyOf(random, own));
    return new BatchGetCommand({ RequestItems: { [views]: { Keys, ConsistentRead: true } } });
  }
  if (roll < 0.75) {
    const TransactItems = Array.from({ length: random.between(1, 4) }, () =>
      random.chance(0.6)
        ? { Put: put(), Update: undefined }
        : { Put: undefined, Update: updateOf(views, random, own) },
    );
    const key = ({ Put, Update }: (typeof TransactItems)[number]) => {
      const { pk, sk } = Put?.Item ?? Update?.Key ?? {};
      return `${pk}|${sk}`;
    };
    const unique = new Map(TransactItems.map((action) => [key(action), action]));
    return new TransactWriteCommand({ TransactItems: [...unique.values()] });
  }
  return new QueryCommand(queryOf(views, random, own));
};
