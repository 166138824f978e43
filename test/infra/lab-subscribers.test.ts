import '../lab/environment.ts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { eventTypes } from '../../events/catalogue.ts';
import { closers, followers, projector } from '../lab/subscribers.ts';
import { stageOf } from '../support/stage.ts';

/** The construct's id is what its resources' names begin with; eight characters of a hash end them. */
const named = <T>(resources: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.entries(resources).find(([name]) => name.slice(0, -8) === id)?.[1];

describe('the laboratory plays what the template makes', () => {
  let template: Template;
  let rules: ReturnType<Template['findResources']>;
  beforeAll(() => {
    const [, service] = stageOf('demo').stacks;
    if (!service) throw new Error('a stage has two stacks');
    template = Template.fromStack(service);
    rules = template.findResources('AWS::Events::Rule');
  });

  const invoked = [...followers, ...closers];

  test('everybody who listens to the bus', () => {
    const played = [projector, ...invoked].map(({ id }) => `${id}Rule`);
    expect(
      Object.keys(rules)
        .map((name) => name.slice(0, -8))
        .sort(),
    ).toEqual(played.sort());
  });

  test.each([projector, ...invoked])('the events of $id', ({ id, events }) => {
    const told: readonly string[] = named(rules, `${id}Rule`)?.Properties.EventPattern[
      'detail-type'
    ];
    // The projector is given all that it knows in the laboratory.
    const all = events ?? eventTypes.filter((type) => told.includes(type));
    expect([...told].sort()).toEqual([...all].sort());
  });

  test('the queue of the projector', () => {
    const queue = named(template.findResources('AWS::SQS::Queue'), `${projector.id}Queue`);
    expect(projector.again).toContain(queue?.Properties.VisibilityTimeout);
    expect(queue?.Properties.RedrivePolicy.maxReceiveCount).toBe(projector.maxReceives);
  });

  test.each(invoked)('how $id is invoked', ({ id, batch, maxReceives }) => {
    // The target is the function itself, which gets one event.
    const [target] = named(rules, `${id}Rule`)?.Properties.Targets ?? [];
    const [name = ''] = target.Arn['Fn::GetAtt'];
    expect(name.slice(0, -8)).toBe(id.replace(/OnBus$/, ''));
    expect(batch).toBe(1);
    const configs = Object.values(template.findResources('AWS::Lambda::EventInvokeConfig'));
    const own = configs.find(({ Properties }) => Properties.FunctionName.Ref === name);
    expect(own?.Properties.MaximumRetryAttempts).toBe(maxReceives - 1);
  });
});
