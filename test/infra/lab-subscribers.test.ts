import '../lab/environment.ts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { eventTypes } from '../../events/catalogue.ts';
import { followers, projector } from '../lab/subscribers.ts';
import { stageOf } from '../support/stage.ts';

/** The construct's id is what its resources' names begin with; eight characters of a hash end them. */
const named = <T>(resources: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.entries(resources).find(([name]) => name.slice(0, -8) === id)?.[1];

describe('the laboratory plays what the template makes', () => {
  let queues: ReturnType<Template['findResources']>;
  let rules: ReturnType<Template['findResources']>;
  beforeAll(() => {
    const [, service] = stageOf('demo').stacks;
    if (!service) throw new Error('a stage has two stacks');
    const template = Template.fromStack(service);
    queues = template.findResources('AWS::SQS::Queue');
    rules = template.findResources('AWS::Events::Rule');
  });

  test('everybody who listens to the bus', () => {
    const played = [projector, ...followers].map(({ id }) => `${id}Rule`);
    expect(
      Object.keys(rules)
        .map((name) => name.slice(0, -8))
        .sort(),
    ).toEqual(played.sort());
  });

  test.each([projector, ...followers])('the queue of $id', ({ id, events, ...settings }) => {
    const queue = named(queues, `${id}Queue`)?.Properties;
    expect({
      delay: queue.DelaySeconds ?? 0,
      visibility: queue.VisibilityTimeout,
      maxReceives: queue.RedrivePolicy.maxReceiveCount,
    }).toEqual({
      delay: settings.delay,
      visibility: settings.visibility,
      maxReceives: settings.maxReceives,
    });
    const told: readonly string[] = named(rules, `${id}Rule`)?.Properties.EventPattern[
      'detail-type'
    ];
    // The projector is given all that it knows in the laboratory.
    const all = events ?? eventTypes.filter((type) => told.includes(type));
    expect([...told].sort()).toEqual([...all].sort());
  });
});
