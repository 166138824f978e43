import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs. Ids, codes and durations only: never a body, a claim or a name. */
export const logger = new Logger({ serviceName: 'leifeng' });
