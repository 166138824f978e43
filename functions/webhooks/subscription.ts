import type { Webhook } from '../../events/webhooks.ts';

/** A webhook with its id, as it is kept in the list of all of them. */
export interface Subscription {
  readonly id: string;
  readonly webhook: Webhook;
}

/** What of an event, or of a notice about it, decides who gets it. */
export interface Routing {
  /** An event type, or `notice.<kind>`. */
  readonly type: string;
  /** The area that it is about and all that contain it; empty when it is about none. */
  readonly areaIds: readonly string[];
  readonly theme: string | null;
  readonly organisationId: string | null;
}

const noticePrefix = 'notice.';

/** The type by which a notice is subscribed to. */
export const noticeType = (kind: string): string => `${noticePrefix}${kind}`;
export const isNoticeType = (type: string): boolean => type.startsWith(noticePrefix);

/**
 * Whether a webhook gets something. What a filter asks for and the event does not say does not match.
 * Paused and disabled ones match too: what they do not get is listed and can be sent again.
 */
export const matches = ({ webhook }: Subscription, routing: Routing): boolean =>
  webhook.status !== 'untested' && webhook.status !== 'deleted' && matchesFilter(webhook, routing);

/** Which events somebody asks for. */
export type Filter = Pick<Webhook, 'types' | 'areaIds' | 'themes' | 'organisationId'>;

export const matchesFilter = (
  { types, areaIds, themes, organisationId }: Filter,
  routing: Routing,
): boolean => {
  // People's notices are for those who ask for them by name.
  if (types === null ? isNoticeType(routing.type) : !types.includes(routing.type)) return false;
  if (areaIds.length > 0 && !routing.areaIds.some((id) => areaIds.includes(id))) return false;
  if (themes.length > 0 && !themes.some((theme) => theme === routing.theme)) return false;
  return organisationId === null || organisationId === routing.organisationId;
};
