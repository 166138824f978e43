import * as z from 'zod';

/** The part of the district's settings that a function needs at run time. */
const settingsSchema = z.object({
  name: z.string(),
  timezone: z.string(),
  locale: z.enum(['zh-CN', 'en']),
  /** Names of the claims in the identity provider's tokens. */
  claims: z.object({ role: z.string(), organisation: z.string(), area: z.string() }),
  /** The identity provider's names for our roles, where they differ. */
  roles: z.record(z.string(), z.string()),
  /** Ages in full years: below the first a guardian must consent; from the second a person is an adult. */
  ages: z.object({ guardianConsentUnder: z.int(), adultFrom: z.int() }),
  /** The share of personal records, in thousandths, that an auditor may open in a year. */
  auditSample: z.int(),
  /** Days after a merge for which it may be undone although its person accepted it. */
  unmergeDays: z.int(),
  /** The origin at which the public has this site for good; null when nobody has said it. */
  publicBaseUrl: z.string().nullable(),
  /** The first six digits of certificates' numbers, and the days of their public notice, 0 for none. */
  certificates: z.object({ divisionCode: z.string().nullable(), noticeDays: z.int() }),
  /** Working days of the public notice of an exemplar. */
  exemplars: z.object({ noticeWorkingDays: z.int() }),
  /** Star levels: the version of the policy, what each level needs, and how stars come about. */
  stars: z.object({
    version: z.int(),
    levels: z.array(
      z.object({
        level: z.int(),
        hours: z.int(),
        tenureDays: z.int(),
        /** Having the hours is not enough: staff select. */
        selected: z.boolean(),
      }),
    ),
    /** `mm-dd`, the last day of a year's service that counts; null: today. */
    cutOff: z.string().nullable(),
    noticeWorkingDays: z.int(),
    by: z.enum(['nomination', 'automatic']),
  }),
  /** For how many seconds a request for events may wait for one; 0: not at all. */
  longPollSeconds: z.int(),
  /** Complaints: the clock of the answer, what one source and all may send a day, how long texts are kept. */
  complaints: z.object({
    workingDays: z.int(),
    perSource: z.int(),
    perDay: z.int(),
    keptDays: z.int(),
    keptDaysAfterClose: z.int(),
  }),
  /** Days for which each class of data is kept. */
  retention: z.object({
    pendingDays: z.int(),
    noticeDays: z.int(),
    accessLogDays: z.int(),
  }),
  /** The district's outputs in addition to the common ones. */
  outputs: z.record(
    z.string(),
    z.object({
      unit: z.string(),
      unitZh: z.string(),
      zh: z.string(),
      en: z.string(),
      professional: z.boolean().optional(),
    }),
  ),
});
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

/** How people sign in to the pages. */
const signInSchema = z.object({
  issuer: z.string(),
  /** The accepted values of an access token's `aud`. */
  audience: z.array(z.string()),
  clientId: z.string(),
  scope: z.string(),
  /** What the provider wants in addition, in its own words. */
  parameters: z.record(z.string(), z.string()),
});
export type SignIn = Readonly<z.infer<typeof signInSchema>>;

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is missing`);
  return value;
};

let cached: Settings | undefined;
export const settings = (): Settings => {
  cached ??= settingsSchema.parse(JSON.parse(required('DISTRICT')));
  return cached;
};

let signInCached: SignIn | undefined;
/** Undefined in a district where nobody can sign in to pages. */
export const signIn = (): SignIn | undefined => {
  const { SIGN_IN } = process.env;
  if (SIGN_IN) signInCached ??= signInSchema.parse(JSON.parse(SIGN_IN));
  return signInCached;
};

export const ledgerTable = (): string => required('LEDGER_TABLE');
export const viewsTable = (): string => required('VIEWS_TABLE');
export const busName = (): string => required('BUS_NAME');
export const peopleTable = (): string => required('PEOPLE_TABLE');
export const outboundTable = (): string => required('OUTBOUND_TABLE');
/** What periods were closed with. */
export const closedTable = (): string => required('CLOSED_TABLE');
export const deliveriesQueue = (): string => required('DELIVERIES_QUEUE');
/** The ARN of the KMS key that wraps the data keys of people's records. */
export const peopleKey = (): string => required('PEOPLE_KEY');
