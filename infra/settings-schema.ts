import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { type EventType, eventTypes } from '../events/catalogue.ts';
import { outputs as commonOutputs, computedFigures, weighed } from '../events/outputs.ts';
import { cutOffDay } from '../events/stars.ts';
import { oidcSchema } from './oidc-settings.ts';

/** Lambda allows 4 KB of environment. Besides claims, roles, stars and outputs, a function needs just over 1 KB. */
const maxNamesBytes = 2_900;

/** The sustained requests a second of one route, and its burst. An account has 10,000 unless it asked for more. */
const throttle = (rate: number, burst: number) =>
  z
    .strictObject({
      rate: z.int().min(1).max(10_000).default(rate).describe('Requests a second'),
      burst: z.int().min(1).max(10_000).default(burst).describe('How many more at once'),
    })
    .prefault({});

/** Reserved concurrency, which is also the function's limit. */
const reserved = (least: number) => z.int().min(least).max(10_000).nullable().default(null);

/** What an output is called, or counted in. */
const word = z.string().trim().min(1).max(60);
const englishWord = word.regex(/^\P{Script=Han}+$/u, 'must be English');
const chineseWord = word.regex(/\p{Script=Han}/u, 'must be Chinese');

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

const retention = z
  .strictObject({
    logDays: z
      .literal(logDays, { error: `must be one of CloudWatch's values: ${logDays.join(', ')}` })
      .describe('How long logs are kept'),
    archiveDays: days.describe('How long the bus keeps events for later subscribers'),
    pendingDays: days
      .default(60)
      .describe(
        'When a registration by somebody else is erased if the person has not confirmed it',
      ),
    noticeDays: days.default(400).describe('How long notices to people are kept'),
    accessLogDays: days
      .default(1100)
      .describe('How long the log of readings of personal data is kept'),
  })
  .describe('All times are in days');

const ages = z
  .strictObject({
    guardianConsentUnder: z.int().min(0).max(18).default(14),
    adultFrom: z.int().min(14).max(21).default(18),
  })
  .refine((of) => of.guardianConsentUnder <= of.adultFrom, {
    message: 'nobody needs a guardian’s consent who is an adult',
  })
  .prefault({})
  .describe(
    'In full years: below which a guardian must consent, and from which a person is an adult',
  );

const webhooks = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('Whether events can be sent to URLs: costs a queue that is polled'),
    concurrency: z
      .int()
      .min(2)
      .max(1000)
      .default(10)
      .describe('Deliveries under way at once, of all webhooks; of each webhook one'),
    longPollSeconds: z
      .int()
      .min(0)
      .max(20)
      .default(0)
      .describe('How long a request for events may wait for one: it costs a function that waits'),
    loopback: z
      .boolean()
      .default(false)
      .describe('Receivers at 127.0.0.1, for a local host, whose issuer is on this machine'),
  })
  .prefault({});

const inbound = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('Whether partners’ machines can hand in registrations and hours, signed'),
  })
  .prefault({});

const complaints = z
  .strictObject({
    workingDays: z
      .int()
      .min(1)
      .max(60)
      .default(15)
      .describe('Working days within which a complaint is to be answered'),
    perSource: z.int().min(1).max(1000).default(5).describe('Complaints of one source a day'),
    perDay: z.int().min(1).max(10_000).default(200).describe('Complaints of all a day'),
    keptDays: days.default(365).describe('Days for which what somebody wrote is kept at most'),
    keptDaysAfterClose: days
      .default(60)
      .describe('Days for which it is kept once the complaint is closed'),
  })
  .prefault({})
  .describe('Complaints and suggestions, which anybody may send without an account');

const exemplars = z
  .strictObject({
    noticeWorkingDays: z
      .int()
      .min(3)
      .max(30)
      .default(5)
      .describe('Working days of public notice before an exemplar is confirmed'),
  })
  .prefault({})
  .describe('Exemplars, who are confirmed after a public notice');

