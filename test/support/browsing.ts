import type { Role } from '../../events/envelope.ts';
import { newSession } from '../../functions/session/session.ts';
import { type Ask, type Handler, httpEvent, noon } from './http-event.ts';

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** What a browser would send of the first form in a page, or of the first with an action, as it stands. */
export const sentBy = (page: string, action = ''): URLSearchParams => {
  const forms = [...page.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)];
  const [, , inForm = ''] =
    forms.find(([, tag = '']) => action === '' || tag.includes(` action="${action}?`)) ?? [];
  const fields = new URLSearchParams();
  for (const [tag] of inForm.matchAll(
    /<input[^>]*>|<select[\s\S]*?<\/select>|<textarea[\s\S]*?<\/textarea>/g,
  )) {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    if (attribute('type') === 'checkbox' && !tag.includes(' checked')) continue;
    const [, chosen] =
      /^<textarea[^>]*>\n([\s\S]*)<\/textarea>$/.exec(tag) ??
      /value="([^"]*)" selected/.exec(tag) ??
      /<option value="([^"]*)"/.exec(tag) ??
      [];
    fields.append(attribute('name'), unescaped(chosen ?? attribute('value')));
  }
  return fields;
};

/** A person in a browser: opens pages, and sends their forms. */
export interface Browsing {
  readonly ask: (
    handler: unknown,
    request: Ask,
  ) => Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly text: string;
  }>;
}

/** Somebody with these roles and a session; with no session for null. */
export const browsingAs = async (
  roles: readonly Role[] | null,
  { organisationId = null }: { readonly organisationId?: string | null } = {},
): Promise<Browsing> => {
  const actor = {
    ...{ id: `${roles?.[0] ?? 'nobody'}-1`, roles: roles ?? [], organisationId, areaIds: null },
    volunteerId: '0198c0de-0000-7000-8000-0000000000a1',
  };
  const cookie = roles && (await newSession(actor, noon, noon + 3_600_000)).split(';', 1)[0];
  return {
    ask: async (handler, { body, ...request }) => {
      const isForm = body instanceof URLSearchParams;
      const event = httpEvent({
        ...request,
        ...(isForm ? { body: body.toString(), key: null } : {}),
        headers: {
          ...{ accept: 'text/html', 'accept-language': 'zh-CN', host: 'leifeng.example' },
          ...(isForm
            ? {
                'content-type': 'application/x-www-form-urlencoded',
                origin: 'https://leifeng.example',
                'sec-fetch-site': 'same-origin',
              }
            : {}),
          ...request.headers,
        },
      });
      const {
        statusCode,
        headers,
        body: text,
      } = await (handler as Handler)({ ...event, cookies: cookie ? [cookie] : [] }, {
        getRemainingTimeInMillis: () => 10_000,
      } as never);
      return { status: statusCode ?? 0, headers: headers ?? {}, text: String(text ?? '') };
    },
  };
};
