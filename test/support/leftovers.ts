import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

/** A stored value and its place. */
export interface Leftover {
  readonly where: string;
  readonly what: string | Uint8Array;
}

/** Each attribute's value by path; binary values as bytes. */
const valuesOf = (value: unknown, where: string): readonly Leftover[] => {
  if (value instanceof Uint8Array) return [{ where, what: value }];
  if (value instanceof Set) return valuesOf([...value], where);
  if (typeof value !== 'object' || value === null) return [{ where, what: String(value) }];
  return Object.entries(value).flatMap(([name, inner]) => [
    { where: `${where}.${name} (its name)`, what: name },
    ...valuesOf(inner, `${where}.${name}`),
  ]);
};

/** Every value of every item of every table. */
export const inTables = async (endpoint: string): Promise<readonly Leftover[]> => {
  const base = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const client = DynamoDBDocumentClient.from(base);
  const { TableNames = [] } = await base.send(new ListTablesCommand({}));
  const found: Leftover[] = [];
  for (const TableName of TableNames)
    for await (const { Items = [] } of paginateScan(
      { client },
      { TableName, ConsistentRead: true },
    ))
      for (const item of Items)
        found.push(...valuesOf(item, `${TableName} ${item.pk}`), {
          where: `${TableName} ${item.pk}`,
          what: JSON.stringify(item),
        });
  base.destroy();
  return found;
};

/** Every file below a folder, as bytes. A file that is deleted meanwhile is left out. */
export const inFolder = async (folder: string): Promise<readonly Leftover[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = await Promise.all(
    files.map(async ({ parentPath, name }): Promise<Leftover[]> => {
      const where = join(parentPath, name);
      try {
        return [{ where, what: await readFile(where) }];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    }),
  );
  return read.flat();
};
