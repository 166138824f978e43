import { Arn, ArnFormat, type Stack } from 'aws-cdk-lib';
import type { IRuleTarget } from 'aws-cdk-lib/aws-events';
import {
  addToDeadLetterQueueResourcePolicy,
  bindBaseTargetConfig,
} from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import { deliveryTo, eventRule } from '../constructs/event-rule.ts';
import type { Wiring } from './wiring.ts';

/** What the role of a rule needs, by the service of its target. */
const actions: Readonly<Record<string, string>> = {
  sqs: 'sqs:SendMessage',
  events: 'events:PutEvents',
};

/** `city-data` → `CityData` */
const camelCased = (name: string): string =>
  name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * A rule for each queue or bus of somebody else, also of another account, that the settings name. EventBridge
 * delivers and retries for a day, under a role that may do nothing else; the target's own policy lets that
 * role in. Returns the ARN of each role, by the name of its output.
 */
export const addForwards = (
  scope: Stack,
  { district, data: { bus } }: Pick<Wiring, 'district' | 'data'>,
  { undelivered }: DeadLetters,
): Readonly<Record<string, string>> => {
  const roles: Record<string, string> = {};
  for (const [name, { to, types }] of Object.entries(district.forwards)) {
    const id = `Forward${camelCased(name)}`;
    const { service } = Arn.split(to, ArnFormat.NO_RESOURCE_NAME);
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      description: `Passes events of ${district.name} to ${name}`,
    });
    role.addToPolicy(new PolicyStatement({ actions: [actions[service] ?? ''], resources: [to] }));
    const target: IRuleTarget = {
      bind: (rule) => {
        addToDeadLetterQueueResourcePolicy(rule, undelivered);
        return { ...bindBaseTargetConfig(deliveryTo(undelivered)), arn: to, role };
      },
    };
    eventRule(scope, id, bus, types, target);
    roles[`${id}RoleArn`] = role.roleArn;
  }
  return roles;
};
