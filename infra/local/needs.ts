// What permissions a request to AWS needs, in the words of policies.
import type { Blueprint } from './blueprint.ts';
import type { Need } from './permissions.ts';
import { refuse } from './template.ts';

// A request is data from outside our types: this is where they are claimed.
// biome-ignore lint/suspicious/noExplicitAny: every property read below is claimed by its reader
type Input = { readonly [name: string]: any };

/** The needs of a request, by its `X-Amz-Target` and its body. */
export type NeedsOf = (target: string, input: Input) => readonly Need[];

/** `{ S: 'x' }` → `x`. */
const textOf = (attribute: object): string => String(Object.values(attribute)[0]);

/** The permission that a transaction needs for each of its items. */
const transacted: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** The value that a key condition asks the partition key to have. */
const queried = (partitionKey: string, input: Input): string => {
  const conditions = String(input.KeyConditionExpression).matchAll(/([\w#]+)\s*=\s*(:\w+)/g);
  for (const [, name = '', value = ''] of conditions)
    if ((input.ExpressionAttributeNames?.[name] ?? name) === partitionKey)
      return textOf(input.ExpressionAttributeValues[value]);
  return refuse(`the key condition ${input.KeyConditionExpression}`);
};

/** @throws UnknownToHostError for a request whose needs it does not know */
export const createNeedsOf = ({ region, account, tables }: Blueprint): NeedsOf => {
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const arnOf = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;

  const partitionKeyOf = (table: string, index?: string): string => {
    const spec = tables.find(({ TableName }) => TableName === table);
    const indexes = spec?.GlobalSecondaryIndexes ?? [];
    const keys = index ? indexes.find(({ IndexName }) => IndexName === index) : spec;
    const key = keys?.KeySchema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
    return key ?? refuse(`the table ${table} with the index ${index}`);
  };
  const onTable = (
    action: string,
    table: string,
    leadingKeys: readonly string[],
    index?: string,
  ): Need => ({
    action: `dynamodb:${action}`,
    resource: arnOf('dynamodb', `table/${table}${index ? `/index/${index}` : ''}`),
    context: { 'dynamodb:LeadingKeys': leadingKeys },
  });
  const keyIn = (table: string, attributes: Input): string =>
    textOf(attributes[partitionKeyOf(table)]);
  const onItem = (action: string, { TableName, Item, Key }: Input): Need =>
    onTable(action, TableName, [keyIn(TableName, Item ?? Key)]);
  const onItems = (
    action: string,
    requests: Input,
    itemsOf: (asked: Input) => readonly Input[],
  ): readonly Need[] =>
    Object.entries(requests).map(([table, asked]) =>
      onTable(
        action,
        table,
        itemsOf(asked).map((item) => keyIn(table, item)),
      ),
    );

  const dynamodb = (operation: string, input: Input): readonly Need[] => {
    const { TableName, IndexName, RequestItems, TransactItems } = input;
    switch (operation) {
      case 'GetItem':
      case 'PutItem':
      case 'UpdateItem':
      case 'DeleteItem':
        return [onItem(operation, input)];
      case 'Query': {
        const key = queried(partitionKeyOf(TableName, IndexName), input);
        return [onTable(operation, TableName, [key], IndexName)];
      }
      case 'Scan':
        return [onTable(operation, TableName, [], IndexName)];
      case 'BatchGetItem':
        return onItems(operation, RequestItems, ({ Keys }) => Keys);
      case 'BatchWriteItem':
        return onItems(operation, RequestItems, (asked) =>
          (asked as unknown as Input[]).map(
            ({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest.Key,
          ),
        );
      case 'TransactWriteItems':
      case 'TransactGetItems':
        return (TransactItems as Input[]).flatMap((item) =>
          Object.entries(item).map(([kind, one]) => onItem(transacted[kind] ?? kind, one)),
        );
      default:
        return refuse(`what DynamoDB’s ${operation} needs`);
    }
  };

  const onKey = (action: string, { KeyId, EncryptionContext = {} }: Input): readonly Need[] => {
    const resource = String(KeyId).startsWith('arn:') ? KeyId : arnOf('kms', `key/${KeyId}`);
    const bound = Object.entries(EncryptionContext as Readonly<Record<string, string>>);
    const context = bound.map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]]);
    return [{ action: `kms:${action}`, resource, context: Object.fromEntries(context) }];
  };
  const lastPart = (name: string): string => name.split('/').at(-1) ?? '';

  return (target, input) => {
    const [service = '', operation = ''] = target.split('.');
    if (service.startsWith('DynamoDB')) return dynamodb(operation, input);
    if (service === 'TrentService') return onKey(operation, input);
    if (service === 'AWSEvents')
      return (input.Entries as Input[]).map(({ EventBusName }) => ({
        action: `events:${operation}`,
        resource: arnOf('events', `event-bus/${lastPart(EventBusName)}`),
        context: {},
      }));
    // A batch needs the permission of its single action.
    if (service === 'AmazonSQS')
      return [
        {
          action: `sqs:${operation.replace(/Batch$/, '')}`,
          resource: arnOf('sqs', lastPart(input.QueueUrl)),
          context: {},
        },
      ];
    return refuse(`what ${target} needs`);
  };
};
