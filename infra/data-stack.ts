import { Aws, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { refuseExampleIssuer } from './example-issuer.ts';
import { addOutputs } from './outputs.ts';
import { type District, rolePathOf } from './settings.ts';

export interface DataStackProps extends StackProps {
  readonly district: District;
}

const keyedHash = (name: string) => ({ name, type: AttributeType.STRING });
const keysOnly = { projectionType: ProjectionType.KEYS_ONLY };

/** The data of a district. Protected against deletion, and kept when the stack is deleted. */
export class DataStack extends Stack {
  /** Every event of every aggregate. The table's stream is the outbox. */
  readonly ledger: TableV2;
  /** The read models: rows, lines, totals. They can be rebuilt from the Ledger. */
  readonly views: TableV2;
  /** Personal data, sealed, and the log of who read them. No other table holds personal data. */
  readonly people: TableV2;
  /** What leaves the district: the list of webhooks and the log of their deliveries. Ids and codes only. */
  readonly outbound: TableV2;
  /** What months and years were closed with. It cannot be made again: the Ledger goes on. */
  readonly closed: TableV2;
  /** Wraps the data key of each record in the People table. */
  readonly peopleKey: IKey;
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { district, ...props }: DataStackProps) {
    super(scope, id, props);
    refuseExampleIssuer(this, district);
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
          indexName: 'ByFlag',
          partitionKey: { name: 'flag', type: AttributeType.STRING },
          sortKey: { name: 'flagOrder', type: AttributeType.STRING },
        },
      ],
    });
    this.people = new TableV2(this, 'People', {
      ...kept,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      globalSecondaryIndexes: [
        { indexName: 'ByIdNumber', partitionKey: keyedHash('idNumberIndex'), ...keysOnly },
        { indexName: 'ByPhone', partitionKey: keyedHash('phoneIndex'), ...keysOnly },
        { indexName: 'ByName', partitionKey: keyedHash('nameIndex'), ...keysOnly },
      ],
    });
    this.outbound = new TableV2(this, 'Outbound', {
      ...kept,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      globalSecondaryIndexes: [
        {
          indexName: 'ByDue',
          partitionKey: { name: 'dueOf', type: AttributeType.STRING },
          sortKey: { name: 'dueAt', type: AttributeType.STRING },
        },
      ],
    });
    this.closed = new TableV2(this, 'Closed', {
      ...kept,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
    });
    this.peopleKey = this.keyOf(district);
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
    addOutputs(this, district, {
      LedgerTable: this.ledger.tableName,
      ViewsTable: this.views.tableName,
      PeopleTable: this.people.tableName,
      OutboundTable: this.outbound.tableName,
      ClosedTable: this.closed.tableName,
      PeopleKeyArn: this.peopleKey.keyArn,
      BusName: this.bus.eventBusName,
    });
  }

  /** A key of the stack, or the key that the settings name. The owner of a named key writes its policy. */
  private keyOf(district: District): IKey {
    if (district.peopleKey.arn !== null)
      return Key.fromKeyArn(this, 'PeopleKey', district.peopleKey.arn);
    const key = new Key(this, 'PeopleKey', {
      description: `leifeng ${district.name}: wraps the data keys of personal records`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Denied even if other policies in the account allow it. The account still manages the key.
    const denied = {
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: [
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:ReEncrypt*',
      ],
      resources: ['*'],
    };
    const roles = `arn:${Aws.PARTITION}:iam::${this.account}:role${rolePathOf(district)}*`;
    key.addToResourcePolicy(
      new PolicyStatement({
        ...denied,
        sid: 'OnlyTheFunctionsOfTheDistrict',
        conditions: { ArnNotLike: { 'aws:PrincipalArn': roles } },
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        ...denied,
        sid: 'OnlyForTheDistrict',
        conditions: { StringNotEquals: { 'kms:EncryptionContext:district': district.name } },
      }),
    );
    return key;
  }
}
