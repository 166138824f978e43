import * as z from 'zod';

/** What a function knows of its district: the part of the settings block that it needs at run time. */
const settingsSchema = z.object({
  name: z.string(),
  timezone: z.string(),
  locale: z.enum(['zh-CN', 'en']),
  /** Names of the claims an identity provider's token carries. */
  claims: z.object({ role: z.string(), organisation: z.string(), area: z.string() }),
  /** What an identity provider calls our roles, where it is not what we call them. */
  roles: z.record(z.string(), z.string()),
  /** Ages in full years below which a guardian has to agree, and from which one is an adult. */
  ages: z.object({ guardianConsentUnder: z.int(), adultFrom: z.int() }),
  /** The share of personal records, in thousandths, that an auditor may open in a year. */
  auditSample: z.int(),
  /** Days that each class of data is kept. */
  retention: z.object({
    pendingDays: z.int(),
    noticeDays: z.int(),
    accessLogDays: z.int(),
  }),
  /** Outputs the district counts beside the common ones. */
  outputs: z.record(z.string(), z.object({ unit: z.string(), zh: z.string(), en: z.string() })),
});
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

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

export const ledgerTable = (): string => required('LEDGER_TABLE');
export const viewsTable = (): string => required('VIEWS_TABLE');
export const busName = (): string => required('BUS_NAME');
export const peopleTable = (): string => required('PEOPLE_TABLE');
/** The KMS key that wraps the data keys of people's records, by its ARN. */
export const peopleKey = (): string => required('PEOPLE_KEY');
