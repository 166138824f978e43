/**
 * What one aggregate contributes to the figures, in its newest state: measures × dimensions.
 * Every figure is the sum of such contributions, and each is the snapshot of one aggregate, so an
 * event that is older than what was last taken in has nothing to say.
 */
export interface Contribution {
  /** `yyyy-mm`, by the local date that the rules count it under. */
  readonly month: string;
  readonly areaId: string;
  /** Null where a theme makes no sense, as for a registration. */
  readonly theme: string | null;
  /** Groups lines of one sort, so that those behind a metric can be listed without the others. */
  readonly kind: string;
  /** Whole numbers by metric; a metric left out is unknown, which is not 0. */
  readonly measures: Readonly<Record<string, number>>;
  /** `yyyy-mm`: from here on it is in no figure of how many there are, as a team that was dissolved. */
  readonly until?: string;
  /** Who or what is present here, by metric that counts each once: volunteers, partners. */
  readonly present?: Readonly<Record<string, readonly string[]>>;
  /** Counted once, here, if anybody is present for it anywhere: an activity that was held. */
  readonly heldIfPresent?: { readonly metric: string; readonly member: string };
}

/** An id of somebody, or of several, as what it stands for; hidden where it is neither. */
type Shown<Value> =
  | 'shown'
  | 'hidden'
  | (Value extends string | readonly string[] ? 'person' : never)
  | (Value extends readonly (infer Item)[]
      ? Item extends object
        ? Disclosure<Item>
        : never
      : Value extends object
        ? Disclosure<Value>
        : never);

/**
 * What of a row is shown to whoever may not know people, field by field: `shown` is a number, a code,
 * a date or the id of a thing, as it is; `person` is an id of somebody, shown as a pseudonym;
 * `hidden` is the rest, all free text among it. A list is shown item by item. Every field of the
 * row has to be named here, and what is not named is not shown.
 */
export type Disclosure<Row = Readonly<Record<string, unknown>>> = {
  readonly [Field in keyof Row]-?: Shown<NonNullable<Row[Field]>>;
};

/** A row, and the id of its aggregate. */
export type Identified<Row> = Row & { readonly id: string };

/** What the Views keep of an aggregate: a row to list and, if it counts, a contribution. */
export interface Projection {
  readonly pk: string;
  readonly sk: string;
  readonly row: Readonly<Record<string, unknown>>;
  /** A list the row is in beside its own partition, and its place there. */
  readonly list?: { readonly name: string; readonly order: string };
  readonly contribution?: Contribution;
}
