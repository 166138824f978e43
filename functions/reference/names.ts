import * as z from 'zod';
import type { Route } from '../http/contract.ts';

const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const idOf = (schema: z.ZodType): string | undefined => z.globalRegistry.get(schema)?.id;

/** What a page's items are called; undefined for what is no page of named items. */
const itemOfPage = (schema: z.ZodType): string | undefined => {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const { items, next, ...rest } = schema.shape;
  return items instanceof z.ZodArray && next && Object.keys(rest).length === 0
    ? idOf(items.element as z.ZodType)
    : undefined;
};

/** A name is given once, as two schemas of one name cannot be in a document. */
const named = new Map<string, z.ZodType>();

const withName = (id: string, schema: z.ZodType, description: string): z.ZodType => {
  const known = named.get(id) ?? schema.meta({ id, description });
  named.set(id, known);
  return known;
};

/** Whether a command takes a body that has fields. */
export const takesBody = ({ body }: Route): boolean =>
  !(body instanceof z.ZodObject) || Object.keys(body.shape).length > 0;

/** The body of an operation, named after it: `PublishActivityRequest`. */
export const bodyOf = (operationId: string, route: Route): z.ZodType =>
  withName(
    `${capital(operationId)}Request`,
    route.file?.holds ?? route.body,
    `What \`${operationId}\` takes.`,
  );

/**
 * The answer of an operation under its own name; else a page under that of its items, as `ActivityPage`;
 * else under that of the operation: `ListSheetsResponse`.
 */
export const answerOf = (operationId: string, { answer }: Route): z.ZodType => {
  if (idOf(answer)) return answer;
  const item = itemOfPage(answer);
  return item
    ? withName(`${item}Page`, answer, `A page of a list, of \`${item}\`.`)
    : withName(`${capital(operationId)}Response`, answer, `What \`${operationId}\` answers.`);
};
