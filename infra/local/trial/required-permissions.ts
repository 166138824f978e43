// The permissions that a request to AWS needs, in the terms of policies.

import { arnOf, lastPart } from '../assembly/arns.ts';
import type { Blueprint } from '../assembly/blueprint.ts';
import { refuse, type Untyped } from '../assembly/template.ts';
import type { RequiredPermission } from './permissions.ts';

/** The permissions that a request needs, by its `X-Amz-Target` and its body. */
export type RequiredPermissionsOf = (
  target: string,
  input: Untyped,
) => readonly RequiredPermission[];

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

/** The value of the partition key in a key condition. */
const queried = (partitionKey: string, input: Untyped): string => {
  const conditions = String(input.KeyConditionExpression).matchAll(/([\w#]+)\s*=\s*(:\w+)/g);
  for (const [, name = '', value = ''] of conditions)
    if ((input.ExpressionAttributeNames?.[name] ?? name) === partitionKey)
      return textOf(input.ExpressionAttributeValues[value]);
  return refuse(`the key condition ${input.KeyConditionExpression}`);
};

/** The top-level attributes that an expression names. */
const attributesIn = (expression: string | undefined, input: Untyped): readonly string[] =>
  [...(expression ?? '').matchAll(/(?<![\w:#.])(#?[A-Za-z_]\w*)(?!\w*\s*\()/g)]
    .map(([, name = '']) => input.ExpressionAttributeNames?.[name] ?? name)
    .filter((name) => !/^(AND|OR|NOT|IN|BETWEEN)$/i.test(name));

/** The condition keys for the attributes that a scan reads. */
const scanned = (input: Untyped): RequiredPermission['context'] => ({
  'dynamodb:Select': [
    input.Select ?? (input.ProjectionExpression ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES'),
  ],
  'dynamodb:Attributes': [
    ...new Set(
      [input.ProjectionExpression, input.FilterExpression].flatMap((expression) =>
        attributesIn(expression, input),
      ),
    ),
  ],
});

/** The items or keys of one table in a batch. */
const askedOf = (asked: Untyped): readonly Untyped[] =>
  asked.Keys ??
  asked.map(({ PutRequest, DeleteRequest }: Untyped) => PutRequest?.Item ?? DeleteRequest.Key);

/** @throws UnknownToHostError for a request whose permissions it does not know */
export const createRequiredPermissionsOf = (blueprint: Blueprint): RequiredPermissionsOf => {
  const partitionKeyOf = (table: string, index?: string): string => {
    const spec = blueprint.tables.find(({ TableName }) => TableName === table);
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
  ): RequiredPermission => ({
    action: `dynamodb:${action}`,
    resource: arnOf(blueprint, 'dynamodb', `table/${table}${index ? `/index/${index}` : ''}`),
    context: { 'dynamodb:LeadingKeys': leadingKeys },
  });
  const keyIn = (table: string, attributes: Untyped): string =>
    textOf(attributes[partitionKeyOf(table)]);
  const onItem = (action: string, { TableName, Item, Key }: Untyped): RequiredPermission =>
    onTable(action, TableName, [keyIn(TableName, Item ?? Key)]);
  const dynamodb = (operation: string, input: Untyped): readonly RequiredPermission[] => {
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
        return [{ ...onTable(operation, TableName, [], IndexName), context: scanned(input) }];
      case 'BatchGetItem':
      case 'BatchWriteItem':
        return Object.entries(RequestItems as Untyped).map(([table, asked]) =>
          onTable(
            operation,
            table,
            askedOf(asked).map((item) => keyIn(table, item)),
          ),
        );
      case 'TransactWriteItems':
      case 'TransactGetItems':
        return (TransactItems as Untyped[]).flatMap((item) =>
          Object.entries(item).map(([kind, one]) => onItem(transacted[kind] ?? kind, one)),
        );
      default:
        return refuse(`what DynamoDB’s ${operation} needs`);
    }
  };

  const onKey = (
    action: string,
    { KeyId, EncryptionContext = {} }: Untyped,
  ): readonly RequiredPermission[] => {
    const resource = String(KeyId).startsWith('arn:')
      ? KeyId
      : arnOf(blueprint, 'kms', `key/${KeyId}`);
    const bound = Object.entries(EncryptionContext as Readonly<Record<string, string>>);
    const context = bound.map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]]);
    return [{ action: `kms:${action}`, resource, context: Object.fromEntries(context) }];
  };

  const onLambda = (action: string, resource: string): readonly RequiredPermission[] => [
    { action: `lambda:${action}`, resource: arnOf(blueprint, 'lambda', resource), context: {} },
  ];

  return (target, input) => {
    const [service = '', operation = ''] = target.split('.');
    if (service.startsWith('DynamoDB')) return dynamodb(operation, input);
    if (service === 'TrentService') return onKey(operation, input);
    if (service === 'AWSEvents')
      return (input.Entries as Untyped[]).map(({ EventBusName }) => ({
        action: `events:${operation}`,
        resource: arnOf(blueprint, 'events', `event-bus/${lastPart(EventBusName)}`),
        context: {},
      }));
    // A batch action needs the permission of the single action.
    if (service === 'AmazonSQS')
      return [
        {
          action: `sqs:${operation.replace(/Batch$/, '')}`,
          resource: arnOf(blueprint, 'sqs', lastPart(input.QueueUrl)),
          context: {},
        },
      ];
    if (target === 'Lambda.Invoke')
      return onLambda('InvokeFunction', `function:${input.FunctionName}`);
    if (target === 'Lambda.GetEventSourceMapping')
      return onLambda(operation, `event-source-mapping:${input.UUID}`);
    return refuse(`what ${target} needs`);
  };
};
