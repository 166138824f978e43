import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { contracts } from '../../functions/reference/contracts.ts';
import { stageOf } from '../support/stage.ts';

/** A policy's `Condition`: operator, key, values. */
type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Conditions;
}

const china = { region: 'cn-north-1', account: '111122223333' };

describe('a district', () => {
  const { app, stacks } = stageOf('demo');
  const [data, service] = stacks;
  if (!data || !service) throw new Error('a stage has two stacks');

  test.each([
    ['data', data, AwsSolutionsChecks],
    ['data', data, ServerlessChecks],
    ['service', service, AwsSolutionsChecks],
    ['service', service, ServerlessChecks],
  ])('%s stack: nothing that cdk-nag finds is left unanswered', (_, stack, Pack) => {
    const { violations } = new Pack(app).validateScope(stack);
    expect(violations.map(({ ruleName, description }) => `${ruleName}: ${description}`)).toEqual(
      [],
    );
  });

  describe('as a template', () => {
    let dataTemplate: Template;
    let template: Template;
    beforeAll(() => {
      dataTemplate = Template.fromStack(data);
      template = Template.fromStack(service);
    });

    test('what holds data outlives the stack and can be restored', () => {
      const tables = dataTemplate.findResources('AWS::DynamoDB::GlobalTable');
      expect(Object.keys(tables)).toHaveLength(3);
      for (const table of Object.values(tables)) {
        expect(table.DeletionPolicy).toBe('Retain');
        expect(table.Properties.BillingMode).toBe('PAY_PER_REQUEST');
        for (const replica of table.Properties.Replicas)
          expect(replica).toMatchObject({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          });
      }
      dataTemplate.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
      dataTemplate.hasResource('AWS::Events::EventBus', { DeletionPolicy: 'Retain' });
      dataTemplate.hasResource('AWS::Events::Archive', { DeletionPolicy: 'Retain' });
    });

    test('the routes are those of the contracts, with a token for all but the public reads', () => {
      const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(
        ({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType],
      );
      const expected = Object.values(contracts).flatMap((contract) =>
        Object.values<{ key: string; access: string }>(contract).map(({ key, access }) => [
          key,
          access === 'token' ? 'JWT' : 'NONE',
        ]),
      );
      expect(routes.sort()).toEqual(expected.sort());
    });

    test('a deployment says where the API is', () => {
      template.hasOutput('ApiUrl', {
        Value: { 'Fn::Join': ['', Match.arrayWith([{ Ref: 'AWS::URLSuffix' }])] },
      });
    });

    test('only reads are public', () => {
      const open = Object.values(contracts).flatMap((contract) =>
        Object.values<{ key: string; access: string }>(contract).flatMap(({ key, access }) =>
          access === 'public' ? [key] : [],
        ),
      );
      expect(open.sort()).toEqual([
        'GET /activities',
        'GET /activities/{id}',
        'GET /areas',
        'GET /areas/{id}',
        'GET /asyncapi.json',
        'GET /campaigns/{year}',
        'GET /dashboards/{month}',
        'GET /openapi.json',
        'GET /totals/{year}',
      ]);
    });

    test('no role may do more than it is for', () => {
      // What operators and the night call reads whole tables; nothing on a request's path does.
      const policies = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, policy]) => (/^(Maintenance|Reconcile|Redrive|Sweep)/.test(id) ? [] : [policy]),
      );
      const actions = policies.flatMap(({ Properties }) =>
        Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) =>
          [Action].flat(),
        ),
      );
      expect(actions.filter((action: string) => /\*|^dynamodb:Scan/.test(action))).toEqual([]);
      // Nothing is ever deleted but personal data, when a person is erased.
      const deleting = policies
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
        .filter(({ Action }) => [Action].flat().some((action) => /^dynamodb:Delete/.test(action)));
      expect(deleting.length).toBeGreaterThan(0);
      for (const { Resource } of deleting) {
        const tables = JSON.stringify(Resource).match(/GetAtt(Ledger|Views|People)[0-9A-F]/g);
        expect(new Set(tables?.map((name) => name.slice('GetAtt'.length, -1)))).toEqual(
          new Set(['People']),
        );
      }
      const principals = Object.values(template.findResources('AWS::IAM::Role')).map(
        ({ Properties }) => Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service,
      );
      expect(principals.filter((service) => service === 'lambda.amazonaws.com').length).toBe(
        Object.keys(template.findResources('AWS::Lambda::Function')).length,
      );
      expect(principals.filter((service) => service !== 'lambda.amazonaws.com')).toEqual([
        'scheduler.amazonaws.com',
        'scheduler.amazonaws.com',
      ]);
    });

    test('the nightly sweep ends what has expired, and can open nothing', () => {
      expect(actionsOf('Sweep')).toEqual([
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:Scan',
        'dynamodb:UpdateItem',
      ]);
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: 'cron(0 4 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      });
    });

    /** What a function's role may do, by the beginning of its logical id. */
    const actionsOf = (id: string): readonly string[] =>
      Object.entries(template.findResources('AWS::IAM::Policy'))
        .filter(([policy]) => policy.startsWith(`${id}Role`))
        .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
        .flatMap(({ Action }: { Action: string | readonly string[] }) => [Action].flat())
        .filter((action) => !action.startsWith('logs:'))
        .sort();

    test('personal data are sealed by a key that rotates, and used for this district only', () => {
      dataTemplate.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
      const statements = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, { Properties }]) =>
          Properties.PolicyDocument.Statement.map((statement: object) => ({ id, ...statement })),
      );
      /** By function: the patterns that a condition of its statements on a resource names. */
      const named = (resource: RegExp, patternsOf: (condition: Conditions) => unknown) =>
        Object.fromEntries(
          statements
            .filter(({ Resource }) => resource.test(JSON.stringify(Resource)))
            .filter(({ Resource }) => !/index/.test(JSON.stringify(Resource)))
            .map(({ id, Condition }) => [
              id.replace(/RoleDefaultPolicy.*/, ''),
              patternsOf(Condition ?? {}),
            ]),
        );
      const opened = {
        PeopleKeeper: ['person#*', 'keys'],
        Notifier: ['person#*', 'keys'],
        Registrar: ['person#*', 'import#*', 'keys'],
        OrganisationsApi: ['contact#*'],
        VolunteersApi: ['person#*', 'keys'],
        ImportsApi: ['import#*', 'keys'],
        RecordsApi: ['person#*'],
        NoticesApi: ['person#*', 'keys'],
        DashboardsApi: ['keys'],
      };
      expect(
        named(
          /GetAttPeople[0-9A-F]{8}Arn/,
          (condition) => condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
        ),
      ).toEqual({
        ...opened,
        // Links say which record is whose, and are not sealed.
        VolunteersApi: ['person#*', 'self#*', 'keys'],
        TeamsApi: ['self#*'],
        // Goes by what is in clear: dates and months. It can open nothing.
        Sweep: undefined,
      });
      expect(
        named(
          /GetAttPeopleKey[0-9A-F]{8}Arn/,
          (condition) => condition.StringLike?.['kms:EncryptionContext:pk'],
        ),
      ).toEqual(opened);
      for (const statement of statements.filter(({ Action }) => /kms:/.test(String(Action))))
        expect(statement).toMatchObject({
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: { 'Fn::ImportValue': expect.stringMatching(/GetAttPeopleKey[0-9A-F]{8}Arn/) },
          Condition: { StringEquals: { 'kms:EncryptionContext:district': 'demo' } },
        });
    });

    test('what follows from a merge reads the Views and appends to the Ledger, and no more', () => {
      for (const id of ['HoursMover', 'MembershipKeeper'])
        expect(actionsOf(id).filter((action) => !action.startsWith('sqs:'))).toEqual([
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:Query',
        ]);
    });

    test('each function appends to the streams of its own aggregates only', () => {
      const onLedger = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, { Properties }]) =>
          (Properties.PolicyDocument.Statement as readonly Statement[]).flatMap(
            ({ Action, Resource, Condition = {} }) =>
              /GetAttLedger[0-9A-F]{8}Arn/.test(JSON.stringify(Resource))
                ? [Action].flat().map((action) => ({
                    id: id.replace(/RoleDefaultPolicy.*/, ''),
                    action,
                    keys: Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
                  }))
                : [],
          ),
      );
      const writing = onLedger.filter(({ action }) => !/^dynamodb:(Query|Scan)$/.test(action));
      expect(new Set(writing.map(({ action }) => action))).toEqual(new Set(['dynamodb:PutItem']));
      expect(Object.fromEntries(writing.map(({ id, keys }) => [id, keys]))).toEqual({
        CampaignsApi: ['campaign#*'],
        OrganisationsApi: ['area#*', 'organisation#*'],
        VolunteersApi: ['volunteer#*'],
        PeopleKeeper: ['volunteer#*'],
        Sweep: ['volunteer#*'],
        ImportsApi: ['import#*', 'import-chunk#*'],
        Registrar: ['volunteer#*', 'import#*', 'import-chunk#*'],
        ActivitiesApi: ['activity#*'],
        ParticipationApi: ['hours#*'],
        HoursMover: ['hours#*'],
        RecordsApi: ['record-entry#*'],
        TeamsApi: ['team#*', 'membership#*'],
        MembershipKeeper: ['team#*', 'membership#*'],
      });
    });

    test('each night the totals are compared, by a function that can only read', () => {
      expect(actionsOf('Reconcile')).toEqual([
        'dynamodb:GetItem',
        'dynamodb:Scan',
        'dynamodb:Scan',
      ]);
      const [handler] = Object.keys(
        template.findResources('AWS::Lambda::Function', { Properties: { Timeout: 900 } }),
      ).filter((id) => id.startsWith('Reconcile'));
      const arn = { 'Fn::GetAtt': [handler, 'Arn'] };
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
        Target: { Arn: arn, Input: '{"time":"<aws.scheduler.scheduled-time>"}' },
      });
      template.hasResourceProperties('AWS::IAM::Role', {
        Policies: [
          {
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arn }],
            },
          },
        ],
      });
    });

    test('drift rings, and so does a night without a comparison', () => {
      template.hasResourceProperties('AWS::Logs::MetricFilter', {
        FilterPattern: '{ $.message = "reconciled" }',
        MetricTransformations: [
          { MetricNamespace: 'leifeng/demo', MetricName: 'drift', MetricValue: '$.drift' },
        ],
      });
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName: 'drift',
        Statistic: 'Maximum',
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        DatapointsToAlarm: 1,
        TreatMissingData: 'notBreaching',
      });
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName: 'drift',
        Statistic: 'SampleCount',
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        Period: 3600,
        EvaluationPeriods: 30,
        DatapointsToAlarm: 30,
        TreatMissingData: 'breaching',
      });
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName: 'Errors',
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
      });
    });

    test('the redrive function knows every dead-letter queue, and may do no more than it needs', () => {
      const dead = Object.entries(template.findResources('AWS::SQS::Queue'))
        .filter(([, { Properties }]) => !Properties.RedrivePolicy)
        .map(([id]) => id);
      const [redrive] = Object.values(
        template.findResources('AWS::Lambda::Function', {
          Properties: { Environment: { Variables: { DEAD_LETTERS: Match.anyValue() } } },
        }),
      );
      const named = JSON.stringify(redrive?.Properties.Environment.Variables.DEAD_LETTERS);
      for (const id of dead) expect(named).toContain(`{"Fn::GetAtt":["${id}","QueueName"]}`);
      expect([...new Set(actionsOf('Redrive'))]).toEqual([
        'dynamodb:Scan',
        'events:PutEvents',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
      ]);
    });

    test('nobody looks people up by their numbers but imports and the search for duplicates', () => {
      const may = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, { Properties }]) =>
          /index\/By(IdNumber|Phone)/.test(JSON.stringify(Properties)) ? [id.split('Role')[0]] : [],
      );
      expect(may.sort()).toEqual(['ImportsApi', 'PeopleKeeper']);
    });

    test('every queue has a dead-letter queue, and every dead-letter queue an alarm', () => {
      const queues = Object.entries(template.findResources('AWS::SQS::Queue'));
      const dead = queues.filter(([, { Properties }]) => !Properties.RedrivePolicy);
      const alarmed = Object.values(
        template.findResources('AWS::CloudWatch::Alarm', { Properties: { Namespace: 'AWS/SQS' } }),
      ).map(({ Properties }) => Properties.Dimensions[0].Value['Fn::GetAtt'][0]);
      expect(alarmed.sort()).toEqual(dead.map(([id]) => id).sort());
      for (const [, { Properties }] of queues)
        if (Properties.RedrivePolicy)
          expect(Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
    });

    test('a message stays hidden for six times the function’s timeout', () => {
      template.hasResourceProperties('AWS::SQS::Queue', {
        VisibilityTimeout: 180,
        RedrivePolicy: Match.anyValue(),
      });
      template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 30, MemorySize: 1024 });
    });

    test('functions run on Node 24 and keep their logs for a while only', () => {
      template.allResourcesProperties('AWS::Lambda::Function', {
        Runtime: 'nodejs24.x',
        // Lambda's three lines about each call would cost more than anything we log.
        LoggingConfig: Match.objectLike({
          LogFormat: 'JSON',
          SystemLogLevel: 'WARN',
          ApplicationLogLevel: 'INFO',
        }),
      });
      template.allResourcesProperties('AWS::Logs::LogGroup', {
        RetentionInDays: Match.anyValue(),
      });
    });
  });
});

