import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import * as z from 'zod';
import { outputs as commonOutputs } from '../events/outputs.ts';
import { oidcSchema } from './oidc-settings.ts';
import { isPublicHost } from './setting-faults.ts';

/** Lambda allows 4 KB of environment. Besides claims, roles and outputs, a function needs just over 1 KB. */
const maxNamesBytes = 2_900;

/** The sustained requests a second of one route, and its burst. An account has 10,000 unless it asked for more. */
const throttle = (rate: number, burst: number) =>
  z
    .strictObject({
      rate: z.int().min(1).max(10_000).default(rate),
      burst: z.int().min(1).max(10_000).default(burst),
    })
    .prefault({});

/** Reserved concurrency, which is also the function's limit. */
const reserved = (least: number) => z.int().min(least).max(10_000).nullable().default(null);

/** What an output is called, or counted in. */
const word = z.string().trim().min(1).max(60);

/** A hundred years: a longer time is a mistake. */
const days = z.int().min(1).max(36_500);

const logDays = Object.values(RetentionDays).filter((value) => typeof value === 'number');

/** An IANA name as it is written, not an offset: Amazon's schedules take no other. */
const isTimeZone = (name: string): boolean => {
  if (!/^(?:UTC|[A-Z]\w+(?:\/[A-Z][\w+-]*)+)$/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/**
 * A district's settings: one block under `districts` in cdk.json. docs/settings.md explains each.
 */
const districtSchema = z
  .strictObject({
    timezone: z.string().refine(isTimeZone, {
      message: 'must be a time zone of the IANA list, such as Asia/Shanghai',
    }),
    locale: z.enum(['zh-CN', 'en']),
    oidc: oidcSchema,
    retention: z.strictObject({
      logDays: z.int().refine((value) => (logDays as readonly number[]).includes(value), {
        message: `must be one of CloudWatch's values: ${logDays.join(', ')}`,
      }),
      archiveDays: days,
      /** For registrations by somebody else that the person has not confirmed. */
      pendingDays: days.default(60),
      noticeDays: days.default(400),
      accessLogDays: days.default(1100),
    }),
    ages: z
      .strictObject({
        guardianConsentUnder: z.int().min(0).max(18).default(14),
        adultFrom: z.int().min(14).max(21).default(18),
      })
      .refine((of) => of.guardianConsentUnder <= of.adultFrom, {
        message: 'nobody needs a guardian’s consent who is an adult',
      })
      .prefault({}),
    /** Where notices to people are sent in addition to their inbox: a public https URL, or null. */
    notices: z
      .strictObject({
        webhook: z
          .url({ protocol: /^https$/, error: 'must be an https URL' })
          .refine((url) => isPublicHost(URL.parse(url)?.hostname ?? ''), {
            message: 'must be at a public name: functions do not reach other networks',
          })
          .refine((url) => !/^https:\/\/[^/]*@/.test(url), {
            message: 'a user or password in it would stand where many can read it',
          })
          .nullable(),
      })
      .default({ webhook: null }),
    /** The SNS topic that alarms notify, in the same region; or null. */
    alarms: z
      .strictObject({
        topicArn: z
          .string()
          .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/, {
            error: 'must be the ARN of an SNS topic: arn:aws:sns:<region>:<account>:<name>',
          })
          .nullable(),
      })
      .default({ topicArn: null }),
    /** For each single route. Public and costly routes may not allow more than routes with a token. */
    throttling: z
      .strictObject({
        public: throttle(20, 40),
        token: throttle(200, 400),
        /** For routes of which one call costs as much as hundreds of others. */
        costly: throttle(2, 10),
      })
      .refine((of) => of.public.rate <= of.token.rate && of.public.burst <= of.token.burst, {
        message: 'public routes may not take more than those with a token',
      })
      .refine((of) => of.costly.rate <= of.token.rate && of.costly.burst <= of.token.burst, {
        message: 'costly routes may not take more than others with a token',
      })
      .prefault({}),
    concurrency: z
      .strictObject({
        relay: reserved(1),
        // Two batches run concurrently.
        projector: reserved(2),
        /** For each function that answers public reads. */
        publicReads: reserved(1),
      })
      .prefault({}),
    /** The KMS key that wraps the data keys of personal records; null for a key of the stack. */
    peopleKey: z
      .strictObject({
        arn: z
          .string()
          .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, {
            error: 'must be the ARN of a KMS key: arn:aws:kms:<region>:<account>:key/<id>',
          })
          .nullable(),
      })
      .default({ arn: null }),
    /** Thousandths of the personal records that an auditor may open in a year. */
    auditSample: z.int().min(0).max(1000).default(100),
    /** arm64 is cheaper; not every region has it. */
    architecture: z.enum(['arm64', 'x86_64']),
    outputs: z
      .record(
        z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$/),
        z.strictObject({ unit: word, zh: word, en: word }),
      )
      .refine((own) => !Object.keys(own).some((key) => Object.hasOwn(commonOutputs, key)), {
        message: 'one of them has the name of one of the common outputs: choose another',
      }),
  })
  .refine(
    ({ oidc: { claims, roles }, outputs }) =>
      Buffer.byteLength(JSON.stringify([claims, roles, outputs])) <= maxNamesBytes,
    {
      path: ['outputs'],
      message: `with oidc.claims and oidc.roles more than ${maxNamesBytes} bytes as JSON: a function's environment takes 4 KB`,
    },
  );

export interface District extends Readonly<z.infer<typeof districtSchema>> {
  readonly name: string;
}

/** A settings block with another issuer. A value that is no block stays unchanged: the schema refuses it. */
const withIssuer = (block: unknown, issuer: string | undefined): unknown => {
  const { oidc } = Object(block) as { readonly oidc?: object };
  return issuer && oidc ? { ...Object(block), oidc: { ...oidc, issuer } } : block;
};

/**
 * Reads the settings of the district that `-c district=<name>` names. `-c issuer=<url>` overrides the
 * issuer, for a local host, which is its own issuer and may listen on any port.
 * @throws Error that says which setting is missing or wrong
 */
export const districtOf = (node: Node): District => {
  const districts = (node.tryGetContext('districts') ?? {}) as Record<string, unknown>;
  const name = node.tryGetContext('district') as string | undefined;
  const known = Object.keys(districts).join(', ');
  if (!name || !Object.hasOwn(districts, name))
    throw new Error(`choose a district with -c district=<name>, one of: ${known}`);
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
    throw new Error(`a district's name is lower-case letters, digits and hyphens: ${name}`);
  const issuer = node.tryGetContext('issuer') as string | undefined;
  const parsed = districtSchema.safeParse(withIssuer(districts[name], issuer));
  if (!parsed.success)
    throw new Error(
      `the settings of district ${name} are wrong:\n${z.prettifyError(parsed.error)}`,
    );
  return { ...parsed.data, name };
};

/** The path of the roles of a district's functions. The key's policy identifies the roles by it. */
export const rolePathOf = ({ name }: Pick<District, 'name'>): string => `/leifeng/${name}/`;
