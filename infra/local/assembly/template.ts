// Reads a synthesised cloud assembly and resolves its intrinsics as CloudFormation does.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { arnOf, partitionOf } from './arns.ts';

export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Data without static types. The code that reads a property states its type. */
// biome-ignore lint/suspicious/noExplicitAny: this is the one place that says so
export type Untyped = { readonly [name: string]: any };

export interface Resource {
  /** Logical id with its stack: `local-Service/ApiF70053CD`. */
  readonly id: string;
  readonly type: string;
  readonly condition: string | undefined;
  /** The value of a Ref to this resource. */
  readonly name: string;
  /** The ARN, for types that have one. */
  readonly arn: string;
  /** Resolves every intrinsic in the properties. Throws for an unknown one. */
  properties(): { readonly [name: string]: Value };
  /** The folder or file of a code asset, by the S3 key in the template. */
  assetPath(objectKey: string): string;
}

interface Template {
  readonly Parameters?: Record<string, { Default?: string }>;
  readonly Resources?: Record<string, RawResource>;
  readonly Outputs?: Record<string, { Value: Value; Export?: { Name: Value } }>;
}

interface RawResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: Value };
  readonly Condition?: string;
}

interface Stack {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly template: Template;
  readonly assets: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: {
    readonly directoryName?: string;
    readonly templateFile?: string;
    readonly file?: string;
    readonly stackName?: string;
  };
}

/** A template that this host cannot serve faithfully. The message says which part. */
export class UnknownToHostError extends Error {
  override readonly name = 'UnknownToHostError';
}

export const refuse = (what: string): never => {
  throw new UnknownToHostError(`The local host does not know ${what}.`);
};

export const readAssembly = (cdkOut: string): readonly Resource[] => {
  const stacks = readStacks(cdkOut);
  const exported = new Map<string, () => Value>();
  for (const stack of stacks) {
    for (const output of Object.values(stack.template.Outputs ?? {})) {
      if (!output.Export) continue;
      const name = String(resolve(output.Export.Name, stack, exported));
      exported.set(name, () => resolve(output.Value, stack, exported));
    }
  }
  return stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {}).map(([logicalId, raw]) => ({
      id: `${stack.name}/${logicalId}`,
      type: raw.Type,
      condition: raw.Condition,
      name: nameOf(logicalId, raw, stack),
      arn: raw.Type in SERVICES ? resourceArn(raw.Type, nameOf(logicalId, raw, stack), stack) : '',
      properties: () =>
        resolve(raw.Properties ?? {}, stack, exported) as { readonly [name: string]: Value },
      assetPath: (objectKey: string) =>
        stack.assets.get(objectKey) ?? refuse(`the asset ${objectKey} of ${stack.name}`),
    })),
  );
};

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

const readStacks = (folder: string): readonly Stack[] => {
  const { artifacts = {} } = json<{ artifacts?: Record<string, Artifact> }>(
    join(folder, 'manifest.json'),
  );
  const assets = new Map<string, string>();
  for (const { type, properties } of Object.values(artifacts)) {
    if (type !== 'cdk:asset-manifest' || !properties?.file) continue;
    for (const [objectKey, path] of readAssets(join(folder, properties.file))) {
      assets.set(objectKey, path);
    }
  }
  return Object.entries(artifacts).flatMap(([id, { type, environment, properties }]) => {
    if (type === 'cdk:cloud-assembly') {
      return readStacks(join(folder, properties?.directoryName ?? id));
    }
    if (type !== 'aws:cloudformation:stack') return [];
    const [account = '', region = ''] = environment?.replace('aws://', '').split('/') ?? [];
    const template = json<Template>(join(folder, properties?.templateFile ?? ''));
    return [
      {
        name: properties?.stackName ?? id,
        // A stack without an environment gets placeholders that SDKs accept. No request leaves loopback.
        region: region.startsWith('unknown') ? 'us-east-1' : region,
        account: account.startsWith('unknown') ? '000000000000' : account,
        template,
        assets,
      },
    ];
  });
};

const readAssets = (manifest: string): readonly (readonly [string, string])[] => {
  const { files = {} } = json<{
    files?: Record<
      string,
      { source: { path?: string }; destinations: Record<string, { objectKey: string }> }
    >;
  }>(manifest);
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(
      ({ objectKey }) => [objectKey, join(dirname(manifest), source.path ?? '')] as const,
    ),
  );
};

/** Made of the stack's name and the logical id, so that it stays the same across starts. */
const physicalName = (stack: Stack, logicalId: string): string => `${stack.name}-${logicalId}`;

