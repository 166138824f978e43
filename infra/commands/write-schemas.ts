// npm run schemas: writes the committed documents that are made from the code.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { committedDocuments } from '../committed-documents.ts';
import { runCommand } from './command-line.ts';

const usage = `usage: npm run schemas

Writes ${Object.keys(committedDocuments()).join(', ')} anew, after a change of the code that they are made from.`;

await runCommand({ usage, options: {} }, async () => {
  for (const [file, text] of Object.entries(committedDocuments()))
    writeFileSync(join(import.meta.dirname, '../..', file), text);
  return undefined;
});
