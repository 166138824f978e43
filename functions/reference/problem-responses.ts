import * as z from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { isCommand, type Route } from '../http/contract.ts';
import { fieldFaults } from '../refusals/field-faults.ts';
import { maxErrors } from '../refusals/problem.ts';
import { type ProblemCode, problemTypes } from '../refusals/problem-types.ts';

const problemCodes = Object.keys(problemTypes) as [ProblemCode, ...ProblemCode[]];

const problemType = z
  .enum(problemCodes.map((code) => `urn:leifeng:problem:${code}`) as [string, ...string[]])
  .meta({
    id: 'ProblemType',
    description: 'What went wrong. Stable; a later version may have more.',
  });

const fieldCode = z
  .enum([...new Set([...Object.keys(fieldFaults), ...problemCodes])] as [string, ...string[]])
  .meta({
    id: 'FieldCode',
    description: `What is wrong with a field: the last part of a problem’s \`type\`, or one of these. ${Object.entries(
      fieldFaults,
    )
      .map(([code, text]) => `\`${code}\`: ${text}`)
      .join(' ')} A later version may have more.`,
  });

const fieldError = z
  .object({
    pointer: z.string().optional().describe('Where in the body: a JSON Pointer (RFC 6901).'),
    in: z.enum(['path', 'query', 'header']).optional().describe('Where else than in the body.'),
    name: z.string().optional().describe('The name of the parameter.'),
    code: fieldCode,
    detail: z.string().describe('What is wrong and what to do, for a person.'),
    allowed: z
      .array(z.string())
      .optional()
      .describe('The values that the field may have, or the fields that there are.'),
  })
  .meta({ id: 'FieldError', description: 'One fault in a request.' });

const problem = z
  .object({
    type: problemType,
    title: z.string().describe('The kind of problem, for a person.'),
    status: z.int().describe('The status of the answer.'),
    detail: z.string().describe('What is wrong and what to do, for a person.'),
    correlationId: z.string().describe('To be named to the operator of the district.'),
    errors: z.array(fieldError).max(maxErrors).optional().describe('The faults, field by field.'),
    errorCount: z
      .int()
      .optional()
      .describe(`How many faults there are; \`errors\` tells ${maxErrors} at most.`),
  })
  .meta({
    id: 'Problem',
    description:
      'Why a request was refused (RFC 9457), in Chinese or English by `Accept-Language`.',
    examples: [
      {
        type: 'urn:leifeng:problem:invalid-request',
        title: 'Invalid request',
        status: 400,
        detail: 'Correct each item under errors and send the request again.',
        correlationId: '0198c0de-0000-7000-8000-0000000000e1',
        errors: [{ pointer: '#/title', code: 'required', detail: 'is required' }],
        errorCount: 1,
      },
    ],
  });

/** The answer of API Gateway itself, before a function sees the request. */
const gatewayAnswer = z
  .object({ message: z.string().describe('In English, in a few words.') })
  .meta({
    id: 'GatewayAnswer',
    description: 'The answer of the gateway itself, before a function sees the request.',
    examples: [{ message: 'Unauthorized' }],
  });

/** The refusals of a route in addition to its own list, by the kind of route. */
const problemsOf = (route: Route): readonly ProblemCode[] => [
  'invalid-request',
  ...(isCommand(route)
    ? (['malformed-json', 'body-too-large', 'idempotency-key-reused', 'conflict'] as const)
    : []),
  ...(isCommand(route) && route.access !== 'signed'
    ? (['unsupported-media-type', 'idempotency-key-required'] as const)
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

/** The refusals of a route by status, each with the types that it may have. */
export const problemResponses = (route: Route): ZodOpenApiOperationObject['responses'] => {
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
