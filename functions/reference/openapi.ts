import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import type { OutputDefinition } from '../../events/outputs.ts';
import { metricsOf } from '../figures/metrics.ts';
import {
  hasPage,
  idempotencyKey,
  isCommand,
  isForPeople,
  lang,
  type Route,
} from '../http/contract.ts';
import { contracts } from './contracts.ts';
import { exampleOfAnswer, exampleOfBody, withSchemaExamples } from './exemplify.ts';
import { describeFields } from './fields.ts';
import { answerOf, bodyOf, takesBody } from './names.ts';
import { problemResponses } from './problem-responses.ts';
import { leaveOpen, simplify } from './simplify.ts';
import { tags } from './tags.ts';

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
            .meta({
              description: 'Yours; the same one again when you retry.',
              examples: ['publish-2025-10-18-clinic'],
            }),
        }
      : {}),
    // A command that creates something has no version to match.
    ...(isCommand(route) && route.versioned && route.status === 200
      ? {
          'If-Match': z
            .string()
            .optional()
            .describe('The ETag you read; 412 if it has changed since.'),
        }
      : {}),
  });

/** Pages of people in a browser are not part of the API for programs. */
const securityOf = ({ access }: Route): NonNullable<ZodOpenApiOperationObject['security']> =>
  ({
    token: [{ bearer: [] }],
    signed: [{ signature: [] }],
    ...{ public: [], session: [], 'sign-in': [], form: [] },
  })[access];

const etag = z
  .string()
  .describe('Names this version of the answer, for `If-None-Match` and `If-Match`.');

const hasEtag = (route: Route): boolean =>
  route.versioned || route.isDocument || route.access === 'public';

/** The forms of a command's body. */
const contentOf = (slice: string, name: string, route: Route) => {
  const { mediaTypes, holds } = route.file ?? {
    mediaTypes: ['application/json'],
    holds: route.body,
  };
  const file = {
    schema: { type: 'string' as const, contentMediaType: 'application/octet-stream' },
  };
  const body = holds && {
    schema: bodyOf(name, route),
    example: exampleOfBody(slice, name, route),
  };
  return Object.fromEntries(
    mediaTypes.map((type) => [type, body && type.endsWith('json') ? body : file]),
  );
};

const operationOf = (slice: string, name: string, route: Route): ZodOpenApiOperationObject => ({
  operationId: name,
  summary: `${route.summary.en} · ${route.summary.zh}`,
  tags: [slice],
  security: securityOf(route),
  requestParams: {
    path: route.params as z.ZodObject,
    query: hasPage(route)
      ? (route.query as z.ZodObject).extend({ lang })
      : (route.query as z.ZodObject),
    header: headersOf(route),
  },
  ...(isCommand(route) && takesBody(route)
    ? {
        requestBody: {
          content: contentOf(slice, name, route),
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
          ...(hasEtag(route) ? { headers: z.object({ ETag: etag }) } : {}),
          content: {
            ...(route.only
              ? { [route.only]: { schema: z.string() } }
              : {
                  'application/json': {
                    schema: answerOf(name, route),
                    example: exampleOfAnswer(slice, name, route),
                  },
                }),
            ...Object.fromEntries(route.also.map((type) => [type, { schema: z.string() }])),
          },
        },
      ]),
    ),
    ...(!isCommand(route) && hasEtag(route)
      ? { 304: { description: 'As the client has it, by its ETag' } }
      : {}),
    ...problemResponses(route),
  },
});

const description = `The HTTP API of a district’s year of volunteer service. 区域全年志愿服务的接口。

- **Token**: send \`Authorization: Bearer <token>\`. Routes without a lock are public.
- **Errors** are \`application/problem+json\`; \`type\` says what went wrong, \`errors\` where, in Chinese or English by
  \`Accept-Language\`. A reader ignores fields and values that it does not know; a request may hold no unknown field.
- **Retry** a POST with the same \`Idempotency-Key\`: it gets the same answer, and nothing happens twice.
- **Lists** are pages: send \`next\` as \`cursor\` until it is null.
- **Reads may lag** some seconds behind writes; the answer of a command never does.
- **Times** are RFC 3339 in UTC, service days are dates in the time zone of the district, durations whole minutes.`;

/**
 * OpenAPI of the whole API, from the contracts that serve it.
 * @param ownOutputs the outputs that the district added in its settings, which are metrics too
 */
export const openApi = (ownOutputs: Readonly<Record<string, OutputDefinition>> = {}) => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [slice, contract] of Object.entries(contracts))
    for (const [name, route] of Object.entries<Route>(contract)) {
      if (isForPeople(route)) continue;
      const [method = '', path = ''] = route.key.split(' ');
      paths[path] = {
        ...paths[path],
        [method.toLowerCase()]: operationOf(slice, name, route),
      };
    }
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'leifeng',
        version: '0.2.0',
        summary: 'A district’s year of volunteer service · 区域全年志愿服务',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      externalDocs: {
        description: 'docs/api.md of leifeng, which explains errors, pages, retries and times',
        url: 'api.md',
      },
      servers: [
        { url: '/', description: 'The district that gave this document: the output `ApiUrl`' },
      ],
      tags: Object.entries(tags).map(([name, { en, zh }]) => ({
        name,
        description: `${en} · ${zh}`,
      })),
      paths,
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'An access token of the district’s OIDC issuer.',
          },
          signature: {
            ...{ type: 'apiKey', in: 'header', name: 'webhook-signature' },
            description:
              'Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` and `webhook-signature` over the raw body.',
          },
        },
      },
    },
    {
      override: ({ jsonSchema, zodSchema, io }) => {
        simplify(jsonSchema);
        // Requests take nothing more than they say.
        if (io === 'output') leaveOpen(jsonSchema);
        if (z.globalRegistry.get(zodSchema)?.id === 'MetricName')
          jsonSchema.enum = Object.keys(metricsOf(ownOutputs));
      },
    },
  );
  return withSchemaExamples(describeFields(document));
};
