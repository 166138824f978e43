import { expect, test } from '@jest/globals';
import { readBlueprint } from '../../../../infra/local/assembly/blueprint.ts';
import { AUDIENCE, ISSUER, type Resources, writeAssembly } from '../fixture-app.ts';

const refusalOf = (change: (resources: Resources) => void): string => {
  try {
    readBlueprint(writeAssembly(change));
  } catch (error) {
    return (error as Error).message;
  }
  return 'not refused';
};

const properties = (resources: Resources, id: string): Record<string, unknown> =>
  resources[id]?.Properties ?? {};

test('a function that is the target of a rule is invoked asynchronously', () => {
  const invoked = (config: object | undefined) =>
    readBlueprint(
      writeAssembly((r) => {
        const Arn = { 'Fn::GetAtt': ['Subscriber', 'Arn'] };
        properties(r, 'ItemRule').Targets = [{ Id: 'T', Arn }];
        if (!config) return;
        const Properties = { FunctionName: { Ref: 'Subscriber' }, Qualifier: '$LATEST', ...config };
        r.Invoking = { Type: 'AWS::Lambda::EventInvokeConfig', Properties };
      }),
    );
  const spec = {
    functionName: 'fixture-Service-Subscriber',
    queue: 'fixture-Service-Subscriber (asynchronous)',
  };
  // Lambda's defaults.
  const { asynchronous, rules } = invoked(undefined);
  expect(asynchronous).toEqual([{ ...spec, retries: 2, onFailureQueue: undefined }]);
  expect(rules.map(({ queues }) => queues)).toEqual([[spec.queue]]);
  const Destination = { 'Fn::GetAtt': ['InboxDead', 'Arn'] };
  const DestinationConfig = { OnFailure: { Destination } };
  expect(invoked({ MaximumRetryAttempts: 1, DestinationConfig }).asynchronous).toEqual([
    { ...spec, retries: 1, onFailureQueue: 'fixture-Service-InboxDead' },
  ]);
});

test('reads what the template asks for, across stacks', () => {
  const blueprint = readBlueprint(writeAssembly());
  expect(blueprint.tables.map(({ TableName }) => TableName)).toEqual([
    'fixture-Data-Ledger',
    'fixture-Data-Views',
  ]);
  expect(blueprint.tables[0]?.StreamSpecification).toEqual({
    StreamEnabled: true,
    StreamViewType: 'NEW_IMAGE',
  });
  expect(blueprint.schedules).toMatchObject([
    {
      name: 'fixture-Service-Nightly',
      daily: { hour: 3, minute: 30 },
      timezone: 'Asia/Shanghai',
      functionName: 'fixture-Service-NightlyFunction',
    },
  ]);
  expect(blueprint.schedules[0]?.inputAt('2026-01-01T00:00:00Z')).toEqual({ said: 'nights' });
  expect(blueprint.functions.map(({ environment }) => environment)).toEqual([
    { LEDGER: 'fixture-Data-Ledger', VIEWS: 'fixture-Data-Views' },
    { BUS: 'items' },
    { VIEWS: 'fixture-Data-Views' },
    { VIEWS: 'fixture-Data-Views' },
  ]);
  expect(blueprint.functions[0]).toMatchObject({ timeoutMs: 2000, memoryMb: 256 });
  expect(blueprint.queues.find(({ name }) => name === 'fixture-Service-Inbox')).toMatchObject({
    visibilityMs: 30_000,
    delayMs: 0,
    isFifo: false,
    redrive: { queue: 'fixture-Service-InboxDead', maxReceiveCount: 2 },
  });
  expect(blueprint.streamMappings).toMatchObject([
    {
      table: 'fixture-Data-Ledger',
      functionName: 'fixture-Service-Relay',
      batchSize: 10,
      maxRetries: 10,
      bisect: true,
      reportsFailures: true,
      onFailureQueue: 'fixture-Service-RelayDead',
    },
  ]);
  expect(blueprint.routes.find(({ key }) => key === 'GET /secret')?.authorizer).toEqual({
    issuer: ISSUER,
    audience: [AUDIENCE],
  });
});

