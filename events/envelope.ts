import * as z from 'zod';
import { type Aggregate, versionOf } from './aggregates.ts';

/** Who may act; DOMAIN words, one per token at a time. */
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

/** An id made by leifeng: a lower-case UUID that says nothing about whom or what it names. */
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '编号格式有误 / must be a UUID');

/** An area's id, chosen by the district: short, because it stands in every line. */
export const areaId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,31}$/,
    '须为小写字母、数字和连字符，不超过 32 个字符 / must be up to 32 lower-case letters, digits and hyphens',
  );

/** A theme's key in its campaign, as `GREEN_DELIVERY`. */
export const themeKey = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9_]{0,39}$/,
    '须为大写字母、数字和下划线 / must be upper-case letters, digits and underscores',
  );

/** A service day: a date in the district's time zone, never an instant. */
export const localDate = z.iso.date();

/**
 * What the strings of events are for which neither a pattern nor a list of values says so: what was
 * written once has to be readable for good, so that the rules for what is written stand in the
 * commands. A string that is not one of these is a mistake, and a test says so.
 */
export const stringKinds = z.registry<{ readonly kind: 'text' | 'id' | 'code' }>();

/** A free text of an official act. Never the place for a name, phone or address. */
export const text = (max: number) =>
  z.string().min(1).max(max).register(stringKinds, { kind: 'text' });

/** The same, or the empty text. */
export const textOrNone = (max: number) =>
  z.string().max(max).register(stringKinds, { kind: 'text' });

/** The token's subject. Opaque: the identity provider knows the person, leifeng does not. */
export const actorId = z.string().min(1).max(128).register(stringKinds, { kind: 'id' });

/** The person in charge, by an opaque id. */
export const responsibleId = z.string().max(64).register(stringKinds, { kind: 'id' });

/** Why something was done. */
export const reason = text(200);

/**
 * What every event carries around its `data`. `aggregate.version` counts an aggregate's events
 * from 1 without gaps; it is what makes a duplicate or a late delivery harmless.
 */
export const envelope = z.object({
  id: uuid,
  type: z.string(),
  schemaVersion: z.int().min(1),
  aggregate: z.object({ type: z.string(), id: z.string(), version: z.int().min(1) }),
  district: z.string(),
  occurredAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  actor: z.object({ role: z.enum(roles), id: actorId }),
  correlationId: z.string(),
  causationId: z.string().nullable(),
});
export type Envelope = Readonly<z.infer<typeof envelope>>;

/** One entry of the catalogue: everything that is ever said about one event type. */
export interface EventDefinition<Data extends z.ZodType = z.ZodType, Type extends string = string> {
  /** The slice that owns the event; `Source` on the bus is `leifeng.<slice>`. */
  readonly slice: string;
  readonly aggregate: Type;
  /** That of its aggregate's state. */
  readonly schemaVersion: number;
  readonly summary: { readonly en: string; readonly zh: string };
  readonly data: Data;
  /** Valid data, used in AsyncAPI and as the golden file of this schema version. */
  readonly example: z.input<Data>;
  /**
   * How far the versions that this type counted by itself are behind those of the state, where it
   * was written before its aggregate numbered all its events: version 1 of it has version 1 + this.
   */
  readonly behind: number;
}

/** An event of an aggregate, with the version of its state. */
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