const forwards = z
  .record(
    z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      .max(30),
    z.strictObject({
      to: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:(sqs:[a-z0-9-]+:\d{12}:[\w-]+|events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]+)$/,
          'must be the ARN of a standard queue of SQS, or of an event bus',
        )
        .describe('The ARN of a queue of SQS or of an event bus, also of another account'),
      types: z
        .array(z.enum(eventTypes as [EventType, ...EventType[]]))
        .min(1)
        .max(100)
        .describe('The types of the events that are passed on, whole as the bus has them'),
    }),
  )
  .refine((all) => Object.keys(all).length <= 20, { message: '20 at most' })
  .default({})
  .describe('Queues and event buses of others that EventBridge itself passes events to');

/** An origin as browsers send it: scheme, host and port, without a slash behind it. */
const origin = z.string().refine(
  (text) => {
    const url = URL.parse(text);
    return (
      url?.origin === text &&
      (url.protocol === 'https:' || ['127.0.0.1', 'localhost'].includes(url.hostname))
    );
  },
  { message: 'must be an origin as browsers send it: https://app.example.org' },
);

const cors = z
  .strictObject({
    origins: z
      .array(origin)
      .max(20)
      .default([])
      .describe('Origins of web pages whose scripts may call the API; none by default'),
  })
  .prefault({});

const certificates = z
  .strictObject({
    divisionCode: z
      .string()
      .regex(/^\d{6}$/, 'must be the six digits of the administrative division')
      .nullable()
      .default(null)
      .describe('The six digits with which numbers begin; null: no certificates are issued'),
    noticeDays: z
      .union([z.literal(0), z.int().min(7).max(60)])
      .default(0)
      .describe('Days of public notice before a certificate is issued: none, or 7 and more'),
  })
  .prefault({})
  .describe('Certificates of service');

const starLevelSettings = z.strictObject({
  level: z.int().min(1).max(5),
  hours: z.int().min(1).max(10_000).describe('Verified hours that are needed'),
  tenureDays: z
    .int()
    .min(0)
    .max(36_500)
    .default(0)
    .describe('Days for which somebody has to be registered'),
  selected: z
    .boolean()
    .default(false)
    .describe('Having the hours is not enough: only staff nominate'),
});

/** Whether each level is above the one before, and needs more hours. */
const areRising = (levels: readonly { readonly level: number; readonly hours: number }[]) =>
  levels.every(({ level, hours }, at) => {
    const before = levels[at - 1];
    return !before || (level > before.level && hours > before.hours);
  });

const stars = z
  .strictObject({
    version: z
      .int()
      .min(1)
      .default(1)
      .describe('The version of this policy, to be raised with each change; stars say it'),
    levels: z
      .array(starLevelSettings)
      .min(1)
      .max(5)
      .refine(areRising, { message: 'levels, and their hours, must rise' })
      .prefault([100, 300, 600, 1000, 1500].map((hours, at) => ({ level: at + 1, hours }))),
    cutOff: cutOffDay
      .nullable()
      .default(null)
      .describe(
        'The last day of a year’s service that counts, mm-dd; null: the day of the decision',
      ),
    noticeWorkingDays: z
      .int()
      .min(3)
      .max(30)
      .default(5)
      .describe('Working days of the public notice before a star is granted'),
    by: z
      .enum(['nomination', 'automatic'])
      .default('nomination')
      .describe('Whether stars are found by the hours alone, or staff nominate'),
  })
  .prefault({})
  .describe('Star levels of volunteers');

const alarms = z
  .strictObject({
    topicArn: z
      .string()
      .regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/, {
        error: 'must be the ARN of an SNS topic: arn:aws:sns:<region>:<account>:<name>',
      })
      .nullable()
      .describe('The SNS topic, in the same region, that every alarm notifies'),
  })
  .default({ topicArn: null });

const throttling = z
  .strictObject({
    public: throttle(20, 40),
    token: throttle(200, 400),
    costly: throttle(2, 10).describe(
      'For routes of which one call costs as much as hundreds of others',
    ),
  })
  .refine((of) => of.public.rate <= of.token.rate && of.public.burst <= of.token.burst, {
    message: 'public routes may not take more than those with a token',
  })
  .refine((of) => of.costly.rate <= of.token.rate && of.costly.burst <= of.token.burst, {
    message: 'costly routes may not take more than others with a token',
  })
  .prefault({})
  .describe(
    'The limits of each single route. Public and costly routes may not have more than the others',
  );

