import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import {
  dollarsOf,
  type Template as Synthesised,
  standingStill,
} from '../../bench/cost/standing-still.ts';
import { stageOf } from '../support/stage.ts';

const templatesOf = (changed: object = {}): Synthesised[] =>
  stageOf('demo', { changed }).stacks.map(
    (stack) => Template.fromStack(stack).toJSON() as Synthesised,
  );

test('a district that stands still costs at most $2.40 a month, with eight alarms at most', () => {
  const templates = templatesOf();
  const items = standingStill(templates);
  expect(Object.fromEntries(items.map(({ what, count }) => [what, count]))).toEqual({
    'keys of KMS': 1,
    'queues polled': 1,
    'FIFO queues polled': 0,
    'schedules of every minute': 0,
    'metrics of alarms': 10,
    'metrics, an hour a day': 1,
    'dashboards above three': 0,
  });
  expect(dollarsOf(items)).toBeLessThanOrEqual(2.4);
  const alarms = templates.flatMap(({ Resources }) =>
    Object.values(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm'),
  );
  expect(alarms.length).toBeLessThanOrEqual(8);
});

test('webhooks cost a FIFO queue and a schedule more, and nothing else', () => {
  const items = standingStill(templatesOf({ webhooks: { enabled: true } }));
  expect(Object.fromEntries(items.map(({ what, count }) => [what, count]))).toMatchObject({
    ...{ 'queues polled': 1, 'FIFO queues polled': 1, 'schedules of every minute': 1 },
    'metrics of alarms': 10,
  });
  const more = dollarsOf(items) - dollarsOf(standingStill(templatesOf()));
  expect(more).toBeGreaterThan(0.3);
  expect(more).toBeLessThan(0.45);
});

test('a queue, an alarm or a metric more is seen, and what has no price is refused', () => {
  const templates = templatesOf();
  const before = dollarsOf(standingStill(templates));
  const [, service] = templates;
  for (const Type of ['AWS::Lambda::EventSourceMapping', 'AWS::CloudWatch::Alarm']) {
    const [, one] = Object.entries(service?.Resources ?? {}).find(
      ([id, resource]) => resource.Type === Type && /Projections/.test(id),
    ) ?? [undefined, undefined];
    if (!one) throw new Error(`there is no ${Type}`);
    const more = { Resources: { One: one } };
    expect(dollarsOf(standingStill([...templates, more]))).toBeGreaterThan(before);
  }
  const unpriced = { Resources: { One: { Type: 'AWS::EC2::NatGateway' } } };
  expect(() => standingStill([unpriced])).toThrow('AWS::EC2::NatGateway');
});

test('with a key of the operator’s own the stack has none to pay for', () => {
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/0198c0de-0000-7000-8000-0000000000a1';
  const [keys] = standingStill(templatesOf({ peopleKey: { arn } }));
  expect(keys).toMatchObject({ count: 0, dollars: 0 });
});
