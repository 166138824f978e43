import * as z from 'zod';
import { type Contract, route } from '../http/contract.ts';

const document = z.looseObject({});

export const reference = {
  readOpenApi: route({
    key: 'GET /openapi.json',
    access: 'public',
    summary: { en: 'This API, as OpenAPI 3.1', zh: '接口说明（OpenAPI 3.1）' },
    answer: document,
    isDocument: true,
  }),
  readAsyncApi: route({
    key: 'GET /asyncapi.json',
    access: 'public',
    summary: { en: 'The events, as AsyncAPI 3', zh: '事件说明（AsyncAPI 3）' },
    answer: document,
    isDocument: true,
  }),
} satisfies Contract;
