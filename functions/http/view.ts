import type { Refusal, View } from '../html/view.ts';
import type { problemBody } from '../refusals/problem.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { newFormToken } from './forms.ts';
import { type Event, localeOf } from './request.ts';
import type { Session } from './session.ts';

/**
 * What a page is shown for: language, year and address of the request, and whose session it is.
 * @param roles those of the session that the browser has, on a page that is not one of the session's own
 */
export const viewOf = (
  event: Event,
  {
    session,
    refusal,
    roles = session?.actor.roles,
  }: {
    readonly session?: Session | undefined;
    readonly refusal?: Refusal;
    readonly roles?: readonly string[] | undefined;
  },
): View => ({
  locale: localeOf(event),
  year: localYearOf(event.requestContext.timeEpoch, settings().timezone),
  path: event.rawPath,
  query: Object.fromEntries(
    Object.entries(event.queryStringParameters ?? {}).filter(
      (each): each is [string, string] => each[1] !== undefined,
    ),
  ),
  signedIn: session && {
    roles: session.actor.roles,
    tokenFor: (key, path) => newFormToken(session.secret, key, path),
  },
  hasSession: roles !== undefined,
  roles: roles ?? [],
  refusal,
});

/** `#/themes/0/title` as the name of a form's field: `themes.0.title`. */
const fieldOf = (pointer: string): string =>
  pointer.replace(/^#\/?/, '').replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');

/** A problem as the form shows it to which it is the answer. */
export const refusalOf = (
  { type, title, detail, status, errors = [] }: ReturnType<typeof problemBody>,
  given: Refusal['given'],
): Refusal => ({
  code: type.split(':').at(-1) ?? '',
  title,
  detail,
  faults: new Map(errors.map((each) => [fieldOf(each.pointer ?? each.name ?? ''), each.detail])),
  given,
  isTooLarge: status === 413,
});
