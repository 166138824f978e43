import { Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { addApi } from './service/api.ts';
import { addReconcile, addSweep } from './service/nights.ts';
import { addMaintenance, addRedrive } from './service/operations.ts';
import { addRelay } from './service/relay.ts';
import { addSubscribers } from './service/subscribers.ts';
import type { Wiring } from './service/wiring.ts';
import type { District } from './settings.ts';

export type ServiceStackProps = StackProps & Wiring;

/** What a district runs: it holds nothing, and could be taken down and put up again. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { district, data, ...props }: ServiceStackProps) {
    super(scope, id, props);
    const wiring: Wiring = { district, data };
    const relayDeadLetters = addRelay(this, wiring);
    const subscribers = addSubscribers(this, wiring);
    addApi(this, wiring);
    addMaintenance(this, wiring);
    addReconcile(this, wiring);
    addSweep(this, wiring);
    addRedrive(this, wiring, relayDeadLetters, subscribers);
    this.tellAlarms(district);
  }

  /** Every alarm tells the district's topic, when it rings and when it stops. */
  private tellAlarms({ alarms: { topicArn } }: District): void {
    if (topicArn === null) return;
    const action = new SnsAction(Topic.fromTopicArn(this, 'AlarmTopic', topicArn));
    for (const alarm of this.node.findAll())
      if (alarm instanceof Alarm) {
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
      }
  }
}
