import { describe, expect, test } from '@jest/globals';
import { readBlueprint } from '../../../../infra/local/assembly/blueprint.ts';
import type { Resource } from '../../../../infra/local/assembly/template.ts';
import { createGuard } from '../../../../infra/local/trial/guard.ts';
import {
  type RequiredPermission,
  readPermissions,
} from '../../../../infra/local/trial/permissions.ts';

const cdkOut = process.env.TEST_CDK_OUT ?? '';
const blueprint = readBlueprint(cdkOut);
const { check, denied } = createGuard(cdkOut, blueprint);

const named = (list: readonly string[], part: string): string =>
  list.find((name) => name.includes(part)) ?? `no ${part}`;
const tables = blueprint.tables.map(({ TableName }) => TableName);
const [ledger, views, people] = ['Ledger', 'Views', 'People'].map((part) => named(tables, part));
const functions = blueprint.functions.map(({ name }) => name);

/** What a function of the app is refused; undefined when it may. */
const ask = (part: string, target: string, body: object): string | undefined =>
  check(
    `AWS4-HMAC-SHA256 Credential=${named(functions, part)}/20250101/us-east-1/x/aws4_request`,
    target,
    body,
  )?.message;
const dynamodb = (part: string, action: string, body: object) =>
  ask(part, `DynamoDB_20120810.${action}`, body);
const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
const row = (pk: string) => ({ pk: { S: pk }, version: { N: '1' } });

