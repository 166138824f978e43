import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import { idempotencyKey, isCommand, type Route } from '../http/contract.ts';
import { maxErrors } from '../refusals/problem.ts';
import { type ProblemCode, problemTypes } from '../refusals/problem-types.ts';
import { contracts } from './contracts.ts';

const problemUrns = Object.keys(problemTypes).map((code) => `urn:leifeng:problem:${code}`) as [
  string,
  ...string[],
];

const problem = z
  .object({
    type: z.enum(problemUrns).meta({ description: 'Stable. A later version may have more.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    correlationId: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ description: 'JSON Pointer into the body' }),
          in: z.enum(['path', 'query', 'header']).optional(),
          name: z.string().optional(),
          code: z.string(),
          detail: z.string(),
          allowed: z
            .array(z.string())
            .optional()
            .meta({ description: 'The values the field may have' }),
        }),
      )
      .max(maxErrors)
      .optional(),
    errorCount: z
      .int()
      .optional()
      .meta({ description: `How many faults there are; \`errors\` tells ${maxErrors} at most` }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457, in zh-CN or en by Accept-Language' });

/** The answer of API Gateway itself, before a function sees the request. */
const gatewayAnswer = z
  .object({ message: z.string() })
  .meta({ id: 'GatewayAnswer', description: 'Answered by the gateway itself' });

/** The refusals of a route in addition to its own list, by the kind of route. */
const problemsOf = (route: Route): readonly ProblemCode[] => [
  'invalid-request',
  ...(isCommand(route)
    ? ([
        'malformed-json',
        'body-too-large',
        'unsupported-media-type',
        'idempotency-key-required',
        'idempotency-key-reused',
        'conflict',
      ] as const)
    : []),
  ...(route.access === 'token'
    ? ([
        'unauthorized',
        'one-access-token-required',
        'opaque-subject-required',
        'forbidden',
        // Whose a record is may be found by a keyed hash only.
        'not-set-up',
        'record-unreadable',
      ] as const)
    : []),
  ...route.problems,
  'internal',
  'unavailable',
];

const problemResponses = (route: Route): ZodOpenApiOperationObject['responses'] => {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(problemsOf(route))) {
    const { status } = problemTypes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const fromGateway = { 'application/json': { schema: gatewayAnswer } };
  return {
    429: { description: 'Too many requests of this route', content: fromGateway },
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [
        String(status),
        {
          description: codes.map((code) => `\`${code}\``).join(', '),
          content: {
            'application/problem+json': { schema: problem },
            // The gateway answers requests without a valid token where one is needed, and too many of a
            // route; the function those with an unsuitable token, and too many of one actor.
            ...((status === 401 && route.access === 'token') || status === 429 ? fromGateway : {}),
          },
        },
      ]),
    ),
  };
};

const signedHeaders = {
  'webhook-id': z
    .string()
    .regex(idempotencyKey)
    .meta({ description: 'Yours; the same one again when you retry' }),
  'webhook-timestamp': z.string().meta({ description: 'Seconds since 1970, of this attempt' }),
};

const headersOf = (route: Route) =>
  z.object({
    ...(route.access === 'signed' ? signedHeaders : {}),
    ...(route.key.startsWith('POST ') && route.access !== 'signed'
      ? {
          'Idempotency-Key': z
            .string()
            .regex(idempotencyKey)
            .meta({ description: 'Yours; the same one again when you retry' }),
        }
      : {}),
    // A command that creates something has no version to match.
    ...(isCommand(route) && route.versioned && route.status === 200
      ? {
          'If-Match': z
            .string()
            .optional()
            .meta({ description: 'The ETag you read; 412 if it has changed since' }),
        }
      : {}),
  });

const securityOf = ({ access }: Route): NonNullable<ZodOpenApiOperationObject['security']> =>
  ({ public: [], token: [{ bearer: [] }], signed: [{ signature: [] }] })[access];

const operationOf = (slice: string, name: string, route: Route): ZodOpenApiOperationObject => ({
  operationId: name,
  summary: `${route.summary.en} · ${route.summary.zh}`,
  tags: [slice],
  security: securityOf(route),
  requestParams: {
    path: route.params as z.ZodObject,
    query: route.query as z.ZodObject,
    header: headersOf(route),
  },
  ...(isCommand(route)
    ? {
        requestBody: {
          content: route.file
            ? Object.fromEntries(route.file.mediaTypes.map((type) => [type, {}]))
            : { 'application/json': { schema: route.body } },
          required: route.file !== undefined || !route.body.safeParse({}).success,
        },
      }
    : {}),
  responses: {
    ...Object.fromEntries(
      [route.status, ...(route.otherStatus ? [route.otherStatus] : [])].map((status) => [
        String(status),
        {
          description: route.summary.en,
          ...(route.versioned || route.isDocument || route.access === 'public'
            ? { headers: z.object({ ETag: z.string() }) }
            : {}),
          content: {
            ...(route.only
              ? { [route.only]: { schema: z.string() } }
              : { 'application/json': { schema: route.answer } }),
            ...Object.fromEntries(route.also.map((type) => [type, { schema: z.string() }])),
          },
        },
      ]),
    ),
    ...(!isCommand(route) && (route.versioned || route.isDocument || route.access === 'public')
      ? { 304: { description: 'As the client has it, by its ETag' } }
      : {}),
    ...problemResponses(route),
  },
});

/** OpenAPI of the whole API, from the contracts that serve it. */
export const openApi = () => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [slice, contract] of Object.entries(contracts))
    for (const [name, route] of Object.entries<Route>(contract)) {
      const [method = '', path = ''] = route.key.split(' ');
      paths[path] = {
        ...paths[path],
        [method.toLowerCase()]: operationOf(slice, name, route),
      };
    }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'leifeng',
        version: '0.2.0',
        description: 'A district’s year of volunteer service · 区域全年志愿服务',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      paths,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          signature: {
            ...{ type: 'apiKey', in: 'header', name: 'webhook-signature' },
            description:
              'Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` and `webhook-signature` over the raw body',
          },
        },
      },
    },
    {
      // A later version may answer more: readers ignore what they do not know. Requests take nothing more.
      override: ({ jsonSchema, io }) => {
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    },
  );
};
