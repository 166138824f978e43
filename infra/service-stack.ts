import { Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { DeadLetters } from './constructs/dead-letters.ts';
import { refuseExampleIssuer } from './example-issuer.ts';
import { addOutputs } from './outputs.ts';
import { addApi } from './service/api.ts';
import { addClosing } from './service/closing.ts';
import { addDashboard } from './service/dashboard.ts';
import { addForwards } from './service/forwards.ts';
import { addReconcile, addReminder, addSweep } from './service/nightly-jobs.ts';
import { addMaintenance, addRedrive } from './service/operations.ts';
import { addRelay } from './service/relay.ts';
import { addProjector, addSubscribers } from './service/subscribers.ts';
import { addDeliveries, addSender } from './service/webhooks.ts';
import type { Wiring } from './service/wiring.ts';
import type { District } from './settings.ts';

export type ServiceStackProps = StackProps & Pick<Wiring, 'district' | 'data'>;

/** The functions, queues, schedules and API of a district. It holds no data and can be replaced. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { district, data, ...props }: ServiceStackProps) {
    super(scope, id, props);
    const deliveries = addDeliveries(this, district);
    const wiring: Wiring = { district, data, deliveries };
    refuseExampleIssuer(this, district);
    const deadLetters = new DeadLetters(this, 'DeadLetters');
    const relay = addRelay(this, wiring, deadLetters);
    const projections = addProjector(this, wiring, deadLetters);
    const subscribers = [
      ...addSubscribers(this, wiring, deadLetters),
      ...addClosing(this, wiring, deadLetters),
    ];
    const webhooks = addSender(this, wiring, deadLetters);
    const forwards = addForwards(this, wiring, deadLetters);
    const api = addApi(this, wiring);
    const maintenance = addMaintenance(this, wiring);
    const { handler: reconcile, drift } = addReconcile(this, wiring, [
      relay.source,
      projections.source,
      ...(webhooks?.sources ?? []),
    ]);
    const sweep = addSweep(this, wiring);
    const reminder = addReminder(this, wiring, deadLetters);
    const invoked = [
      ...subscribers,
      { handler: reminder },
      ...(webhooks ? [{ handler: webhooks.eventLog }] : []),
    ];
    const redrive = addRedrive(this, wiring, { deadLetters, projections, invoked });
    addOutputs(this, district, {
      ApiUrl: api.apiEndpoint,
      MaintenanceFunction: maintenance.functionName,
      ReconcileFunction: reconcile.functionName,
      RedriveFunction: redrive.functionName,
      SweepFunction: sweep.functionName,
      ...forwards,
    });
    addDashboard(this, wiring, {
      ...{ api, relay: relay.handler, projections, subscribers, deadLetters, drift },
    });
    this.tellAlarms(district);
  }

  /** Every alarm notifies the district's topic, when it fires and when it returns to OK. */
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
