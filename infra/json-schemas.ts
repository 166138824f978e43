import * as z from 'zod';
import { foundingSchema } from './founding/founding.ts';
import { settingsSchema } from './settings-schema.ts';

/**
 * The JSON Schemas that editors use for the files that operators write, by the path of each schema.
 * They know less than the zod schemas: what only code can
 * check, such as whether a host is public, is not in them.
 */
export const jsonSchemas = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({
      'infra/district.schema.json': settingsSchema,
      'infra/founding.schema.json': foundingSchema,
    }).map(([file, schema]) => [
      file,
      `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
    ]),
  );
