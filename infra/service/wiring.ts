import type { DataStack } from '../data-stack.ts';
import type { District } from '../settings.ts';

/** What every part of the service needs. */
export interface Wiring {
  readonly district: District;
  readonly data: DataStack;
}

/** The attributes of People that the laws of the nightly comparison read. */
export const lawAttributes = ['pk', 'sk', 'kind', 'volunteerId'] as const;