test.each<[string, (resources: Resources) => void, RegExp]>([
  [
    'a resource type',
    (r) => {
      r.Pipe = { Type: 'AWS::Pipes::Pipe' };
    },
    /AWS::Pipes::Pipe of fixture-Service\/Pipe/,
  ],
  [
    'a property',
    (r) => {
      properties(r, 'Inbox').ContentBasedDeduplication = true;
    },
    /ContentBasedDeduplication of fixture-Service\/Inbox/,
  ],
  [
    'an intrinsic',
    (r) => {
      properties(r, 'Inbox').VisibilityTimeout = { 'Fn::If': ['A', 1, 2] };
    },
    /Fn::If/,
  ],
  [
    'an import that nobody exports',
    (r) => {
      properties(r, 'ItemRule').EventBusName = { 'Fn::ImportValue': 'nobody' };
    },
    /the export nobody/,
  ],
  [
    'a reference to nothing',
    (r) => {
      properties(r, 'InboxMapping').FunctionName = { Ref: 'Nobody' };
    },
    /Nobody/,
  ],
  [
    'an attribute',
    (r) => {
      properties(r, 'ItemRule').EventBusName = { 'Fn::GetAtt': ['Inbox', 'Colour'] };
    },
    /Colour of a AWS::SQS::Queue/,
  ],
  [
    'an operator of an event pattern',
    (r) => {
      properties(r, 'ItemRule').EventPattern = { source: [{ wildcard: '*' }] };
    },
    /wildcard/,
  ],
  [
    'a rule that transforms its input',
    (r) => {
      const target = { Id: 'T', Arn: { 'Fn::GetAtt': ['Inbox', 'Arn'] }, InputPath: '$.detail' };
      properties(r, 'ItemRule').Targets = [target];
    },
    /InputPath/,
  ],
  [
    'a target that is neither queue nor function',
    (r) => {
      const target = { Id: 'T', Arn: 'arn:aws:sns:us-east-1:000000000000:topic' };
      properties(r, 'ItemRule').Targets = [target];
    },
    /Targets\.0\.Arn /,
  ],
  [
    'a target that gets another input',
    (r) => {
      const Arn = { 'Fn::GetAtt': ['Relay', 'Arn'] };
      properties(r, 'ItemRule').Targets = [{ Id: 'T', Arn, Input: '{}' }];
    },
    /Targets\.0\.Input/,
  ],
  [
    'a destination of an asynchronous invocation that is no queue',
    (r) => {
      r.Invoking = {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Relay' },
          Qualifier: '$LATEST',
          DestinationConfig: {
            OnFailure: { Destination: { 'Fn::GetAtt': ['ApiFunction', 'Arn'] } },
          },
        },
      };
    },
    /DestinationConfig\.OnFailure\.Destination/,
  ],
  [
    'a filter on a queue',
    (r) => {
      properties(r, 'InboxMapping').FilterCriteria = { Filters: [] };
    },
    /FilterCriteria of fixture-Service\/InboxMapping/,
  ],
  [
    'a stream read from its end',
    (r) => {
      properties(r, 'RelayMapping').StartingPosition = 'LATEST';
    },
    /StartingPosition "LATEST" of fixture-Service\/RelayMapping/,
  ],
  [
    'an IAM-authorised route',
    (r) => {
      properties(r, 'PostItem').AuthorizationType = 'AWS_IAM';
    },
    /AWS_IAM/,
  ],
  [
    'another runtime',
    (r) => {
      properties(r, 'Relay').Runtime = 'python3.13';
    },
    /python3.13/,
  ],
  [
    'batches of a FIFO queue',
    (r) => {
      properties(r, 'Inbox').FifoQueue = true;
    },
    /batches of the FIFO queue fixture-Service-Inbox/,
  ],
  [
    'a schedule that is neither daily nor of every minute',
    (r) => {
      properties(r, 'Nightly').ScheduleExpression = 'rate(5 minutes)';
    },
    /ScheduleExpression "rate\(5 minutes\)" of fixture-Service\/Nightly/,
  ],
  [
    'a schedule with a day of the week',
    (r) => {
      properties(r, 'Nightly').ScheduleExpression = 'cron(0 3 ? * MON *)';
    },
    /ScheduleExpression "cron\(0 3 \? \* MON \*\)"/,
  ],
  [
    'a schedule whose input names the attempt',
    (r) => {
      (properties(r, 'Nightly').Target as { Input: string }).Input =
        '{"at":"<aws.scheduler.attempt-number>"}';
    },
    /attempt-number/,
  ],
  [
    'a condition',
    (r) => {
      r.Inbox = { ...r.Inbox, Condition: 'Sometimes' } as never;
    },
    /condition of fixture-Service\/Inbox/,
  ],
])('refuses %s that it does not know, and names it', (_, change, message) => {
  const refusal = refusalOf(change);
  expect(refusal).toMatch(/^The local host does not know /);
  expect(refusal).toMatch(message);
});