test('nothing in a template is of one partition only', () => {
  const { stacks } = stageOf('demo');
  for (const stack of stacks) {
    const text = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(text).not.toMatch(/arn:aws[:-]/);
    expect(text).not.toMatch(/amazonaws\.com(?!")/);
  }
});

test('a district in a China region synthesises for its partition', () => {
  const { stacks } = stageOf('demo', {}, china);
  for (const stack of stacks) {
    expect(stack.region).toBe('cn-north-1');
    const text = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(text).not.toMatch(/arn:aws:/);
    expect(text).not.toMatch(/Tracing|FunctionUrl|UserPool/);
  }
});

test.each([
  ['nowhere', 'choose a district with -c district=<name>, one of: demo, local'],
  ['constructor', 'choose a district with -c district=<name>, one of: demo, local'],
])('the district %s is refused, and the known ones are named', (name, message) => {
  expect(() => stageOf(name)).toThrow(message);
});

/** The context of a district demo whose settings are these in part. */
const demoWith = (changed: object) => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  return { districts: { demo: { ...context.districts.demo, ...changed } } };
};

describe('what a district counts of its own', () => {
  const outputsOf = (count: number) => {
    const output = { unit: 'sessions', zh: '区内自定的一项成果', en: 'an output of the district' };
    const outputs = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`ownOutput${index}`, output]),
    );
    return { outputs };
  };

  test('leaves every function’s environment below the 4 KB that Lambda takes', () => {
    const { stacks } = stageOf('demo', demoWith(outputsOf(25)), china);
    // A name has 80 characters at most, and a queue's URL no more than 80 beside it.
    const lengthOf = (value: unknown): number => {
      if (typeof value === 'string') return Buffer.byteLength(value);
      const { 'Fn::Join': join } = value as { 'Fn::Join'?: readonly [string, readonly unknown[]] };
      return join
        ? join[1].reduce<number>((sum, part) => sum + lengthOf(part), 0)
        : 'Ref' in Object(value)
          ? 160
          : 80;
    };
    const sizes = stacks.flatMap((stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(
        ({ Properties }) =>
          Object.entries(Properties.Environment.Variables).reduce(
            (sum, [name, value]) => sum + name.length + lengthOf(value),
            0,
          ),
      ),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(4096);
  });

  test('may not be more than fits there', () => {
    expect(() => stageOf('demo', demoWith(outputsOf(60)))).toThrow(
      /outputs[\s\S]*4 KB|4 KB[\s\S]*outputs/,
    );
  });
});

test('every alarm tells the topic of the settings when it rings and when it stops', () => {
  const topicArn = 'arn:aws-cn:sns:cn-north-1:123456789012:on-call';
  const { stacks } = stageOf('demo', demoWith({ alarms: { topicArn } }), china);
  const alarms = stacks.flatMap((stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')),
  );
  expect(alarms.length).toBeGreaterThan(10);
  for (const { Properties } of alarms) {
    expect(Properties.AlarmActions).toEqual([topicArn]);
    expect(Properties.OKActions).toEqual([topicArn]);
  }
});

test.each([
  ['notices.webhook', { notices: { webhook: 'https://user:word@example.org/hook' } }],
  ['alarms.topicArn', { alarms: { topicArn: 'on-call' } }],
])('%s has to be what it is meant to be', (_, wrong) => {
  expect(() => stageOf('demo', demoWith(wrong))).toThrow(/settings of district demo/);
});

test('a wrong setting is named', () => {
  expect(() => stageOf('demo', demoWith({ timezone: '', colour: 'red' }))).toThrow(
    /timezone[\s\S]*colour|colour[\s\S]*timezone/,
  );
});
