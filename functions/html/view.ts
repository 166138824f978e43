import type { Locale } from '../refusals/problem-types.ts';

/** The name of the hidden field with a form's one-time token. */
export const tokenField = 'form';

/** The name of the hidden field with the ticket of a form that anybody may send. */
export const ticketField = 'ticket';

/** Why a form was not taken: what a person reads above it and at its fields. */
export interface Refusal {
  /** The problem's code. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** By the name of the field in the form. */
  readonly faults: ReadonlyMap<string, string>;
  /** What the person had put in, by the name of the field; undefined when it cannot be shown again. */
  readonly given: ReadonlyMap<string, readonly string[]> | undefined;
  /** The form as a whole is larger than is taken. */
  readonly isTooLarge: boolean;
}

/** The person behind a page. */
export interface SignedIn {
  readonly roles: readonly string[];
  /** The hidden token for one form: it names the route and the path that the form goes to. */
  readonly tokenFor: (key: string, path: string) => string;
}

/** What a page is shown for, besides its answer. */
export interface View {
  readonly locale: Locale;
  /** The local calendar year of the request. */
  readonly year: number;
  /** Path and query of the page. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined on public pages, whose content is the same for everybody. */
  readonly signedIn: SignedIn | undefined;
  /** Whether the browser has a session. The head of a public page says so too, and no cache keeps it then. */
  readonly hasSession: boolean;
  /** The roles of that session: a public page has no links that they may not follow. */
  readonly roles: readonly string[];
  /** Set when the page is shown again because its form was refused. */
  readonly refusal: Refusal | undefined;
}

/** The address of the page in another language, or with other parameters; undefined removes one. */
export const addressOf = (
  { path, query }: Pick<View, 'path' | 'query'>,
  changes: Readonly<Record<string, string | undefined>> = {},
): string => {
  const parameters = new URLSearchParams(
    Object.entries({ ...query, ...changes }).filter(
      (each): each is [string, string] => each[1] !== undefined,
    ),
  ).toString();
  return parameters === '' ? path : `${path}?${parameters}`;
};
