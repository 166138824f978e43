import type { DataStack } from '../data-stack.ts';
import type { District } from '../settings.ts';

/** What each part of the service is made of. */
export interface Wiring {
  readonly district: District;
  readonly data: DataStack;
}

/** What the laws of the nightly comparison look at in People. */
export const lawAttributes = ['pk', 'sk', 'kind', 'volunteerId'] as const;
