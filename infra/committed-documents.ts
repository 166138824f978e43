import { asyncApi } from '../functions/reference/asyncapi.ts';
import { openApi } from '../functions/reference/openapi.ts';
import { jsonSchemas } from './json-schemas.ts';

/**
 * The files that are made from the code and committed beside it, by path, so that a reviewer sees what changes
 * for those who read them. `npm run schemas` writes them anew. A district with outputs of its own serves an
 * OpenAPI document that lists them too.
 */
export const committedDocuments = (): Readonly<Record<string, string>> => ({
  ...jsonSchemas(),
  'docs/openapi.json': `${JSON.stringify(openApi(), null, 2)}\n`,
  'docs/asyncapi.json': `${JSON.stringify(asyncApi(), null, 2)}\n`,
});
