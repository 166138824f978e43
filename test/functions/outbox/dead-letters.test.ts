import type { Message } from '@aws-sdk/client-sqs';
import { expect, describe as group, test } from '@jest/globals';
import { exampleOf } from '../../../events/examples.ts';
import { deadLetterOf } from '../../../functions/outbox/dead-letters.ts';
import { describe } from '../../../functions/outbox/describe.ts';

const follower = 'arn:aws-cn:lambda:cn-north-1:111122223333:function:leifeng-demo-Notifier-1A';
const queue = 'arn:aws:sqs:us-east-1:111122223333:leifeng-demo-Projections-2B';
const url = 'https://sqs.us-east-1.amazonaws.com/111122223333';
process.env.UNDELIVERED_QUEUE = `${url}/Undelivered`;
process.env.UNHANDLED_QUEUE = `${url}/Unhandled`;
process.env.PROJECTIONS_QUEUE = `${url}/leifeng-demo-Projections-2B`;
const event = { 'detail-type': 'VolunteerErased', detail: exampleOf('VolunteerErased') };

const message = (body: unknown, attributes: Readonly<Record<string, string>> = {}): Message => ({
  MessageId: 'm-1',
  Body: typeof body === 'string' ? body : JSON.stringify(body),
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [
      name,
      { DataType: 'String', StringValue },
    ]),
  ),
});

/** As Lambda writes it to an on-failure destination. */
const failed = {
  version: '1.0',
  timestamp: '2025-10-18T06:03:00.000Z',
  requestContext: {
    requestId: 'r-1',
    functionArn: `${follower}:$LATEST`,
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  requestPayload: event,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorType: 'NotYet', errorMessage: 'the Views are behind', trace: [] },
};
const { responsePayload: _, ...tooOld } = {
  ...failed,
  requestContext: { ...failed.requestContext, condition: 'EventAgeExceeded' },
};
/** As a stream mapping writes it. */
const position = {
  requestContext: { condition: 'RetryAttemptsExhausted', functionArn: follower },
  DDBStreamBatchInfo: {
    approximateArrivalOfFirstRecord: '2025-10-18T06:00:00.000Z',
    approximateArrivalOfLastRecord: '2025-10-18T06:00:01.000Z',
    batchSize: 4,
  },
};
const refused = { ERROR_CODE: 'NO_PERMISSIONS' };

group('whose a dead letter is', () => {
  const of = 'leifeng-demo-Notifier-1A';
  test.each([
    ['an event that a function failed to handle', message(failed), { kind: 'event', of, event }],
    ['an event that grew too old', message(tooOld), { kind: 'event', of, event }],
    [
      'an event that did not reach a function',
      message(event, { ...refused, TARGET_ARN: follower }),
      { kind: 'event', of, event },
    ],
    [
      'an event that did not reach the queue',
      message(event, { ...refused, TARGET_ARN: queue }),
      { kind: 'message', of: 'Projector', body: JSON.stringify(event) },
    ],
    [
      'an event that did not reach a queue of another account',
      message(event, { ...refused, TARGET_ARN: 'arn:aws:sqs:us-east-1:222222222222:Hours' }),
      { kind: 'forward', of: 'arn:aws:sqs:us-east-1:222222222222:Hours', event },
    ],
    [
      'an event that did not reach a bus of another account',
      message(event, {
        ...refused,
        TARGET_ARN: 'arn:aws:events:eu-west-1:222222222222:event-bus/x',
      }),
      { kind: 'forward', of: 'arn:aws:events:eu-west-1:222222222222:event-bus/x', event },
    ],
    [
      'a message that the projector failed to take in',
      message(event),
      { kind: 'message', of: 'Projector', body: JSON.stringify(event) },
    ],
    [
      'a message that is no JSON',
      message('{"detail":'),
      { kind: 'message', of: 'Projector', body: '{"detail":' },
    ],
    ['a part of the stream', message(position), { kind: 'position', of: 'Relay' }],
    [
      'a part of the stream that the log of events did not take',
      message({
        ...position,
        requestContext: {
          ...position.requestContext,
          functionArn: follower.replace('Notifier', 'EventLog'),
        },
      }),
      { kind: 'position', of: 'leifeng-demo-EventLog-1A' },
    ],
  ])('%s', (_, letter, expected) => {
    expect(deadLetterOf(letter)).toMatchObject(expected);
  });
});

group('what is shown of a dead letter', () => {
  const { id, aggregate, correlationId } = event.detail;
  test.each([
    [
      'its error, and that it can be read',
      message(failed),
      'failed with NotYet; can be read now: redrive it',
    ],
    [
      'why it was given up',
      message(tooOld),
      'failed with EventAgeExceeded; can be read now: redrive it',
    ],
    [
      'why it was not delivered',
      message(event, { ...refused, TARGET_ARN: follower }),
      'not delivered: NO_PERMISSIONS',
    ],
  ])('%s', (_, letter, reason) => {
    expect(describe(letter)).toEqual({
      messageId: 'm-1',
      of: 'leifeng-demo-Notifier-1A',
      event: `VolunteerErased ${id}`,
      aggregate: `volunteer#${aggregate.id}`,
      correlationId,
      reason,
    });
  });

  test('nothing that is not an id or a code', () => {
    const shown = JSON.stringify(describe(message('{"detail":{"type":7,"data":{"name":"李雷"}}}')));
    expect(shown).not.toContain('李雷');
  });
});