describe('of the app', () => {
  test('a function may what its policies say', () => {
    expect(
      dynamodb('ActivitiesApi', 'PutItem', { TableName: ledger, Item: row('activity#1') }),
    ).toBeUndefined();
    expect(
      dynamodb('ActivitiesApi', 'Query', {
        TableName: views,
        IndexName: 'ByList',
        KeyConditionExpression: '#list = :list',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':list': { S: 'a' } },
      }),
    ).toBeUndefined();
    const EventBusName = named(blueprint.buses, 'Bus');
    expect(ask('Relay', 'AWSEvents.PutEvents', { Entries: [{ EventBusName }] })).toBeUndefined();
    const QueueUrl = `https://sqs.local/0/${named(
      blueprint.queues.map(({ name }) => name),
      'DeadLettersUnhandled',
    )}`;
    expect(ask('Redrive', 'AmazonSQS.DeleteMessageBatch', { QueueUrl })).toBeUndefined();
    const FunctionName = named(functions, 'Notifier');
    expect(ask('Redrive', 'Lambda.Invoke', { FunctionName })).toBeUndefined();
    for (const UUID of blueprint.mappingIds)
      expect(ask('Reconcile', 'Lambda.GetEventSourceMapping', { UUID })).toBeUndefined();
  });

  test('and nothing else: no other action, table, index, bus or queue', () => {
    const denied = /^[\w-]+ is not authorized to perform: /;
    const TableName = people;
    expect(
      dynamodb('ActivitiesApi', 'GetItem', { TableName, Key: key('person#1', 'person') }),
    ).toMatch(denied);
    expect(
      dynamodb('ActivitiesApi', 'DeleteItem', { TableName: ledger, Key: row('activity#1') }),
    ).toMatch(denied);
    expect(
      dynamodb('DashboardsApi', 'Query', {
        TableName: views,
        IndexName: 'ByFlag',
        KeyConditionExpression: 'flag = :flag',
        ExpressionAttributeValues: { ':flag': { S: 'a' } },
      }),
    ).toMatch(denied);
    expect(dynamodb('Projector', 'Scan', { TableName: views })).toMatch(denied);
    expect(
      ask('Projector', 'AWSEvents.PutEvents', { Entries: [{ EventBusName: 'default' }] }),
    ).toMatch(denied);
    expect(ask('Redrive', 'AmazonSQS.SendMessage', { QueueUrl: 'x/not-ours' })).toMatch(denied);
    const FunctionName = named(functions, 'Maintenance');
    expect(ask('Redrive', 'Lambda.Invoke', { FunctionName })).toMatch(denied);
    expect(ask('Reconcile', 'Lambda.GetEventSourceMapping', { UUID: 'other' })).toMatch(denied);
  });

  test('what was denied can be asked for', () => {
    const before = denied().length;
    const message = dynamodb('Projector', 'Scan', { TableName: views });
    expect(denied().slice(before)).toEqual([message]);
  });

  test('a function appends to the streams of its own aggregates only', () => {
    const append = (pk: string) =>
      dynamodb('ParticipationApi', 'PutItem', { TableName: ledger, Item: row(pk) });
    expect(append('sheet#1')).toBeUndefined();
    expect(append('volunteer#1')).toMatch(/dynamodb:PutItem/);
  });

  test('a transaction needs the permission of each of its items, a batch its own', () => {
    const put = { Put: { TableName: views, Item: key('a', 'b') } };
    const remove = { Delete: { TableName: views, Key: key('a', 'b') } };
    const write = (...TransactItems: object[]) =>
      dynamodb('Projector', 'TransactWriteItems', { TransactItems });
    expect(write(put)).toBeUndefined();
    expect(write(put, remove)).toMatch(/dynamodb:DeleteItem/);
    const RequestItems = { [String(views)]: [{ DeleteRequest: { Key: key('a', 'b') } }] };
    expect(dynamodb('Maintenance', 'BatchWriteItem', { RequestItems })).toBeUndefined();
    expect(dynamodb('Projector', 'BatchWriteItem', { RequestItems })).toMatch(/BatchWriteItem/);
  });

  test('where a policy names partitions, no other is open', () => {
    const link = (pk: string) =>
      dynamodb('TeamsApi', 'GetItem', { TableName: people, Key: key(pk, 'link') });
    expect(link('self#1')).toBeUndefined();
    expect(link('person#1')).toMatch(/person#1/);
  });

  test('the sweep reads of People what it goes by, and ends what it may', () => {
    const scan = (more: object) => dynamodb('Sweep', 'Scan', { TableName: people, ...more });
    const FilterExpression = 'expiresAt <= :now OR childUntil <= :month OR #m <= :month';
    const ExpressionAttributeNames = { '#m': 'minorUntil', '#f': 'fields' };
    const own = { FilterExpression, ExpressionAttributeNames };
    const ProjectionExpression = 'pk, sk, expiresAt';
    const denied = /dynamodb:Scan/;
    expect(scan({ ...own, ProjectionExpression })).toBeUndefined();
    expect(scan(own)).toMatch(denied);
    expect(scan({ ...own, ProjectionExpression, Select: 'ALL_ATTRIBUTES' })).toMatch(denied);
    for (const also of ['#f', '#f.phone', 'fields', 'idNumberIndex'])
      expect(scan({ ...own, ProjectionExpression: `${ProjectionExpression}, ${also}` })).toMatch(
        denied,
      );
    for (const also of ['phoneIndex = :phone', 'begins_with(idNumberIndex, :a)', 'size(#f) > :n'])
      expect(
        scan({ ...own, ProjectionExpression, FilterExpression: `${FilterExpression} OR ${also}` }),
      ).toMatch(denied);
    const on = (action: string, pk: string) =>
      dynamodb('Sweep', action, { TableName: people, Key: key(pk, 'x') });
    for (const pk of ['person#1', 'import#1', 'self#1', 'look-up#1'])
      expect(on('DeleteItem', pk)).toBeUndefined();
    for (const pk of ['keys', 'contact#1'])
      expect(on('DeleteItem', pk)).toMatch(/dynamodb:DeleteItem/);
    expect(on('UpdateItem', 'person#1')).toBeUndefined();
    expect(on('UpdateItem', 'keys')).toMatch(/dynamodb:UpdateItem/);
  });

  test('where a policy names an encryption context, no other opens', () => {
    const decrypt = (pk: string, district = 'local') =>
      ask('DashboardsApi', 'TrentService.Decrypt', {
        KeyId: named(blueprint.keys, 'PeopleKey'),
        EncryptionContext: { district, pk, sk: 'index' },
      });
    expect(decrypt('keys')).toBeUndefined();
    expect(decrypt('person#1')).toMatch(/kms:Decrypt/);
    expect(decrypt('keys', 'another')).toMatch(/kms:Decrypt/);
  });

  test('whoever is no function of the app is not held to anything', () => {
    expect(ask('nobody', 'DynamoDB_20120810.Scan', { TableName: people })).toBeUndefined();
    expect(check(undefined, 'DynamoDB_20120810.Scan', {})).toBeUndefined();
  });

  test('a request whose needs are not known is not let through', () => {
    expect(() => dynamodb('Projector', 'ExecuteStatement', { Statement: 'x' })).toThrow(
      /does not know what DynamoDB’s ExecuteStatement needs/,
    );
    const TableName = people;
    expect(() =>
      dynamodb('TeamsApi', 'Query', { TableName, KeyConditionExpression: 'begins_with(pk, :a)' }),
    ).toThrow(/does not know the key condition/);
  });
});

