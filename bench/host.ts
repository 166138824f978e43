// The local host for benches. Beside the product's functions it has one with a bare GetItem.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localClientConfig } from '../infra/local/data/dynamodb.ts';
import { type Host, startHost } from '../infra/local/host.ts';
import { synthesise } from '../infra/synthesise.ts';
import { bundle } from './bundle.ts';
import { dataFolder } from './engine.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

const root = join(import.meta.dirname, '..');

const findFile = (folder: string, name: RegExp): string => {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) =>
    name.test(path),
  );
  if (!found) throw new Error(`no ${name} in ${folder}`);
  return join(folder, found);
};

/** Adds a copy of the dashboards' function, integration and a public route, with the bare bundle. */
const addBare = (cdkOut: string): void => {
  const templateFile = findFile(cdkOut, /Service[^/]*\.template\.json$/);
  const assetsFile = findFile(cdkOut, /Service[^/]*\.assets\.json$/);
  const template = JSON.parse(readFileSync(templateFile, 'utf8'));
  const resources = template.Resources as Record<string, Resource>;
  const idOf = (type: string, holds: (properties: string) => boolean): string => {
    const [id] =
      Object.entries(resources).find(
        ([, resource]) => resource.Type === type && holds(JSON.stringify(resource.Properties)),
      ) ?? [];
    if (!id) throw new Error(`no ${type} to copy`);
    return id;
  };
  const route = idOf('AWS::ApiGatewayV2::Route', (of) => of.includes('GET /totals/{year}"'));
  const integration = idOf('AWS::ApiGatewayV2::Integration', (of) => of.includes('DashboardsApi'));
  const handler = Object.keys(resources).find(
    (id) => resources[id]?.Type === 'AWS::Lambda::Function' && id.startsWith('DashboardsApi'),
  );
  if (!handler) throw new Error('no function to copy');
  const copyOf = (id: string, changed: Readonly<Record<string, string>>): Resource => {
    let text = JSON.stringify(resources[id]);
    for (const [from, to] of Object.entries(changed)) text = text.replaceAll(from, to);
    return JSON.parse(text) as Resource;
  };
  const { Properties } = copyOf(handler, {});
  const code = { ...(Properties.Code as object), S3Key: 'bare.zip' };
  resources.BareFunction = {
    ...copyOf(handler, {}),
    Properties: { ...Properties, Code: code },
  };
  resources.BareIntegration = copyOf(integration, { [handler]: 'BareFunction' });
  resources.BareRoute = copyOf(route, {
    'GET /totals/{year}': 'GET /bare',
    [integration]: 'BareIntegration',
  });
  writeFileSync(templateFile, JSON.stringify(template));
  const assets = JSON.parse(readFileSync(assetsFile, 'utf8'));
  const [first] = Object.values(assets.files as Record<string, { destinations: object }>);
  assets.files.bare = {
    source: { path: '../asset.bare', packaging: 'zip' },
    destinations: Object.fromEntries(
      Object.entries(first?.destinations ?? {}).map(([name, destination]) => [
        name,
        { ...destination, objectKey: 'bare.zip' },
      ]),
    ),
  };
  writeFileSync(assetsFile, JSON.stringify(assets));
};

export interface BenchHost {
  readonly host: Host;
  readonly ledger: string;
  readonly views: string;
  readonly people: string;
  readonly client: DynamoDBDocumentClient;
}

/** Calls `run` with a function that starts hosts, each with its own engine and data, and removes them. */
export const withHosts = async <T>(
  run: (start: () => Promise<BenchHost>) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(dataFolder(), 'leifeng-bench-'));
  const stops: (() => Promise<void>)[] = [];
  try {
    const cdkOut = join(folder, 'cdk.out');
    await synthesise(root, cdkOut, { district: 'local' });
    await bundle(join(root, 'bench', 'bare.ts'), join(cdkOut, 'asset.bare', 'index.mjs'));
    addBare(cdkOut);
    return await run(async () => {
      const dataDir = join(folder, `host-${stops.length}`);
      const host = await startHost({ cdkOut, dataDir, port: 0 });
      stops.push(() => host.stop());
      const base = new DynamoDBClient({
        ...localClientConfig(host.dynamodbEndpoint, 'us-east-1'),
      });
      const { TableNames = [] } = await base.send(new ListTablesCommand({}));
      const named = (part: string): string => {
        const name = TableNames.find((each) => each.includes(part));
        if (!name) throw new Error(`no table ${part}`);
        return name;
      };
      return {
        host,
        ledger: named('Ledger'),
        views: named('Views'),
        people: named('People'),
        client: DynamoDBDocumentClient.from(base),
      };
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(folder, { recursive: true, force: true });
  }
};
