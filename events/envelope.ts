import * as z from 'zod';
import { type Aggregate, versionOf } from './aggregates.ts';

/** The roles in which somebody may act, as DOMAIN.md names them. A token has one at a time. */
export const roles = [
  'district-admin',
  'organiser',
  'verifier',
  'volunteer',
  'requester',
  'auditor',
  'partner',
] as const;
export type Role = (typeof roles)[number];

/** An id made by leifeng: a lower-case UUID that says nothing about the person or thing it names. */
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '编号格式有误 / must be a UUID');

/** An area's id, chosen by the district. Short, because every line contains it. */
export const areaId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,31}$/,
    '须为小写字母、数字和连字符，不超过 32 个字符 / must be up to 32 lower-case letters, digits and hyphens',
  );

/** A theme's key in its campaign, such as `GREEN_DELIVERY`. */
export const themeKey = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9_]{0,39}$/,
    '须为大写字母、数字和下划线 / must be upper-case letters, digits and underscores',
  );

/** A service day: a date in the district's time zone. */
export const localDate = z.iso.date();

/**
 * What a string of an event holds, where neither a pattern nor a list of values says so. Stored
 * events must stay readable for good, so the rules for new values are in the commands. A test fails
 * for a string without one of these kinds.
 */
export const stringKinds = z.registry<{ readonly kind: 'text' | 'id' | 'code' }>();

/** A free text of an official act. It never holds a name, phone number or address. */
export const text = (max: number) =>
  z.string().min(1).max(max).register(stringKinds, { kind: 'text' });

/** A text of the same kind, which may be empty. */
export const textOrNone = (max: number) =>
  z.string().max(max).register(stringKinds, { kind: 'text' });

/** The token's subject. Opaque: the identity provider knows the person, leifeng does not. */
export const actorId = z.string().min(1).max(128).register(stringKinds, { kind: 'id' });

/** The person in charge, by an opaque id. */
export const responsibleId = z.string().max(64).register(stringKinds, { kind: 'id' });

/** Why something was done. */
export const reason = text(200);

/**
 * The fields of every event around its `data`. `aggregate.version` counts an aggregate's events
 * from 1 without gaps; it makes a duplicate or a late delivery harmless.
 */
export const envelope = z.object({
  id: uuid.describe('The same when the event is delivered again.'),
  type: z.string().describe('What happened.'),
  schemaVersion: z.int().min(1).describe('The version of this schema.'),
  aggregate: z
    .object({
      type: z.string().describe('What kind of thing it is.'),
      id: z.string(),
      version: z.int().min(1).describe('Counts the events of the aggregate from 1, without gaps.'),
    })
    .meta({
      id: 'AggregateVersion',
      description: 'What the event happened to, and which of its events it is.',
    }),
  district: z.string().describe('The name of the district.'),
  occurredAt: z.iso.datetime().describe('When it happened, by the clock of the request.'),
  recordedAt: z.iso.datetime().describe('When it was recorded.'),
  actor: z
    .object({
      role: z.enum(roles).meta({ id: 'Role', description: 'The role in which somebody acts.' }),
      id: actorId.describe('The `sub` of their token, or what acted by itself.'),
    })
    .meta({ id: 'Actor', description: 'Who did it, by an opaque id.' }),
  correlationId: z.string().describe('The same for all that one request led to.'),
  causationId: z
    .string()
    .nullable()
    .describe('The event that led to this one; null when a request did.'),
});
export type Envelope = Readonly<z.infer<typeof envelope>>;

/** One entry of the catalogue: all that is known of one event type. */
export interface EventDefinition<Data extends z.ZodType = z.ZodType, Type extends string = string> {
  /** The slice that owns the event; `Source` on the bus is `leifeng.<slice>`. */
  readonly slice: string;
  readonly aggregate: Type;
  /** The version of its aggregate's state. */
  readonly schemaVersion: number;
  readonly summary: { readonly en: string; readonly zh: string };
  readonly data: Data;
  /** Valid data, used in AsyncAPI and as the golden file of this schema version. */
  readonly example: z.input<Data>;
  /**
   * For a type that counted its own versions before its aggregate numbered all events: the
   * difference to the version of the state. Version 1 of the type is version 1 + `behind` of the
   * state.
   */
  readonly behind: number;
}

/** Defines an event of an aggregate, with the version of the aggregate's state. */
export const define = <Data extends z.ZodType, const Type extends string>(
  aggregate: Aggregate<Type>,
  definition: Pick<EventDefinition<Data>, 'summary' | 'data' | 'example'> & {
    readonly behind?: number;
  },
): EventDefinition<Data, Type> => ({
  behind: 0,
  ...definition,
  slice: aggregate.slice,
  aggregate: aggregate.type,
  schemaVersion: versionOf(aggregate),
});