describe('a policy', () => {
  const resource = (type: string, properties: object): Resource => ({
    id: 'Fixture/It',
    type,
    condition: undefined,
    name: 'the-role',
    arn: '',
    properties: () => properties as ReturnType<Resource['properties']>,
    assetPath: String,
  });
  const read = (statement: object) =>
    readPermissions([
      resource('AWS::IAM::Policy', {
        Roles: ['the-role'],
        PolicyDocument: {
          Statement: { Effect: 'Allow', Action: 's:*', Resource: '*', ...statement },
        },
      }),
    ]);
  const need = (more: Partial<RequiredPermission> = {}): RequiredPermission => ({
    action: 's:Get',
    resource: 'arn:x/a.b',
    context: {},
    ...more,
  });

  test('is of its role, and of no other', () => {
    expect(read({})('the-role', need())).toBe(true);
    expect(read({})('another', need())).toBe(false);
  });

  test.each([
    ['s:Get', 's:Get', true],
    ['s:G*', 's:Get', true],
    ['s:G?t', 's:Get', true],
    ['s:G?t', 's:Gt', false],
    ['s:Get', 's:GetAll', false],
    ['s:Ge.', 's:Get', false],
  ])('with the action %s, %s: %s', (Action, action, may) => {
    expect(read({ Action })('the-role', need({ action }))).toBe(may);
  });

  test.each<[string, readonly string[], readonly string[], boolean]>([
    ['StringEquals', ['a'], ['a'], true],
    ['StringEquals', ['a*'], ['ab'], false],
    ['StringEquals', ['a'], [], false],
    ['StringLike', ['a*'], ['ab'], true],
    ['StringLike', ['a*'], ['ab', 'ac'], false],
    ['ForAllValues:StringLike', ['a*', 'b'], ['ab', 'b'], true],
    ['ForAllValues:StringLike', ['a*'], ['ab', 'b'], false],
    ['ForAllValues:StringEquals', ['a'], ['a', 'a'], true],
    ['ForAllValues:StringEquals', ['a'], ['b'], false],
    ['ForAllValues:StringEquals', ['a'], [], true],
    ['Null', ['false'], [], false],
    ['Null', ['false'], ['a', 'b'], true],
    ['Null', ['true'], [], true],
    ['Null', ['true'], ['a'], false],
  ])('%s %j of %j: %s', (operator, wanted, values, may) => {
    const allows = read({ Condition: { [operator]: { 's:key': wanted } } });
    expect(allows('the-role', need({ context: { 's:key': values } }))).toBe(may);
  });

  test('of all its conditions, each has to hold', () => {
    const allows = read({
      Condition: { 'ForAllValues:StringLike': { 's:key': 'a*' }, Null: { 's:key': 'false' } },
    });
    const may = (values: readonly string[]) =>
      allows('the-role', need({ context: { 's:key': values } }));
    expect([may(['ab']), may(['ab', 'b']), may([])]).toEqual([true, false, false]);
    expect(allows('the-role', need())).toBe(false);
  });

  test.each([
    [{ Effect: 'Deny' }, /Effect/],
    [{ NotAction: 's:Put' }, /NotAction/],
    [{ Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } } }, /DateLessThan/],
  ])('that says %j is not known, and so refused', (statement, what) => {
    expect(() => read(statement)).toThrow(what);
  });

  test('of AWS’s own is not known, and so refused', () => {
    const role = resource('AWS::IAM::Role', { ManagedPolicyArns: ['arn:x'] });
    expect(() => readPermissions([role])).toThrow(/managed policies/);
  });
});
