import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { SliceDescription } from '../../functions/slice.ts';
import type { DataStack } from '../data-stack.ts';
import type { District } from '../settings.ts';

/** What every part of the service needs. */
export interface Wiring {
  readonly district: District;
  readonly data: DataStack;
  /** The queue of the webhooks' deliveries; undefined in a district without webhooks. */
  readonly deliveries: Queue | undefined;
}

/** Whether a district has the functions of a slice. */
export const isDeployed = (
  { setting }: Pick<SliceDescription, 'setting'>,
  { district }: Pick<Wiring, 'district'>,
): boolean => setting === undefined || district[setting].enabled;

/** The attributes of People that the laws of the nightly comparison read. */
export const lawAttributes = ['pk', 'sk', 'kind', 'volunteerId'] as const;
