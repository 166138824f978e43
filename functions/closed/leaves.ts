import type { Entry } from '../../events/participation.ts';
import type { Measures } from '../figures/packing.ts';
import { type Canonical, canonicalJson } from './canonical-json.ts';

type Bit = 0 | 1;

/** One person's entry on a sheet, whatever its status. */
export type EntryLeaf = {
  readonly kind: 'entry';
  /** `yyyy-mm` */
  readonly month: string;
  readonly sheet: string;
  /** The version of the sheet that last changed the entry. */
  readonly version: number;
  readonly date: string;
  readonly area: string;
  readonly theme: string;
  readonly organisation: string;
  readonly team?: string;
  /** SHA-256 of salt and id, in hex. */
  readonly person: string;
  /** The person that all records are counted as which are one person's. */
  readonly countedWith?: string;
  readonly status: Entry['status'];
  readonly origin: Entry['origin'];
  readonly attended: number;
  readonly credited: number;
  readonly onDuty: Bit;
  readonly partyMember: Bit;
};

/** What an activity counts for. */
export type ActivityLeaf = {
  readonly kind: 'activity';
  readonly month: string;
  readonly activity: string;
  readonly version: number;
  readonly area: string;
  readonly theme: string;
  readonly organisation: string;
  readonly team?: string;
  readonly held: Bit;
  /** Those that count: none before the activity is verified. */
  readonly partners: readonly string[];
  /** What it reports, by measure; none before it is verified. */
  readonly measures: Measures;
};

/** A person's registration: new in the month, standing at its end. */
export type RegistrationLeaf = {
  readonly kind: 'registration';
  readonly month: string;
  readonly person: string;
  readonly area: string;
  readonly new: Bit;
  readonly registered: number;
};

export type TeamLeaf = {
  readonly kind: 'team';
  readonly month: string;
  readonly team: string;
  readonly area: string;
  readonly formed: Bit;
  readonly standing: number;
};

/** In a year: one of its months, as it was closed. */
export type MonthLeaf = {
  readonly kind: 'month';
  readonly month: string;
  readonly version: number;
  readonly root: string;
  readonly leaves: number;
};

/** In a year: what a change of a closed month adds to its figures, in measures. */
export type ChangeLeaf = {
  readonly kind: 'change';
  readonly month: string;
  readonly id: string;
  readonly changes: readonly {
    readonly area: string;
    readonly theme: string;
    readonly measures: Measures;
  }[];
};

/** In a year: where a person, all records of them together, took part; or a partner. */
export type PresenceLeaf = {
  readonly kind: 'person' | 'partner';
  readonly id: string;
  /** `<yyyy-mm>|<area>|<theme>`, in order. */
  readonly places: readonly string[];
};

export type Leaf =
  | EntryLeaf
  | ActivityLeaf
  | RegistrationLeaf
  | TeamLeaf
  | MonthLeaf
  | ChangeLeaf
  | PresenceLeaf;

/** By what leaves are sorted: no two leaves of a period have the same key. */
export const keyOf = (leaf: Leaf): string => {
  switch (leaf.kind) {
    case 'entry':
      return `entry|${leaf.sheet}|${leaf.person}`;
    case 'activity':
      return `activity|${leaf.activity}`;
    case 'registration':
      return `registration|${leaf.person}`;
    case 'team':
      return `team|${leaf.team}`;
    case 'month':
      return `month|${leaf.month}`;
    case 'change':
      return `change|${leaf.month}|${leaf.id}`;
    default:
      return `${leaf.kind}|${leaf.id}`;
  }
};

/** The text of a leaf, of which its hash is made. */
export const textOf = (leaf: Leaf): string => canonicalJson(leaf as unknown as Canonical);

export const leafOf = (text: string): Leaf => JSON.parse(text) as Leaf;

/** The leaves in order, as texts. @throws Error when two have the same key */
export const sortedTexts = (leaves: readonly Leaf[]): readonly string[] => {
  const keyed = leaves.map((leaf) => ({ key: keyOf(leaf), text: textOf(leaf) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const twice = keyed.find(({ key }, at) => key === keyed[at + 1]?.key);
  if (twice) throw new Error(`two leaves are ${twice.key}`);
  return keyed.map(({ text }) => text);
};