const SERVICES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'dynamodb:table/',
  'AWS::Events::EventBus': 'events:event-bus/',
  'AWS::Events::Archive': 'events:archive/',
  'AWS::Events::Rule': 'events:rule/',
  'AWS::SQS::Queue': 'sqs:',
  'AWS::SNS::Topic': 'sns:',
  'AWS::KMS::Key': 'kms:key/',
  'AWS::Lambda::Function': 'lambda:function:',
  'AWS::Lambda::EventSourceMapping': 'lambda:event-source-mapping:',
  'AWS::IAM::Role': 'iam:role/',
  'AWS::Logs::LogGroup': 'logs:log-group:',
};

const resourceArn = (type: string, name: string, stack: Stack): string => {
  const [service = '', resource] = (SERVICES[type] ?? refuse(`the ARN of a ${type}`)).split(
    /:(.*)/s,
  );
  return arnOf(stack, service, `${resource}${name}`);
};

const NAME_PROPERTY: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
};

const nameOf = (logicalId: string, raw: RawResource, stack: Stack): string => {
  const given = raw.Properties?.[NAME_PROPERTY[raw.Type] ?? ''];
  return typeof given === 'string' ? given : physicalName(stack, logicalId);
};

const getAtt = (logicalId: string, attribute: string, stack: Stack): string => {
  const raw = stack.template.Resources?.[logicalId] ?? refuse(`the resource ${logicalId}`);
  const name = nameOf(logicalId, raw, stack);
  switch (attribute) {
    case 'Arn':
    case 'TopicArn':
      return resourceArn(raw.Type, name, stack);
    case 'StreamArn':
      return `${resourceArn(raw.Type, name, stack)}/stream/local`;
    case 'Name':
    case 'QueueName':
    case 'TopicName':
    case 'ApiId':
    case 'AuthorizerId':
    case 'ArchiveName':
      return name;
    default:
      return refuse(`the attribute ${attribute} of a ${raw.Type}`);
  }
};

const ref = (logicalId: string, stack: Stack): string => {
  const raw = stack.template.Resources?.[logicalId];
  if (!raw) {
    const parameter = stack.template.Parameters?.[logicalId];
    return parameter?.Default ?? refuse(`the reference ${logicalId} of ${stack.name}`);
  }
  const name = nameOf(logicalId, raw, stack);
  if (raw.Type === 'AWS::SQS::Queue') return `https://sqs.local/${stack.account}/${name}`;
  return raw.Type === 'AWS::SNS::Topic' ? resourceArn(raw.Type, name, stack) : name;
};

const pseudo = (name: string, stack: Stack): string | undefined => {
  const china = stack.region.startsWith('cn-');
  return {
    'AWS::Region': stack.region,
    'AWS::AccountId': stack.account,
    'AWS::Partition': partitionOf(stack),
    'AWS::URLSuffix': china ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.name,
  }[name];
};

const lookUp = (name: string, stack: Stack): string => {
  const dot = name.indexOf('.');
  if (dot > 0) return getAtt(name.slice(0, dot), name.slice(dot + 1), stack);
  return pseudo(name, stack) ?? ref(name, stack);
};

const resolve = (value: Value, stack: Stack, exported: ReadonlyMap<string, () => Value>): Value => {
  const again = (inner: Value): Value => resolve(inner, stack, exported);
  if (Array.isArray(value)) return value.map(again);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [intrinsic, argument] = entries[0] ?? ['', null];
  const isIntrinsic = entries.length === 1 && (intrinsic === 'Ref' || intrinsic.startsWith('Fn::'));
  if (!isIntrinsic) return Object.fromEntries(entries.map(([key, inner]) => [key, again(inner)]));

  const list = (Array.isArray(argument) ? argument : []) as readonly Value[];
  switch (intrinsic) {
    case 'Ref':
      return lookUp(String(argument), stack);
    case 'Fn::GetAtt':
      return getAtt(String(list[0]), String(list[1]), stack);
    case 'Fn::Join':
      return (again(list[1] ?? []) as readonly Value[]).join(String(list[0]));
    case 'Fn::Split':
      return String(again(list[1] ?? '')).split(String(list[0]));
    case 'Fn::Select': {
      const chosen = (again(list[1] ?? []) as readonly Value[])[Number(list[0])];
      return chosen ?? refuse(`what ${JSON.stringify(value)} selects`);
    }
    case 'Fn::Sub': {
      if (typeof argument !== 'string') return refuse('Fn::Sub with a map of variables');
      return argument.replace(/\$\{([^!}]+)\}/g, (_, name: string) => lookUp(name, stack));
    }
    case 'Fn::ImportValue': {
      const name = String(again(argument));
      const imported = exported.get(name) ?? refuse(`the export ${name}`);
      return imported();
    }
    default:
      return refuse(`the intrinsic ${intrinsic}`);
  }
};
