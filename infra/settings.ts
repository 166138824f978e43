import type { Node } from 'constructs';
import * as z from 'zod';
import { roles } from '../events/envelope.ts';

/** What a function has in its environment beside them is a good kilobyte at most. */
const maxOutputsBytes = 2_800;

/**
 * A district's settings: one block under `districts` in cdk.json. docs/settings.md explains each.
 */
const districtSchema = z.strictObject({
  timezone: z.string().min(1),
  locale: z.enum(['zh-CN', 'en']),
  oidc: z.strictObject({
    issuer: z.url(),
    audience: z.array(z.string().min(1)).min(1),
    claims: z.strictObject({
      role: z.string().min(1),
      organisation: z.string().min(1),
      area: z.string().min(1).default('area'),
    }),
    /** What the issuer calls our roles, where it is not what we call them. */
    roles: z.record(z.string().min(1), z.enum(roles)).default({}),
  }),
  retention: z.strictObject({
    logDays: z.int().min(1),
    archiveDays: z.int().min(1),
    /** Registrations by somebody else that nobody confirmed. */
    pendingDays: z.int().min(1).default(60),
    noticeDays: z.int().min(1).default(400),
    accessLogDays: z.int().min(1).default(1100),
  }),
  ages: z
    .strictObject({
      guardianConsentUnder: z.int().min(0).max(18),
      adultFrom: z.int().min(14).max(21),
    })
    .default({ guardianConsentUnder: 14, adultFrom: 18 }),
  /** Where notices to people are sent beside their inbox: public https, or nowhere. */
  notices: z
    .strictObject({
      webhook: z
        .url({ protocol: /^https$/ })
        .refine((url) => !/^https:\/\/[^/]*@/.test(url), {
          message: 'a user or password in it would stand where many can read it',
        })
        .nullable(),
    })
    .default({ webhook: null }),
  /** Whom alarms are told to: an SNS topic of the same region, or nobody. */
  alarms: z
    .strictObject({
      topicArn: z
        .string()
        .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/)
        .nullable(),
    })
    .default({ topicArn: null }),
  /** Thousandths of the personal records that an auditor may open in a year. */
  auditSample: z.int().min(0).max(1000).default(100),
  /** arm64 is cheaper; not every region has it. */
  architecture: z.enum(['arm64', 'x86_64']),
  outputs: z
    .record(
      z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$/),
      z.strictObject({ unit: z.string(), zh: z.string(), en: z.string() }),
    )
    .refine((outputs) => Buffer.byteLength(JSON.stringify(outputs)) <= maxOutputsBytes, {
      message: `more than ${maxOutputsBytes} bytes as JSON: a function's environment takes 4 KB`,
    }),
});

export interface District extends Readonly<z.infer<typeof districtSchema>> {
  readonly name: string;
}

/**
 * Reads the district that `-c district=<name>` chose. `-c issuer=<url>` overrides its issuer, for a
 * host that is its own and may listen on any port.
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
  const parsed = districtSchema.safeParse(districts[name]);
  if (!parsed.success)
    throw new Error(
      `the settings of district ${name} are wrong:\n${z.prettifyError(parsed.error)}`,
    );
  const issuer = node.tryGetContext('issuer') as string | undefined;
  return {
    ...parsed.data,
    ...(issuer ? { oidc: { ...parsed.data.oidc, issuer } } : {}),
    name,
  };
};
