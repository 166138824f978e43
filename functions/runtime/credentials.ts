import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Where the clients of AWS find the credentials of their function: in the environment, where Lambda puts them.
 * Every bundle has this in place of the SDK's default, which also looks in files, in single sign-on and at metadata
 * servers, and takes 90 KB for it (`infra/bundles.ts`).
 */
export const defaultProvider = fromEnv;
