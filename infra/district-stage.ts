import { Stage, type StageProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DataStack } from './data-stack.ts';
import { pinFeatureFlags } from './feature-flags.ts';
import { ServiceStack } from './service-stack.ts';
import type { District } from './settings.ts';

export interface DistrictStageProps extends StageProps {
  /** What `parseSettings` returns. */
  readonly district: District;
}

/**
 * One district: a stack with the data, which must not be lost, and a stack that can be replaced. The
 * templates depend on the settings and on the stage's path, which is part of some logical ids: keep the id
 * of a stage that is deployed. The feature flags of the app do not matter.
 */
export class DistrictStage extends Stage {
  constructor(scope: Construct, id: string, { district, ...props }: DistrictStageProps) {
    super(scope, id, props);
    pinFeatureFlags(this);
    const data = new DataStack(this, 'Data', {
      district,
      stackName: `leifeng-${district.name}-data`,
      description: `leifeng ${district.name}: ledger, views and event bus`,
      terminationProtection: true,
    });
    new ServiceStack(this, 'Service', {
      district,
      data,
      stackName: `leifeng-${district.name}-service`,
      description: `leifeng ${district.name}: API, relay and projections`,
    });
    // The China regions refuse tags on event source mappings, and older schemas tags on dashboards.
    Tags.of(this).add('leifeng:district', district.name, {
      excludeResourceTypes: ['AWS::Lambda::EventSourceMapping', 'AWS::CloudWatch::Dashboard'],
    });
  }
}
