// The example of docs/subscribe.md against what the district's stacks make.
import { describe, expect, test } from '@jest/globals';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ReceivingQueueStack } from '../../docs/subscribe/receiving-queue-stack.ts';
import { SubscriberStack } from '../../docs/subscribe/subscriber-stack.ts';
import { eventTypes, sourceOf } from '../../events/catalogue.ts';
import { stageOf } from '../support/stage.ts';

const stack = new SubscriberStack(new App(), 'HoursSubscriber', { district: 'demo' });
const template = Template.fromStack(stack);

test('the bus is found by the parameter that the data stack makes', () => {
  const [parameter] = Object.values(
    template.toJSON().Parameters as Record<string, { Default: string }>,
  )
    .map(({ Default }) => Default)
    .filter((name) => name.startsWith('/leifeng/'));
  const [data] = stageOf('demo').stacks as [Stack];
  const made = Object.values(Template.fromStack(data).findResources('AWS::SSM::Parameter'));
  expect(made.map(({ Properties }) => Properties.Name)).toContain(parameter);
});

test('the rule names an event that there is, with its source, and loses nothing', () => {
  const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
  const { source, 'detail-type': types } = rule?.Properties.EventPattern ?? {};
  for (const type of types) {
    expect(eventTypes).toContain(type);
    expect(source).toContain(sourceOf(type));
  }
  expect(rule?.Properties.Targets).toMatchObject([{ DeadLetterConfig: expect.anything() }]);
  template.hasResourceProperties('AWS::SQS::Queue', {
    RedrivePolicy: { maxReceiveCount: 5 },
  });
});

describe('a queue of another account', () => {
  const to = 'arn:aws-cn:sqs:cn-north-1:222222222222:HoursOfDemo';
  const bus = 'arn:aws-cn:events:cn-north-1:222222222222:event-bus/city';
  const forwards = {
    'city-data': { to, types: ['HoursVerified'] },
    city: { to: bus, types: ['ActivityPublished', 'HoursVerified'] },
  };
  const [, service] = stageOf('demo', { changed: { forwards } }).stacks as [Stack, Stack];
  const made = Template.fromStack(service);
  const ruleTo = (arn: string) =>
    Object.values(made.findResources('AWS::Events::Rule'))
      .map(({ Properties }) => Properties)
      .find(({ Targets }) => Targets[0].Arn === arn);

  test.each([
    [to, 'sqs:SendMessage', 'ForwardCityDataRole', ['HoursVerified']],
    [bus, 'events:PutEvents', 'ForwardCityRole', ['ActivityPublished', 'HoursVerified']],
  ])(
    '%s gets the events that the settings name, by a role that may only send',
    (arn, action, name, types) => {
      const rule = ruleTo(arn);
      expect(rule?.EventPattern['detail-type']).toEqual(types);
      const [target] = rule?.Targets ?? [];
      expect(target).toMatchObject({
        DeadLetterConfig: { Arn: expect.anything() },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      });
      const role: string = target.RoleArn['Fn::GetAtt'][0];
      expect(role).toMatch(new RegExp(`^${name}[0-9A-F]{8}$`));
      const policies = Object.values(made.findResources('AWS::IAM::Policy'))
        .map(({ Properties }) => Properties)
        .filter(({ Roles }) => Roles.some(({ Ref }: { Ref: string }) => Ref === role));
      expect(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
        { Action: action, Effect: 'Allow', Resource: arn },
      ]);
      made.hasOutput(`${name}Arn`, {});
    },
  );

  test('lets the account of the district in, and later its role only', () => {
    const principalOf = (roleArn?: string) => {
      const stack = new ReceivingQueueStack(new App(), 'HoursOfDemo', {
        district: 'demo',
        districtAccount: '111111111111',
        ...(roleArn ? { roleArn } : {}),
      });
      const [policy] = Object.values(
        Template.fromStack(stack).findResources('AWS::SQS::QueuePolicy'),
      );
      return policy?.Properties.PolicyDocument.Statement[0].Principal.AWS;
    };
    expect(JSON.stringify(principalOf())).toContain(':iam::111111111111:root');
    const role = 'arn:aws-cn:iam::111111111111:role/forward';
    expect(principalOf(role)).toBe(role);
  });

  test('a district without one has no role for it', () => {
    const [, plain] = stageOf('demo').stacks as [Stack, Stack];
    expect(Object.keys(Template.fromStack(plain).findResources('AWS::IAM::Role'))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^Forward/)]),
    );
  });

  test.each([
    ['a FIFO queue', 'arn:aws:sqs:eu-west-1:222222222222:Hours.fifo'],
    ['a function', 'arn:aws:lambda:eu-west-1:222222222222:function:hours'],
    ['no ARN', 'https://sqs.eu-west-1.amazonaws.com/222222222222/Hours'],
  ])('that is %s is refused', (_, arn) => {
    const changed = { forwards: { city: { to: arn, types: ['HoursVerified'] } } };
    expect(() => stageOf('demo', { changed })).toThrow(/forwards/);
  });
});
