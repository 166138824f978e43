// The example of docs/subscribe.md against what the district's stacks make.
import { expect, test } from '@jest/globals';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
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
