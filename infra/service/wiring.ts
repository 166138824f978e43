import type { DataStack } from '../data-stack.ts';
import type { District } from '../settings.ts';

/** What each part of the service is made of. */
export interface Wiring {
  readonly district: District;
  readonly data: DataStack;
}
<<<<<<< HEAD

export const query = ['dynamodb:Query', 'dynamodb:GetItem'];
/** Personal data are read, put and, when a person is erased, deleted. */
export const people = [...query, 'dynamodb:PutItem', 'dynamodb:DeleteItem'];
/** The indexes people are looked up in, by keyed hashes of their numbers. */
export const peopleIndexes = ['ByIdNumber', 'ByPhone'];

/** What the partitions of the People table are named. All but the links hold something sealed. */
export const partitions = {
  persons: 'person#*',
  /** Which record a token's own id is linked to. */
  links: 'self#*',
  contacts: 'contact#*',
  lists: 'import#*',
  /** The key that keyed hashes are made with. */
  hashKey: 'keys',
} as const;
export type Partition = (typeof partitions)[keyof typeof partitions];

/** Those of them that hold something sealed. */
export const sealedIn = (all: readonly Partition[]): readonly Partition[] =>
  all.filter((partition) => partition !== partitions.links);

/** Lets a function at these partitions of People, and at the data keys of what is sealed in them. */
export const allowPeople = (
  handler: DistrictFunction,
  { district, data: { people: table, peopleKey } }: Wiring,
  actions: readonly string[],
  own: readonly Partition[],
): void => {
  handler.allow(table, actions, own);
  const sealed = sealedIn(own);
  if (sealed.length > 0) handler.allowDataKeys(peopleKey, district, sealed);
};

export const noticesWebhook = ({ notices: { webhook } }: District): Record<string, string> =>
  webhook === null ? {} : { NOTICES_WEBHOOK: webhook };

/** What the laws of the nightly comparison look at in People. */
export const lawAttributes = ['pk', 'sk', 'kind', 'volunteerId'] as const;
=======
>>>>>>> 2037649 (Let each slice describe itself in slice.ts, and list slices once)
