import {
  CURRENT_VERSION_EXPIRED_FLAGS,
  CURRENT_VERSION_FLAG_DEFAULTS,
  FLAGS,
} from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';

/** The feature flags of the CDK with which the templates of a district are made, and tested. */
const flags: Readonly<Record<string, unknown>> = {
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:target-partitions': ['aws', 'aws-cn'],
  '@aws-cdk/aws-events:eventsTargetQueueSameAccount': true,
  '@aws-cdk/aws-events:requireEventBusPolicySid': true,
  '@aws-cdk/aws-apigateway:disableCloudWatchRole': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
};

/**
 * Sets every feature flag for what will be below this construct, so that its templates do not depend on the
 * flags of the app that it is part of. The app's other constructs keep theirs.
 * @param scope has no children yet
 */
export const pinFeatureFlags = (scope: Construct): void => {
  // The CDK refuses every value of a flag of its first version.
  for (const flag of Object.keys(FLAGS))
    if (!CURRENT_VERSION_EXPIRED_FLAGS.includes(flag))
      scope.node.setContext(flag, flags[flag] ?? CURRENT_VERSION_FLAG_DEFAULTS[flag] ?? false);
};
