// ARNs.

export interface Location {
  readonly region: string;
  readonly account: string;
}

export const partitionOf = ({ region }: Pick<Location, 'region'>): string =>
  region.startsWith('cn-') ? 'aws-cn' : 'aws';

/** The ARN of a resource, such as `arn:aws:kms:us-east-1:111122223333:key/x`. */
export const arnOf = (place: Location, service: string, resource: string): string =>
  `arn:${partitionOf(place)}:${service}:${place.region}:${place.account}:${resource}`;

/** The last part of an ARN or a URL, which is the resource's name. */
export const lastPart = (arnOrUrl: string): string => arnOrUrl.split(/[:/]/).at(-1) ?? '';
