import type { Entry, Place } from '../../events/participation.ts';
import type { Sums } from '../../events/sheet-sums.ts';

/** Where something counts. */
export interface Counted {
  /** `yyyy-mm` of the local date under which it counts. */
  readonly month: string;
  readonly areaId: string;
  /** The areas that contain the area in that year, nearest first: fixed for the year. */
  readonly areasAbove: readonly string[];
  readonly theme: string;
  readonly organisationId: string;
  readonly teamId: string | null;
}

/** A sheet after an event: the sums of all of it, and the entries that the event changes. */
export interface SheetFigures {
  readonly of: 'sheet';
  readonly place: Place;
  readonly sums: Sums;
  readonly entries: readonly Entry[];
}

/** An activity as it is now. */
export interface ActivityFigures extends Counted {
  readonly of: 'activity';
  /** False once it is cancelled: then it counts for nothing. */
  readonly counts: boolean;
  /** Verified: its outcome and its partners count, and it is held if anybody's time on it is verified. */
  readonly verified: boolean;
  /** What it reports, by measure: whole numbers. A missing measure is unknown, which is not 0. */
  readonly measures: Readonly<Record<string, number>>;
  readonly partnerIds: readonly string[];
}

/** From a month on, until another: half-open. A person or team counts at the end of the months between. */
export interface Spell {
  /** `yyyy-mm` */
  readonly from: string;
  /** `yyyy-mm`; null while it lasts. */
  readonly until: string | null;
}

/** A volunteer as they are now: who they are counted as, and when they were registered. */
export interface PersonFigures {
  readonly of: 'person';
  /** The record they were merged into; null when this record is its own. */
  readonly mergedInto: string | null;
  /** Whether this event merges or undoes a merge: the person's years are counted anew. */
  readonly regroups: boolean;
  readonly areaId: string;
  /** The month in which they are counted as new; null before they confirm. */
  readonly registeredIn: string | null;
  readonly spells: readonly Spell[];
}

/** A team as it is now. */
export interface TeamFigures {
  readonly of: 'team';
  readonly areaId: string;
  readonly formedIn: string;
  readonly spells: readonly Spell[];
}

/** What the figures keep of an aggregate. */
export type Figures = SheetFigures | ActivityFigures | PersonFigures | TeamFigures;

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

/** A row of the Views: the newest state of an aggregate, by its key, and a list that it is also in. */
export interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly list?: { readonly name: string; readonly order: string };
  /** A second, sparse list: of what somebody should look at. */
  readonly flag?: { readonly name: string; readonly order: string };
}

/** What the Views keep of an aggregate: a row, or figures, or both. A sheet has no row. */
export interface Projection {
  readonly row?: Row;
  readonly figures?: Figures;
}
