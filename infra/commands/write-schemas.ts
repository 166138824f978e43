// npm run schemas: writes the JSON Schemas of the files that operators write.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../json-schemas.ts';
import { runCommand } from './command-line.ts';

const usage = `usage: npm run schemas

Writes ${Object.keys(jsonSchemas()).join(' and ')} anew, after a change of the code that they are made from.`;

await runCommand({ usage, options: {} }, async () => {
  for (const [file, text] of Object.entries(jsonSchemas()))
    writeFileSync(join(import.meta.dirname, '../..', file), text);
  return undefined;
});
