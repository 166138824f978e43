// A cloud assembly written by hand, in the shape `cdk synth` leaves: two stacks in a nested stage,
// an API, a streamed ledger, a relay, a bus, a queue with its dead-letter queue, a subscriber.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;

/** Talks to DynamoDB and EventBridge without the SDK, so that the bundle needs no node_modules. */
const CALL = `
const call = async (endpoint, target, body) => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  const json = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(JSON.stringify(json)), { json });
  return json;
};
const dynamodb = (action, body) => call(process.env.AWS_ENDPOINT_URL_DYNAMODB, 'DynamoDB_20120810.' + action, body);
`;

const BUNDLES = {
  api: `${CALL}
export const handler = async (event, context) => {
  const { id } = event.pathParameters ?? {};
  switch (event.routeKey) {
    case 'POST /items/{id}': {
      const Item = { pk: { S: id }, sk: { N: '1' }, body: { S: event.body ?? '' } };
      try {
        await dynamodb('PutItem', { TableName: process.env.LEDGER, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      } catch (error) {
        if (!error.message.includes('ConditionalCheckFailed')) throw error;
      }
      return { statusCode: 201, body: JSON.stringify({ id }) };
    }
    case 'GET /items/{id}': {
      const { Item } = await dynamodb('GetItem', { TableName: process.env.VIEWS, Key: { pk: { S: id } }, ConsistentRead: true });
      return Item ? { times: Number(Item.times.N) } : { statusCode: 404 };
    }
    case 'GET /overreach': {
      const Key = { pk: { S: 'first' }, sk: { N: '1' } };
      return dynamodb('GetItem', { TableName: process.env.LEDGER, Key }).catch(({ json }) => ({ statusCode: 403, body: JSON.stringify(json) }));
    }
    case 'GET /hang': await new Promise((resolve) => setTimeout(resolve, 60000)); return {};
    case 'GET /exit': process.exit(3); return {};
    case 'GET /throw': throw new Error('as asked');
    case 'GET /reject': setTimeout(() => Promise.reject(new Error('unhandled'))); await new Promise((resolve) => setTimeout(resolve, 60000)); return {};
    default: return {
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'x-worker': process.env.AWS_LAMBDA_FUNCTION_NAME },
      cookies: ['a=b'],
      body: JSON.stringify({ event, environment: Object.keys(process.env), remaining: context.getRemainingTimeInMillis() }),
    };
  }
};`,
  relay: `${CALL}
export const handler = async ({ Records }) => {
  for (const { dynamodb: { NewImage, SequenceNumber } } of Records) {
    const Detail = JSON.stringify({ id: NewImage.pk.S, body: NewImage.body?.S ?? '' });
    const Entries = [{ Source: 'leifeng.items', DetailType: 'ItemPut', EventBusName: process.env.BUS, Detail }];
    const { FailedEntryCount } = await call(process.env.AWS_ENDPOINT_URL_EVENTBRIDGE, 'AWSEvents.PutEvents', { Entries });
    if (FailedEntryCount > 0) return { batchItemFailures: [{ itemIdentifier: SequenceNumber }] };
  }
  return { batchItemFailures: [] };
};`,
  subscriber: `${CALL}
export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { body, messageId } of Records) {
    const { id, body: said } = JSON.parse(body).detail;
    if (said === 'poison') { batchItemFailures.push({ itemIdentifier: messageId }); continue; }
    try {
      await dynamodb('UpdateItem', {
        TableName: process.env.VIEWS, Key: { pk: { S: id } },
        UpdateExpression: 'ADD times :one', ExpressionAttributeValues: { ':one': { N: '1' } },
      });
    } catch { batchItemFailures.push({ itemIdentifier: messageId }); }
  }
  return { batchItemFailures };
};`,
  nightly: `${CALL}
export const handler = async ({ said }) => {
  const { Attributes } = await dynamodb('UpdateItem', {
    TableName: process.env.VIEWS, Key: { pk: { S: said } }, ReturnValues: 'ALL_NEW',
    UpdateExpression: 'ADD times :one', ExpressionAttributeValues: { ':one': { N: '1' } },
  });
  return { nights: Number(Attributes.times.N) };
};`,
};