const concurrency = z
  .strictObject({
    relay: reserved(1),
    // Two batches run concurrently.
    projector: reserved(2),
    followers: reserved(1).describe('For each function that the bus invokes with single events'),
    publicReads: reserved(1).describe('For each function that can be reached without a token'),
  })
  .prefault({})
  .describe('Reserved executions, which are also the limit; null: none are reserved');

const peopleKey = z
  .strictObject({
    arn: z
      .string()
      .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, {
        error: 'must be the ARN of a KMS key: arn:aws:kms:<region>:<account>:key/<id>',
      })
      .nullable()
      .describe(
        'The KMS key that wraps the data keys of personal records; null for a key of the stack',
      ),
  })
  .default({ arn: null });

const outputs = z
  .record(
    z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$/),
    z.strictObject({
      unit: englishWord,
      unitZh: chineseWord,
      zh: chineseWord,
      en: englishWord,
      professional: z
        .boolean()
        .optional()
        .describe('What professionals do for people: figures below 5 by area are not published'),
    }),
  )
  .refine((own) => !Object.keys(own).some((key) => Object.hasOwn(commonOutputs, key)), {
    message: 'one of them has the name of one of the common outputs: choose another',
  })
  .refine((own) => !Object.keys(own).some((key) => computedFigures.has(key)), {
    message: 'one of them is computed from registrations, teams and hours: leave it out',
  })
  .refine(
    (own) => Object.entries(own).every(([key, { unit }]) => weighed.test(key) === (unit === 'kg')),
    {
      message: 'an output has the unit kg if its key ends in Kilograms, and only then',
    },
  )
  .describe('Outputs that the district counts in addition to the common ones');

/** A district's settings: infra/districts/<name>.json. docs/settings.md explains each. */
export const settingsSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Lets an editor check this file and suggest settings'),
    timezone: z
      .string()
      .refine(isTimeZone, {
        message: 'must be a time zone of the IANA list, such as Asia/Shanghai',
      })
      .describe('IANA name. Months, "today" and service days are of this zone'),
    locale: z
      .enum(['zh-CN', 'en'])
      .describe('The language of answers to a client that asks for neither'),
    oidc: oidcSchema,
    retention,
    ages,
    webhooks,
    inbound,
    complaints,
    exemplars,
    forwards,
    cors,
    publicBaseUrl: origin
      .nullable()
      .default(null)
      .describe(
        'The origin at which the public has this site for good: certificates lead there, and credentials are signed in its name',
      ),
    certificates,
    stars,
    alarms,
    throttling,
    concurrency,
    peopleKey,
    auditSample: z
      .int()
      .min(0)
      .max(1000)
      .default(100)
      .describe('Thousandths of the personal records that an auditor may open in a year'),
    unmergeDays: days
      .default(30)
      .describe('Days after a merge for which it may be undone although its person accepted it'),
    architecture: z.enum(['arm64', 'x86_64']).describe('arm64 is cheaper; not every region has it'),
    outputs,
  })
  .refine(
    ({ oidc: { claims, roles }, outputs: own, stars: policy }) =>
      Buffer.byteLength(JSON.stringify([claims, roles, own, policy])) <= maxNamesBytes,
    {
      path: ['outputs'],
      message: `with oidc.claims, oidc.roles and stars more than ${maxNamesBytes} bytes as JSON: a function's environment takes 4 KB`,
    },
  )
  .refine(
    ({ webhooks: { loopback }, oidc: { issuer } }) =>
      !loopback || ['127.0.0.1', 'localhost'].includes(URL.parse(issuer)?.hostname ?? ''),
    {
      path: ['webhooks', 'loopback'],
      message: 'only a district whose issuer is on this machine has receivers there',
    },
  )
  .describe('The settings of a district');
