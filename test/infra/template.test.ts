import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { Contract } from '../../functions/http/contract.ts';
import { apis } from '../../functions/reference/contracts.ts';
import type { SliceDescription } from '../../functions/slice.ts';
import { slices } from '../../functions/slices.ts';
import { stageOf } from '../support/stage.ts';

/** A policy's `Condition`: operator, key, values. */
type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Conditions;
}

/** What a district has without further settings. */
const plainSlices = (slices as readonly SliceDescription[]).filter(({ setting }) => !setting);
const contracts = Object.fromEntries(
  apis.flatMap(({ name, contract, setting }) => (setting ? [] : [[name, contract]])),
) as Readonly<Record<string, Contract>>;

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
      expect(Object.keys(tables)).toHaveLength(5);
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

    test('only reads are public', () => {
      const open = Object.values(contracts).flatMap((contract) =>
        Object.values<{ key: string; access: string }>(contract).flatMap(({ key, access }) =>
          access === 'public' ? [key] : [],
        ),
      );
      expect(open.sort()).toEqual([
        'GET /',
        'GET /.well-known/did.json',
        'GET /.well-known/jwks.json',
        'GET /activities',
        'GET /activities/{id}',
        'GET /areas',
        'GET /areas/{id}',
        'GET /asyncapi.json',
        'GET /bulletins/{month}',
        'GET /campaigns',
        'GET /campaigns/{year}',
        'GET /certificates/{number}',
        'GET /credentials/status/{list}',
        'GET /dashboards/{month}',
        'GET /feeds/activities.ics',
        'GET /feeds/calendar/{file}',
        'GET /feeds/stories.atom',
        'GET /months/{month}',
        'GET /openapi.json',
        'GET /reports/{year}',
        'GET /stars/notice',
        'GET /stories',
        'GET /stories/{id}',
        'GET /totals/{year}',
        'GET /verify',
        'GET /years/{year}',
      ]);
    });

    test('no role may do more than it is for', () => {
      // What operators, the night and the close of a period call reads whole tables; nothing on a request's
      // path does.
      const policies = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, policy]) =>
          /^(ClosePeriod|Maintenance|Reconcile|Redrive|Sweep)/.test(id) ? [] : [policy],
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
        'scheduler.amazonaws.com',
      ]);
    });

    test('whole tables are read by what operators and nights call, and by nothing else', () => {
      const scanning = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, { Properties }]) =>
          /dynamodb:Scan/.test(JSON.stringify(Properties)) ? [id.split('Role')[0]] : [],
      );
      // What a period is closed with, a comparison, a new generation, what was published in a time, and
      // what has expired.
      expect(scanning.sort()).toEqual([
        ...['ClosePeriod', 'Maintenance', 'Reconcile', 'Redrive', 'Sweep'],
      ]);
    });

    test('what a period was closed with is put by one function, and changed or deleted by none', () => {
      const onClosed = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, { Properties }]) =>
          (Properties.PolicyDocument.Statement as readonly Statement[]).flatMap(
            ({ Action, Resource }) =>
              /GetAttClosed[0-9A-F]{8}Arn/.test(JSON.stringify(Resource))
                ? [[id.replace(/RoleDefaultPolicy.*/, ''), [Action].flat().sort()] as const]
                : [],
          ),
      );
      const reads = ['dynamodb:GetItem', 'dynamodb:Query'];
      expect(Object.fromEntries(onClosed)).toEqual({
        ClosePeriod: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        DashboardsApi: reads,
        PeriodsApi: reads,
        RecordsApi: reads,
        ReportsApi: reads,
        RestatePeriods: reads,
      });
    });

    test('no condition on partitions is fulfilled by a request that names none', () => {
      const conditions = Object.values(template.findResources('AWS::IAM::Policy'))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as readonly Statement[])
        .flatMap(({ Condition = {} }) => [Condition]);
      const guarded = conditions.filter((condition) =>
        Object.keys(condition).some((operator) => operator.startsWith('ForAllValues:')),
      );
      expect(guarded.length).toBeGreaterThan(10);
      for (const condition of guarded) {
        const keys = Object.entries(condition).flatMap(([operator, values]) =>
          operator.startsWith('ForAllValues:') ? Object.keys(values) : [],
        );
        expect(condition.Null).toEqual(Object.fromEntries(keys.map((key) => [key, 'false'])));
      }
    });

    test('nobody uses the key but the district’s functions for it; the account still manages it', () => {
      const [key] = Object.values(dataTemplate.findResources('AWS::KMS::Key'));
      const [all, byRole, byDistrict, ...others] = key?.Properties.KeyPolicy.Statement ?? [];
      expect(others).toEqual([]);
      expect(all).toMatchObject({ Effect: 'Allow', Action: 'kms:*' });
      const use = {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Resource: '*',
        // Nothing that changes the policy or ends the key: who may not would lock the account out.
        Action: [
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:Encrypt',
          'kms:GenerateDataKey*',
          'kms:ReEncrypt*',
        ],
      };
      expect(byRole).toMatchObject({
        ...use,
        Condition: {
          ArnNotLike: {
            'aws:PrincipalArn': {
              'Fn::Join': [
                '',
                [
                  'arn:',
                  { Ref: 'AWS::Partition' },
                  ':iam::',
                  { Ref: 'AWS::AccountId' },
                  ':role/leifeng/demo/*',
                ],
              ],
            },
          },
        },
      });
      expect(byDistrict).toMatchObject({
        ...use,
        Condition: { StringNotEquals: { 'kms:EncryptionContext:district': 'demo' } },
      });
      const users = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([, { Properties }]) =>
          /kms:/.test(JSON.stringify(Properties))
            ? Properties.Roles.map(({ Ref }: { Ref: string }) => Ref)
            : [],
      );
      const roles = template.findResources('AWS::IAM::Role');
      expect(users.length).toBeGreaterThan(0);
      for (const role of users) expect(roles[role]?.Properties.Path).toBe('/leifeng/demo/');
    });

    test('programs and people are told where the tables, the bus, the API and the functions are', () => {
      const names = {
        'ledger-table': 'LedgerTable',
        'views-table': 'ViewsTable',
        'people-table': 'PeopleTable',
        'closed-table': 'ClosedTable',
        'outbound-table': 'OutboundTable',
        'people-key-arn': 'PeopleKeyArn',
        'bus-name': 'BusName',
        'api-url': 'ApiUrl',
        'maintenance-function': 'MaintenanceFunction',
        'reconcile-function': 'ReconcileFunction',
        'redrive-function': 'RedriveFunction',
        'sweep-function': 'SweepFunction',
      };
      const both = [dataTemplate, template];
      const outputs = both.flatMap((each) => Object.entries(each.toJSON().Outputs));
      const told = outputs.filter(([name]) => !/^Exports/.test(name));
      expect(told.map(([name]) => name).sort()).toEqual(Object.values(names).sort());
      const parameters = both.flatMap((each) =>
        Object.values(each.findResources('AWS::SSM::Parameter')),
      );
      // A program reads what the output says.
      expect(
        Object.fromEntries(parameters.map(({ Properties: { Name, Value } }) => [Name, Value])),
      ).toEqual(
        Object.fromEntries(
          Object.entries(names).map(([parameter, output]) => [
            `/leifeng/demo/${parameter}`,
            (Object.fromEntries(told)[output] as { Value: unknown }).Value,
          ]),
        ),
      );
      // Without a slash at its end.
      template.hasOutput('ApiUrl', {
        Value: { 'Fn::GetAtt': [Match.anyValue(), 'ApiEndpoint'] },
      });
    });

    test('the gateway may call each function by one permission', () => {
      const calling = Object.values(template.findResources('AWS::Lambda::Permission')).filter(
        ({ Properties }) => Properties.Principal === 'apigateway.amazonaws.com',
      );
      expect(calling).toHaveLength(Object.keys(contracts).length);
    });

    test('one dashboard shows every alarm', () => {
      const [dashboard, ...others] = Object.values(
        template.findResources('AWS::CloudWatch::Dashboard'),
      );
      expect(others).toEqual([]);
      const body = JSON.stringify(dashboard?.Properties.DashboardBody);
      for (const id of Object.keys(template.findResources('AWS::CloudWatch::Alarm')))
        expect(body).toContain(id);
    });

    test('the nightly sweep ends what has expired, and can open nothing', () => {
      expect(actionsOf('Sweep')).toEqual([
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:Scan',
        'dynamodb:UpdateItem',
      ]);
      const onPeople = statementsOf('Sweep').filter(({ Resource }) =>
        /GetAttPeople[0-9A-F]{8}Arn/.test(JSON.stringify(Resource)),
      );
      const inPartitions = (...partitions: readonly string[]) => ({
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      });
      expect(onPeople.map(({ Action, Condition }) => [Action, Condition])).toEqual([
        [
          'dynamodb:Scan',
          {
            StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
            'ForAllValues:StringEquals': {
              'dynamodb:Attributes': [
                ...['pk', 'sk', 'expiresAt', 'childUntil', 'minorUntil', 'volunteerId'],
              ],
            },
            Null: { 'dynamodb:Attributes': 'false' },
          },
        ],
        [
          'dynamodb:DeleteItem',
          inPartitions(
            ...['person#*', 'self#*', 'calendar#*', 'proof#*', 'import#*', 'look-up#*'],
            ...['source#*', 'complaint#*', 'star#*'],
          ),
        ],
        [
          ['dynamodb:BatchWriteItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
          inPartitions('person#*'),
        ],
      ]);
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: 'cron(0 4 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      });
    });

    test('what is overdue is looked at as the day begins', () => {
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: 'cron(0 9 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      });
      expect(actionsOf('RemindOverdue')).toEqual([
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Query',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:SendMessage',
      ]);
    });

    const statementsOf = (id: string): readonly Statement[] =>
      Object.entries(template.findResources('AWS::IAM::Policy'))
        .filter(([policy]) => policy.startsWith(`${id}Role`))
        .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

    /** What a function's role may do, by the beginning of its logical id. */
    const actionsOf = (id: string): readonly string[] =>
      statementsOf(id)
        .flatMap(({ Action }: { Action: string | readonly string[] }) => [Action].flat())
        .filter((action) => !action.startsWith('logs:'))
        .sort();

    test('personal data are sealed by a key that rotates, and used for this district only', () => {
      dataTemplate.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
      const statements = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, { Properties }]) =>
          Properties.PolicyDocument.Statement.map((statement: object) => ({ id, ...statement })),
      );
      for (const statement of statements.filter(({ Action }) => /kms:/.test(String(Action))))
        expect(statement).toMatchObject({
          Resource: { 'Fn::ImportValue': expect.stringMatching(/GetAttPeopleKey[0-9A-F]{8}Arn/) },
          Condition: { StringEquals: { 'kms:EncryptionContext:district': 'demo' } },
        });
    });

    test('each function does in People what it is for, partition by partition', () => {
      /** By partition and function: the actions on its items and on their data keys. `*`: any partition. */
      const table: Record<string, Record<string, string[]>> = {};
      for (const [id, { Properties }] of Object.entries(template.findResources('AWS::IAM::Policy')))
        for (const { Action, Resource, Condition = {} } of Properties.PolicyDocument
          .Statement as readonly Statement[]) {
          const resource = JSON.stringify(Resource);
          if (!/GetAttPeople(Key)?[0-9A-F]{8}Arn/.test(resource) || resource.includes('index'))
            continue;
          const partitions = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ??
            Condition.StringLike?.['kms:EncryptionContext:pk'] ?? ['*'];
          for (const partition of [partitions].flat()) {
            const name = id.replace(/RoleDefaultPolicy.*/, '');
            const before = table[partition]?.[name] ?? [];
            table[partition] = {
              ...table[partition],
              [name]: [...before, ...[Action].flat()].sort(),
            };
          }
        }
      const hashes = ['dynamodb:GetItem', 'kms:Decrypt'];
      expect(table).toEqual({
        'look-up#*': {
          // Counts the rows of lists.
          ImportsApi: ['dynamodb:UpdateItem'],
          ParticipationApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
          Sweep: ['dynamodb:DeleteItem'],
          VolunteersApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        },
        'person#*': {
          VolunteersApi: [
            'dynamodb:DeleteItem',
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'dynamodb:Query',
            'kms:Decrypt',
            'kms:GenerateDataKey',
          ],
          // Puts the hash of a name when its area has changed.
          PeopleSubscriber: [
            'dynamodb:BatchWriteItem',
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'dynamodb:Query',
            'kms:Decrypt',
          ],
          // Puts entries in the log of readings, and seals nothing.
          ImportsApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt'],
          Registrar: ['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt', 'kms:GenerateDataKey'],
          RecordsApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'kms:Decrypt'],
          // Whose name stands in a certificate, and the log of who read it.
          RecognitionApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt'],
          // Reads the names that a story is published with, and puts each reading into the log.
          PublicityApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt'],
          // Likewise the name that a notice shows.
          StarsApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt'],
          // Notices are not sealed. What sends them to another server opens nothing of a person.
          NoticesApi: ['dynamodb:Query'],
          Notifier: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
          // Goes by what is in clear: dates and months.
          Sweep: [
            'dynamodb:BatchWriteItem',
            'dynamodb:DeleteItem',
            'dynamodb:Query',
            'dynamodb:UpdateItem',
          ],
        },
        // Links say which record is whose, and are not sealed.
        'self#*': {
          Sweep: ['dynamodb:DeleteItem'],
          VolunteersApi: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
          TeamsApi: ['dynamodb:GetItem'],
          CalendarsApi: ['dynamodb:GetItem'],
          RecordsApi: ['dynamodb:GetItem'],
          RecognitionApi: ['dynamodb:GetItem'],
          StartApi: ['dynamodb:GetItem'],
        },
        // Digests of secrets. What answers a calendar opens nothing of a person.
        // The keys of cookies: what signs people in makes them, what shows their pages opens them.
        sessions: {
          StartApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt', 'kms:GenerateDataKey'],
          ActivitiesApi: hashes,
          CampaignsApi: hashes,
          DashboardsApi: hashes,
          OrganisationsApi: hashes,
          PeriodsApi: hashes,
          PublicityApi: hashes,
          RecognitionApi: hashes,
          RecordsApi: hashes,
          ReportsApi: hashes,
          StarsApi: hashes,
        },
        'calendar#*': {
          CalendarsApi: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
          PeopleSubscriber: ['dynamodb:DeleteItem'],
          Sweep: ['dynamodb:DeleteItem'],
        },
        // Salts, which are not sealed. The one that makes them puts none back that was destroyed.
        'proof#*': {
          ClosePeriod: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          RecordsApi: ['dynamodb:GetItem'],
          RestatePeriods: ['dynamodb:GetItem'],
          Sweep: ['dynamodb:DeleteItem'],
          VolunteersApi: ['dynamodb:DeleteItem'],
        },
        'contact#*': {
          OrganisationsApi: [
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'kms:Decrypt',
            'kms:GenerateDataKey',
          ],
        },
        'import#*': {
          ImportsApi: ['dynamodb:PutItem', 'kms:GenerateDataKey'],
          Registrar: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'kms:Decrypt'],
          Sweep: ['dynamodb:DeleteItem'],
        },
        // The names that stories show.
        'story#*': {
          PublicityApi: [
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'kms:Decrypt',
            'kms:GenerateDataKey',
          ],
          NameSubscriber: ['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt'],
        },
        'named#*': { PublicityApi: ['dynamodb:PutItem'], NameSubscriber: ['dynamodb:Query'] },
        // The names that the notices of stars show.
        'star#*': {
          StarsApi: [
            'dynamodb:DeleteItem',
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'kms:Decrypt',
            'kms:GenerateDataKey',
          ],
          StarKeeper: ['dynamodb:DeleteItem'],
          // Deletes the names of notices that are over.
          Sweep: ['dynamodb:DeleteItem'],
        },
        // What anybody may write to opens nothing of a person.
        'complaint#*': {
          ComplaintsApi: [
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'dynamodb:UpdateItem',
            'kms:Decrypt',
            'kms:GenerateDataKey',
          ],
          Sweep: ['dynamodb:DeleteItem'],
        },
        // One function makes the key. None changes or deletes it: every hash of the district hangs on it.
        keys: {
          OrganisationsApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:GenerateDataKey'],
          CalendarsApi: hashes,
          ComplaintsApi: hashes,
          DashboardsApi: hashes,
          ImportsApi: hashes,
          NoticesApi: hashes,
          // Find by keyed hashes whose record it is, and who is in the audit sample.
          ParticipationApi: hashes,
          RecognitionApi: hashes,
          RecordsApi: hashes,
          ReportsApi: hashes,
          StarsApi: hashes,
          StartApi: hashes,
          TeamsApi: hashes,
          PeopleSubscriber: hashes,
          Registrar: hashes,
          VolunteersApi: hashes,
        },
        // Which certificates somebody has, and what is assigned to them: ids, and nothing is sealed.
        'certificates#*': {
          CertificateKeeper: ['dynamodb:GetItem'],
          RecognitionApi: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        },
        'certificate-number#*': { RecognitionApi: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
        'status-list#*': {
          CertificateKeeper: ['dynamodb:PutItem'],
          RecognitionApi: ['dynamodb:PutItem', 'dynamodb:Query'],
          // Counts them.
          ReportsApi: ['dynamodb:Query'],
        },
        // Opened with the key of the person's record only. What erases them opens nothing.
        'sealed-file#*': {
          CertificateKeeper: ['dynamodb:BatchWriteItem', 'dynamodb:Query'],
          RecognitionApi: [
            'dynamodb:BatchWriteItem',
            'dynamodb:DeleteItem',
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'dynamodb:Query',
          ],
        },
        // What is shown to the public opens no key.
        signing: {
          KeysApi: ['dynamodb:Query'],
          RecognitionApi: [
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'kms:Decrypt',
            'kms:GenerateDataKey',
          ],
        },
        'source#*': {
          ComplaintsApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
          RecognitionApi: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
          Sweep: ['dynamodb:DeleteItem'],
        },
        // Scans of attributes in clear.
        '*': {
          Maintenance: ['dynamodb:Scan'],
          Reconcile: ['dynamodb:Scan'],
          Sweep: ['dynamodb:Scan'],
        },
      });
    });

    test('what follows from a merge reads the Views and appends to the Ledger, and no more', () => {
      const doing = actionsOf('MembershipSubscriber').filter(
        (action) => !action.startsWith('sqs:'),
      );
      expect(doing).toEqual([
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Query',
      ]);
    });

    test('each function appends to the streams that its slice names, or checks them, and no others', () => {
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
      const streams = (wanted: string) =>
        Object.fromEntries(
          writing.filter(({ action }) => action === wanted).map(({ id, keys }) => [id, keys]),
        );
      expect(new Set(writing.map(({ action }) => action))).toEqual(
        new Set(['dynamodb:ConditionCheckItem', 'dynamodb:PutItem']),
      );
      const said = plainSlices.flatMap(({ name, http, subscribers }) => [
        [`${name[0]?.toUpperCase()}${name.slice(1).replaceAll('-', '')}Api`, http] as const,
        ...Object.entries(subscribers),
      ]);
      const named = (right: 'appends' | 'checks') =>
        Object.fromEntries(
          said.flatMap(([id, { [right]: types = [] }]) =>
            types.length > 0 ? [[id, types.map((type) => `${type}#*`)]] : [],
          ),
        );
      expect(streams('dynamodb:PutItem')).toEqual({
        ...named('appends'),
        ClosePeriod: ['period#*', 'restatement#*'],
        RemindOverdue: ['overdue-records#*'],
        RestatePeriods: ['restatement#*'],
        Sweep: ['volunteer#*'],
      });
      // A salt is put only while its person is not erased.
      const salts = { ClosePeriod: ['volunteer#*'] };
      expect(streams('dynamodb:ConditionCheckItem')).toEqual({ ...named('checks'), ...salts });
      // A sheet begins only while its activity is as it was read.
      expect(streams('dynamodb:ConditionCheckItem')).toEqual({
        ActivitiesApi: ['sheet#*', 'campaign#*'],
        // A theme leaves a plan only while no activity of it was published.
        CampaignsApi: ['activity#*'],
        ...salts,
        ParticipationApi: ['activity#*', 'sheet#*'],
        // A text is published only while the consents of those whom it names are as they were read.
        PublicityApi: ['volunteer#*'],
        // A name is shown in a notice likewise.
        StarsApi: ['volunteer#*'],
      });
    });

    test('each night the Views are compared, by a function that writes only how far it is', () => {
      expect(actionsOf('Reconcile')).toEqual([
        'dynamodb:BatchGetItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:Scan',
        'lambda:GetEventSourceMapping',
      ]);
      const writing = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, { Properties }]) =>
          id.startsWith('Reconcile')
            ? (Properties.PolicyDocument.Statement as readonly Statement[]).filter(({ Action }) =>
                [Action].flat().includes('dynamodb:PutItem'),
              )
            : [],
      );
      expect(writing.map(({ Condition }) => Condition?.['ForAllValues:StringLike'])).toEqual([
        { 'dynamodb:LeadingKeys': ['generations'] },
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

    test('a night without a good comparison or sweep rings, whatever went wrong', () => {
      template.hasResourceProperties('AWS::Logs::MetricFilter', {
        FilterPattern: '{ $.message = "reconciled" }',
        MetricTransformations: [
          { MetricNamespace: 'leifeng/demo', MetricName: 'drift', MetricValue: '$.drift' },
        ],
      });
      for (const [MetricName, id] of [
        ['drift', undefined],
        ['Errors', /^Sweep/],
      ] as const) {
        const alarms = Object.values(
          template.findResources('AWS::CloudWatch::Alarm', {
            // The least of an hour is 0 when a run in it was good, and there is none without a run.
            Properties: {
              MetricName,
              Statistic: 'Minimum',
              Period: 3600,
              EvaluationPeriods: 26,
              DatapointsToAlarm: 26,
              ComparisonOperator: 'GreaterThanThreshold',
              Threshold: 0,
              TreatMissingData: 'breaching',
            },
          }),
        );
        expect(alarms).toHaveLength(1);
        if (id) expect(alarms[0]?.Properties.Dimensions[0].Value.Ref).toMatch(id);
      }
    });

    test('a relay that is off or slow, late figures and failing requests ring', () => {
      const [stopped] = Object.values(
        template.findResources('AWS::CloudWatch::Alarm', {
          Properties: { DatapointsToAlarm: 2, EvaluationPeriods: 24 },
        }),
      );
      const metrics = JSON.stringify(stopped?.Properties.Metrics);
      for (const name of ['"ConsumedWriteCapacityUnits"', '"Invocations"'])
        expect(metrics).toContain(name);
      for (const MetricName of ['IteratorAge', 'ApproximateAgeOfOldestMessage', '5xx', 'Throttles'])
        template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName });
    });

    test('the redrive function knows every dead-letter queue, and may do no more than it needs', () => {
      const dead = Object.entries(template.findResources('AWS::SQS::Queue'))
        .filter(([, { Properties }]) => !Properties.RedrivePolicy)
        .map(([id]) => id);
      expect(dead.map((id) => id.slice(0, -8)).sort()).toEqual([
        'DeadLettersUndelivered',
        'DeadLettersUnhandled',
      ]);
      const [redrive] = Object.values(
        template.findResources('AWS::Lambda::Function', {
          Properties: { Environment: { Variables: { UNHANDLED_QUEUE: Match.anyValue() } } },
        }),
      );
      const named = JSON.stringify(redrive?.Properties.Environment.Variables);
      for (const id of dead) expect(named).toContain(`{"Ref":"${id}"}`);
      expect([...new Set(actionsOf('Redrive'))]).toEqual([
        'dynamodb:Scan',
        'events:PutEvents',
        'lambda:InvokeFunction',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
      ]);
    });

    test('nobody looks people up but imports, rolls, the search for duplicates and the volunteers’ own function', () => {
      const may = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
        ([id, { Properties }]) =>
          /index\/By(IdNumber|Phone|Name)/.test(JSON.stringify(Properties))
            ? [id.split('Role')[0]]
            : [],
      );
      expect(may.sort()).toEqual([
        'ImportsApi',
        'ParticipationApi',
        'PeopleSubscriber',
        'Registrar',
        'VolunteersApi',
      ]);
    });

    test('one queue is polled; what cannot be handled is in one of two others, with one alarm', () => {
      const queues = Object.entries(template.findResources('AWS::SQS::Queue'));
      const polled = queues.filter(([, { Properties }]) => Properties.RedrivePolicy);
      expect(polled).toHaveLength(1);
      expect(polled[0]?.[1].Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
      const [alarm, ...more] = Object.values(
        template.findResources('AWS::CloudWatch::Alarm'),
      ).filter((each) => JSON.stringify(each).includes('ApproximateNumberOfMessagesVisible'));
      expect(more).toEqual([]);
      const rings = JSON.stringify(alarm?.Properties.Metrics);
      for (const [id] of queues)
        expect([id, rings.includes(`"${id}"`)]).toEqual([id, id !== polled[0]?.[0]]);
    });

    test('an event that a rule or a function cannot pass on is kept', () => {
      const rules = Object.values(template.findResources('AWS::Events::Rule'));
      expect(rules.length).toBeGreaterThan(3);
      const targets = rules.flatMap(({ Properties }) => Properties.Targets);
      for (const { RetryPolicy, DeadLetterConfig } of targets) {
        expect(RetryPolicy).toEqual({
          MaximumEventAgeInSeconds: 86_400,
          MaximumRetryAttempts: 185,
        });
        expect(DeadLetterConfig.Arn['Fn::GetAtt'][0]).toMatch(/^DeadLettersUndelivered/);
      }
      const invoked = targets.map(({ Arn }): string => Arn['Fn::GetAtt'][0]);
      const configs = Object.values(template.findResources('AWS::Lambda::EventInvokeConfig'));
      // All but the projector's queue, and what a schedule invokes each day.
      const functions = configs.map(({ Properties }): string => Properties.FunctionName.Ref);
      expect(functions.filter((id) => !id.startsWith('RemindOverdue')).sort()).toEqual(
        invoked.filter((id) => !/Queue/.test(id)).sort(),
      );
      expect(functions).toHaveLength(invoked.length);
      for (const { Properties } of configs) {
        expect(Properties.MaximumRetryAttempts).toBe(2);
        expect(Properties.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0]).toMatch(
          /^DeadLettersUnhandled/,
        );
      }
    });

    test('the night looks at each event source mapping, and at nothing else of Lambda', () => {
      const mappings = Object.keys(template.findResources('AWS::Lambda::EventSourceMapping'));
      expect(mappings).toHaveLength(2);
      const [night] = Object.values(
        template.findResources('AWS::Lambda::Function', {
          Properties: { Environment: { Variables: { MAPPINGS: Match.anyValue() } } },
        }),
      );
      const looks = JSON.stringify(night?.Properties.Environment.Variables.MAPPINGS);
      for (const id of mappings) expect(looks).toContain(`{"Ref":"${id}"}`);
      const allowed = Object.values(template.findResources('AWS::IAM::Policy'))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as readonly Statement[])
        .filter(({ Action }) => Action === 'lambda:GetEventSourceMapping');
      expect(allowed).toHaveLength(1);
      const resources = [allowed[0]?.Resource].flat();
      expect(resources).toHaveLength(2);
      for (const id of mappings)
        expect(JSON.stringify(resources)).toContain(`:event-source-mapping:",{"Ref":"${id}"}`);
    });

    test('no batching window is used as a delay', () => {
      for (const { Properties } of Object.values(
        template.findResources('AWS::Lambda::EventSourceMapping'),
      ))
        expect(Properties.MaximumBatchingWindowInSeconds ?? 0).toBeLessThanOrEqual(1);
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

/** Properties that CloudFormation or the service refuses in the China regions, by resource type. */
const refusedInChina: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::EventSourceMapping': ['Tags', 'MetricsConfig', 'ProvisionedPollerConfig'],
  'AWS::Lambda::Function': ['TracingConfig', 'SnapStart'],
  // Refused by the schema that some regions still have (cn-northwest-1 and us-east-1 on 2026-11-26).
  'AWS::CloudWatch::Dashboard': ['Tags'],
  'AWS::ApiGatewayV2::Api': ['DisableExecuteApiEndpoint'],
};

/** Resource types that there are none of. */
const missingInChina = /^AWS::(Cognito|XRay|Lambda::Url|CloudFront|Pipes|AppSync)/;

test('a district in a China region has nothing in it that is refused there', () => {
  const { stacks } = stageOf('demo', {}, china);
  for (const stack of stacks) {
    expect(stack.region).toBe('cn-north-1');
    const template = Template.fromStack(stack).toJSON();
    const resources = Object.entries<{ Type: string; Properties?: object }>(template.Resources);
    for (const [id, { Type, Properties = {} }] of resources) {
      expect([id, Type]).not.toEqual([id, expect.stringMatching(missingInChina)]);
      for (const property of refusedInChina[Type] ?? [])
        expect([id, Object.keys(Properties)]).not.toEqual([id, expect.arrayContaining([property])]);
    }
    expect(JSON.stringify(template)).not.toMatch(/arn:aws:|amazonaws\.com(?!\.cn|")|xray/);
  }
});

test('stacks are named for leifeng and the district', () => {
  expect(stageOf('demo').stacks.map(({ stackName }) => stackName)).toEqual([
    'leifeng-demo-data',
    'leifeng-demo-service',
  ]);
});

/** CloudFormation takes another logical id for another resource: an empty one, beside the retained. */
test('what holds data keeps its logical id', () => {
  const [data] = stageOf('demo').stacks;
  const held = /^AWS::(DynamoDB::GlobalTable|KMS::Key|Events::(EventBus|Archive))$/;
  const resources = Object.entries<{ Type: string }>(
    Template.fromStack(data as Stack).toJSON().Resources,
  ).filter(([, { Type }]) => held.test(Type));
  expect(Object.fromEntries(resources.map(([id, { Type }]) => [id, Type]))).toEqual({
    LedgerB7379752: 'AWS::DynamoDB::GlobalTable',
    ViewsC0DDE3FE: 'AWS::DynamoDB::GlobalTable',
    PeopleE38C8D03: 'AWS::DynamoDB::GlobalTable',
    Outbound93131C1F: 'AWS::DynamoDB::GlobalTable',
    PeopleKeyD4599107: 'AWS::KMS::Key',
    BusEA82B648: 'AWS::Events::EventBus',
    BusArchiveD76499E2: 'AWS::Events::Archive',
    ClosedBAF26A78: 'AWS::DynamoDB::GlobalTable',
  });
  // The operator imports them by these ids after the stack was deleted.
  const page = readFileSync('docs/operations.md', 'utf8');
  for (const [id] of resources) expect(page).toContain(`"${id}": {`);
});

describe('an issuer', () => {
  const rulesOf = (issuer: string) =>
    stageOf('demo', { issuer }).stacks.map((stack) => {
      const { Rules = {}, Parameters = {} } = Template.fromStack(stack).toJSON();
      return [Rules.IssuerIsNoExample, Parameters.ExampleIssuer];
    });

  test.each([
    'https://id.example.org/district',
    'https://example.com',
    'https://login.example',
    'http://127.0.0.1:7080/oidc',
    'https://localhost/oidc',
  ])('%s stops the deployment of each stack, with a sentence', (issuer) => {
    for (const [rule, parameter] of rulesOf(issuer)) {
      expect(parameter).toMatchObject({ Default: issuer });
      expect(rule.Assertions).toEqual([
        {
          Assert: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ExampleIssuer' }, issuer] }] },
          AssertDescription: expect.stringContaining('oidc.issuer'),
        },
      ]);
    }
  });

  test.each([
    'https://id.hongqi.gov.cn/oidc',
    'https://login.microsoftonline.com/0/v2.0',
    'https://example.gov.cn',
  ])('%s does not', (issuer) => {
    expect(rulesOf(issuer)).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});

describe('what other settings change', () => {
  const templateOf = (at: number, changed: object = {}): Template =>
    Template.fromStack(stageOf('demo', demoWith(changed)).stacks[at] as Stack);
  const publicRoutes = Object.values(contracts).flatMap((contract) =>
    Object.values<{ key: string; access: string }>(contract).flatMap(({ key, access }) =>
      access === 'token' ? [] : [key],
    ),
  );

  test('public and costly routes have throttles of their own, below that of the others', () => {
    const throttling = {
      public: { rate: 7, burst: 9 },
      token: { rate: 70, burst: 90 },
      costly: { rate: 3, burst: 5 },
    };
    for (const [changed, open, token, costly] of [
      [{}, [20, 40], [200, 400], [2, 10]],
      [{ throttling }, [7, 9], [70, 90], [3, 5]],
    ] as const) {
      const template = templateOf(1, changed);
      const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
      expect(stage?.Properties.DefaultRouteSettings).toEqual({
        ThrottlingRateLimit: token[0],
        ThrottlingBurstLimit: token[1],
      });
      const limit = ([rate, burst]: readonly [number, number]) => ({
        ThrottlingRateLimit: rate,
        ThrottlingBurstLimit: burst,
      });
      expect(stage?.Properties.RouteSettings).toEqual({
        ...Object.fromEntries(publicRoutes.map((key) => [key, limit(open)])),
        'POST /volunteers/import': limit(costly),
        'POST /volunteers/look-up': limit(costly),
      });
      // A stage that names a route which is not there yet is refused.
      const routes = Object.entries(template.findResources('AWS::ApiGatewayV2::Route'));
      const named = routes.filter(([, { Properties }]) =>
        [...publicRoutes, 'POST /volunteers/import'].includes(Properties.RouteKey),
      );
      expect(stage?.DependsOn).toEqual(expect.arrayContaining(named.map(([id]) => id)));
    }
  });

  test('public and costly routes may not take more than the others', () => {
    for (const which of ['public', 'costly'])
      expect(() => templateOf(1, { throttling: { [which]: { rate: 201, burst: 40 } } })).toThrow(
        /throttling/,
      );
  });

  test('executions are kept for the relay and the projector, and public reads are capped', () => {
    const followers = plainSlices.flatMap(({ subscribers }) => Object.keys(subscribers));
    const reservedIn = (template: Template) =>
      Object.fromEntries(
        Object.entries(template.findResources('AWS::Lambda::Function')).flatMap(
          ([id, { Properties }]) =>
            Properties.ReservedConcurrentExecutions === undefined
              ? []
              : [[id.slice(0, -8), Properties.ReservedConcurrentExecutions]],
        ),
      );
    expect(reservedIn(templateOf(1))).toEqual({});
    const concurrency = { relay: 5, projector: 4, followers: 6, publicReads: 30 };
    expect(reservedIn(templateOf(1, { concurrency }))).toEqual({
      Relay: 5,
      Projector: 4,
      ...Object.fromEntries(followers.map((id) => [id, 6])),
      ActivitiesApi: 30,
      CalendarsApi: 30,
      CampaignsApi: 30,
      ComplaintsApi: 30,
      DashboardsApi: 30,
      KeysApi: 30,
      OrganisationsApi: 30,
      PeriodsApi: 30,
      PublicityApi: 30,
      // Without a session they only send the browser on, but anybody can invoke them.
      RecognitionApi: 30,
      RecordsApi: 30,
      ReferenceApi: 30,
      ReportsApi: 30,
      RestatePeriods: 6,
      StarsApi: 30,
      StartApi: 30,
    });
  });

  test('a key of the operator’s own is used, and none is made', () => {
    const arn = 'arn:aws-cn:kms:cn-north-1:111122223333:key/0198c0de-0000-7000-8000-0000000000a1';
    expect(templateOf(0, { peopleKey: { arn } }).findResources('AWS::KMS::Key')).toEqual({});
    const policies = templateOf(1, { peopleKey: { arn } }).findResources('AWS::IAM::Policy');
    const resources = Object.values(policies)
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as readonly Statement[])
      .filter(({ Action }) => /kms:/.test(String(Action)))
      .map(({ Resource }) => Resource);
    expect(new Set(resources)).toEqual(new Set([arn]));
  });
});

test.each([
  ['nowhere', 'choose a district with -c district=<name>, one of: demo, local'],
  ['constructor', 'choose a district with -c district=<name>, one of: demo, local'],
])('the district %s is refused, and the known ones are named', (name, message) => {
  expect(() => stageOf(name)).toThrow(message);
});

/** The district demo with these settings in place of its own. */
const demoWith = (changed: object) => ({ changed });

describe('what a district counts of its own', () => {
  const outputsOf = (count: number) => {
    const output = {
      unit: 'sessions',
      unitZh: '场次',
      zh: '区内自定的一项成果',
      en: 'an output of the district',
    };
    const outputs = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`ownOutput${index}`, output]),
    );
    return { outputs };
  };

  test('leaves every function’s environment below the 4 KB that Lambda takes', () => {
    const { stacks } = stageOf('demo', demoWith(outputsOf(20)), china);
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
  expect(alarms).toHaveLength(8);
  for (const { Properties } of alarms) {
    expect(Properties.AlarmActions).toEqual([topicArn]);
    expect(Properties.OKActions).toEqual([topicArn]);
  }
});

test.each([
  ['webhooks.loopback', { webhooks: { loopback: true } }],
  ['webhooks.longPollSeconds', { webhooks: { longPollSeconds: 21 } }],
  ['alarms.topicArn', { alarms: { topicArn: 'on-call' } }],
])('%s has to be what it is meant to be', (_, wrong) => {
  expect(() => stageOf('demo', demoWith(wrong))).toThrow(/the settings of demo are wrong/);
});

test('a wrong setting is named', () => {
  expect(() => stageOf('demo', demoWith({ timezone: '', colour: 'red' }))).toThrow(
    /timezone[\s\S]*colour|colour[\s\S]*timezone/,
  );
});

test('scripts of the pages that the settings name may call the API, and no others', () => {
  const corsOf = (changed: object) => {
    const [, service] = stageOf('demo', { changed }).stacks as [Stack, Stack];
    const [api] = Object.values(
      Template.fromStack(service).findResources('AWS::ApiGatewayV2::Api'),
    );
    return api?.Properties.CorsConfiguration;
  };
  expect(corsOf({})).toBeUndefined();
  const origins = ['https://app.example.org', 'https://hall.example.org:8443'];
  expect(corsOf({ cors: { origins } })).toEqual({
    AllowOrigins: origins,
    AllowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    AllowHeaders: expect.arrayContaining(['authorization', 'idempotency-key', 'if-none-match']),
    ExposeHeaders: expect.arrayContaining(['etag', 'x-correlation-id']),
    MaxAge: 3600,
  });
});

describe('a district with webhooks', () => {
  const { app, stacks } = stageOf('demo', { changed: { webhooks: { enabled: true } } });
  const [, service] = stacks as [Stack, Stack];
  let template: Template;
  beforeAll(() => {
    template = Template.fromStack(service);
  });
  const actionsOf = (id: string): readonly string[] =>
    Object.entries(template.findResources('AWS::IAM::Policy'))
      .filter(([policy]) => policy.startsWith(`${id}Role`))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as readonly Statement[])
      .flatMap(({ Action }) => [Action].flat())
      .filter((action) => !action.startsWith('logs:'))
      .sort();

  test.each([AwsSolutionsChecks, ServerlessChecks])(
    'nothing that cdk-nag finds is left unanswered',
    (Pack) => {
      const { violations } = new Pack(app).validateScope(service);
      expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
    },
  );

  test('requests that may wait are as few as costly ones', () => {
    const limitOf = (longPollSeconds: number) => {
      const { stacks } = stageOf('demo', {
        changed: { webhooks: { enabled: true, longPollSeconds } },
      });
      const stages = Template.fromStack(stacks[1] as Stack).findResources(
        'AWS::ApiGatewayV2::Stage',
      );
      return Object.values(stages)[0]?.Properties.RouteSettings['GET /events'];
    };
    expect(limitOf(0)).toBeUndefined();
    expect(limitOf(20)).toEqual({ ThrottlingRateLimit: 2, ThrottlingBurstLimit: 10 });
  });

  test('of each webhook one delivery is in flight, and ten at all', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      MessageRetentionPeriod: 14 * 86_400,
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 10 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 minute)',
    });
  });

  test('each function does what it is for', () => {
    expect(actionsOf('Sender')).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
    ]);
    expect(actionsOf('Dispatcher')).toEqual([
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Query',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ]);
    expect(actionsOf('DueDeliveries')).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Query',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ]);
    expect(actionsOf('EventLog')).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Query',
      'dynamodb:Scan',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ]);
    const environments = Object.values(template.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => JSON.stringify(Properties.Environment),
    );
    expect(environments.some((each) => each.includes('WEBHOOKS_LOOPBACK'))).toBe(false);
  });

  test('without the setting there is nothing of it', () => {
    const [, without] = stageOf('demo').stacks as [Stack, Stack];
    const plain = JSON.stringify(Template.fromStack(without).toJSON());
    for (const name of ['Sender', 'Dispatcher', 'DueDeliveries', 'WebhooksApi', 'FifoQueue'])
      expect([name, plain.includes(name)]).toEqual([name, false]);
  });
});
