import { isCommand, type MediaType, type Route, xlsx } from './contract.ts';
import type { Event } from './request.ts';

export const json = 'application/json';

/** A form of an answer. */
export type Form = MediaType | typeof json;

/** How the last part of a path ends when it asks for a form. */
const endings: Readonly<Record<string, Form>> = {
  json,
  html: 'text/html',
  csv: 'text/csv',
  xlsx,
  jwt: 'application/vc+jwt',
};

/** The parameter that is the last part of a route's path; undefined when a fixed word is. */
const lastParameter = ({ key }: Route): string | undefined => /\/\{(\w+)\}$/.exec(key)?.[1];

/**
 * Takes the ending off the last part of the path, for people whose browser cannot send `Accept`:
 * `/reports/2025.xlsx`. The gateway has no routes with endings: a parameter is a whole part of a path, so
 * the ending is in it. A route that does not offer the form keeps it, and finds its parameter wrong.
 */
export const withoutEnding = (
  event: Event,
  route: Route,
): { readonly event: Event; readonly form?: Form } => {
  const name = lastParameter(route);
  if (isCommand(route) || route.also.length === 0 || name === undefined) return { event };
  const [, value = '', ending = ''] =
    /^([^.]+)\.([a-z]+)$/.exec(event.pathParameters?.[name] ?? '') ?? [];
  const form = Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  if (form === undefined || (form !== json && !route.also.includes(form))) return { event };
  return { event: { ...event, pathParameters: { ...event.pathParameters, [name]: value } }, form };
};

/**
 * The header under which a browser saves an answer.
 * @throws Error unless the name is plain ASCII, which needs no encoding anywhere
 */
export const savedAs = (filename: string): Readonly<Record<string, string>> => {
  if (!/^[\w.-]+$/.test(filename)) throw new Error(`${filename} is no plain name of a file`);
  return { 'content-disposition': `attachment; filename="${filename}"` };
};