const lambda = (name: keyof typeof BUNDLES, variables: object, timeout = 5) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
    Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: `${name}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: timeout,
    MemorySize: 256,
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Environment: { Variables: variables },
  },
});

const imported = (name: string) => ({ 'Fn::ImportValue': `fixture:${name}` });
const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

const route = (key: string, more: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Api' },
    RouteKey: key,
    AuthorizationType: 'NONE',
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
    ...more,
  },
});

export const ISSUER = 'http://127.0.0.1:7080/oidc';
export const AUDIENCE = 'leifeng-test';

const data: Resources = {
  Ledger: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      Replicas: [{ Region: { Ref: 'AWS::Region' } }],
    },
  },
  Views: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
  },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'items' } },
};

const service = (): Resources => ({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Anything: { 'Fn::Nothing': [] } } },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: imported('LedgerArn') },
              { Effect: 'Allow', Action: 'events:PutEvents', Resource: imported('BusArn') },
            ],
          },
        },
      ],
    },
  },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
            Resource: imported('ViewsArn'),
          },
        ],
      },
    },
  },
  ApiFunction: lambda('api', { LEDGER: imported('Ledger'), VIEWS: imported('Views') }, 2),
  Relay: lambda('relay', { BUS: imported('Bus') }),
  Subscriber: lambda('subscriber', { VIEWS: imported('Views') }),
  NightlyFunction: lambda('nightly', { VIEWS: imported('Views') }),
  Nightly: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'cron(30 3 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      Target: { Arn: arn('NightlyFunction'), RoleArn: arn('Role'), Input: '{"said":"nights"}' },
    },
  },
  RelayMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: imported('LedgerStream'),
      FunctionName: { Ref: 'Relay' },
      BatchSize: 10,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10,
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: arn('RelayDead') } },
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    },
  },
  RelayDead: { Type: 'AWS::SQS::Queue' },
  Inbox: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 30,
      RedrivePolicy: { deadLetterTargetArn: arn('InboxDead'), maxReceiveCount: 2 },
    },
  },
  InboxDead: { Type: 'AWS::SQS::Queue' },
  InboxMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arn('Inbox'),
      FunctionName: { Ref: 'Subscriber' },
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  },
  ItemRule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: imported('Bus'),
      EventPattern: { source: ['leifeng.items'], 'detail-type': [{ prefix: 'Item' }] },
      Targets: [{ Id: 'Target0', Arn: arn('Inbox') }],
    },
  },
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: 'items', ProtocolType: 'HTTP' },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arn('ApiFunction'),
      PayloadFormatVersion: '2.0',
    },
  },
  Authorizer: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: { Ref: 'Api' },
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: ISSUER, Audience: [AUDIENCE] },
      Name: 'jwt',
    },
  },
  PostItem: route('POST /items/{id}'),
  GetItem: route('GET /items/{id}'),
  Overreach: route('GET /overreach'),
  Hang: route('GET /hang'),
  Exit: route('GET /exit'),
  Throw: route('GET /throw'),
  Reject: route('GET /reject'),
  Echo: route('ANY /echo/{rest+}'),
  Secret: route('GET /secret', {
    AuthorizationType: 'JWT',
    AuthorizerId: { Ref: 'Authorizer' },
  }),
});

const output = (name: string, value: unknown) => ({
  [`Export${name}`]: { Value: value, Export: { Name: `fixture:${name}` } },
});

/** Writes the assembly to a new temporary folder; `change` may alter the service stack's resources. */
export const writeAssembly = (change: (resources: Resources) => void = () => undefined): string => {
  const root = mkdtempSync(join(tmpdir(), 'leifeng-assembly-'));
  const stage = join(root, 'assembly-fixture');
  mkdirSync(stage);
  const write = (path: string, content: unknown) => writeFileSync(path, JSON.stringify(content));
  for (const [name, code] of Object.entries(BUNDLES)) {
    mkdirSync(join(root, `asset.${name}`));
    writeFileSync(join(root, `asset.${name}`, 'index.mjs'), code);
  }
  const files = Object.fromEntries(
    Object.keys(BUNDLES).map((name) => [
      name,
      {
        source: { path: `../asset.${name}`, packaging: 'zip' },
        destinations: { here: { objectKey: `${name}.zip` } },
      },
    ]),
  );
  const resources = service();
  change(resources);
  write(join(stage, 'Data.template.json'), {
    Resources: data,
    Outputs: {
      ...output('Ledger', { Ref: 'Ledger' }),
      ...output('LedgerStream', { 'Fn::GetAtt': ['Ledger', 'StreamArn'] }),
      ...output('LedgerArn', arn('Ledger')),
      ...output('Views', { Ref: 'Views' }),
      ...output('ViewsArn', arn('Views')),
      ...output('Bus', { Ref: 'Bus' }),
      ...output('BusArn', arn('Bus')),
    },
  });
  write(join(stage, 'Service.template.json'), { Resources: resources });
  write(join(stage, 'Service.assets.json'), { files });
  const stack = (name: string) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/unknown-region',
    properties: { templateFile: `${name}.template.json`, stackName: `fixture-${name}` },
  });
  write(join(stage, 'manifest.json'), {
    artifacts: {
      Data: stack('Data'),
      Service: stack('Service'),
      'Service.assets': { type: 'cdk:asset-manifest', properties: { file: 'Service.assets.json' } },
    },
  });
  write(join(root, 'manifest.json'), {
    artifacts: {
      'assembly-fixture': {
        type: 'cdk:cloud-assembly',
        properties: { directoryName: 'assembly-fixture' },
      },
    },
  });
  return root;
};

export const temporaryFolder = (): { path: string; remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'leifeng-data-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
};
