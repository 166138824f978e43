/**
 * What one aggregate contributes to the figures in its newest state: measures × dimensions. Every
 * figure is a sum of contributions. Each contribution comes from one state of one aggregate, so an
 * event older than the last one projected changes nothing.
 */
export interface Contribution {
  /** `yyyy-mm` of the local date under which it counts. */
  readonly month: string;
  readonly areaId: string;
  /** Null for a contribution that has no theme, such as a registration. */
  readonly theme: string | null;
  /** Lines of one kind can be listed without the others. */
  readonly kind: string;
  /** Whole numbers by measure. A missing measure is unknown, which is not 0. */
  readonly measures: Readonly<Record<string, number>>;
  /** `yyyy-mm`: from this month on it is in no running figure, for example a team that was dissolved. */
  readonly until?: string;
  /** Who or what is present here, by metric that counts each member once: volunteers, partners. */
  readonly present?: Readonly<Record<string, readonly string[]>>;
  /** Counted once, here, if anybody is present for it anywhere: an activity that was held. */
  readonly heldIfPresent?: { readonly metric: string; readonly member: string };
}

/**
 * How a field is shown: an id of one or several people may be `person`, an object has its own
 * disclosure.
 */
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
 * What readers who may not see personal data are shown of a row, field by field. `shown`: a number,
 * a code, a date or the id of a thing, unchanged. `person`: a person's id, as a pseudonym.
 * `hidden`: all else, including free text. A list is shown item by item. Every field of the row
 * must be named; a field that is not named is not shown.
 */
export type Disclosure<Row = Readonly<Record<string, unknown>>> = {
  readonly [Field in keyof Row]-?: Shown<NonNullable<Row[Field]>>;
};

/** A row with the id of its aggregate. */
export type Identified<Row> = Row & { readonly id: string };

/** What the Views keep of an aggregate: a row to list and, if it counts, a contribution. */
export interface Projection {
  readonly pk: string;
  readonly sk: string;
  readonly row: Readonly<Record<string, unknown>>;
  /** A list that the row is also in, and its place there. */
  readonly list?: { readonly name: string; readonly order: string };
  /** A list of what somebody should look at, and the row's place there. */
  readonly flag?: { readonly name: string; readonly order: string };
  readonly contribution?: Contribution;
}
