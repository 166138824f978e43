import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { District } from './settings.ts';

export interface DataStackProps extends StackProps {
  readonly district: District;
}

/** What a district must never lose: kept when the stack goes, and not deleted by mistake. */
export class DataStack extends Stack {
  /** Every event of every aggregate; its stream is the outbox. */
  readonly ledger: TableV2;
  /** What is read: rows, lines, totals. Could be rebuilt from the Ledger. */
  readonly views: TableV2;
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { district, ...props }: DataStackProps) {
    super(scope, id, props);
    const kept = {
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.ledger = new TableV2(this, 'Ledger', {
      ...kept,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'version', type: AttributeType.NUMBER },
      dynamoStream: StreamViewType.NEW_IMAGE,
    });
    this.views = new TableV2(this, 'Views', {
      ...kept,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: 'ByList',
          partitionKey: { name: 'list', type: AttributeType.STRING },
          sortKey: { name: 'listOrder', type: AttributeType.STRING },
        },
        {
          indexName: 'ByMonth',
          partitionKey: { name: 'month', type: AttributeType.STRING },
          sortKey: { name: 'monthOrder', type: AttributeType.STRING },
        },
      ],
    });
    this.bus = new EventBus(this, 'Bus', {
      description: `leifeng ${district.name}`,
    });
    this.bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.bus
      .archive('Archive', {
        description: 'For subscribers that come later',
        eventPattern: { account: [this.account] },
        retention: Duration.days(district.retention.archiveDays),
      })
      .applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
