import { type Upcaster, upcasters } from './upcasters.ts';

/** What has a history of its own. Each of its events carries its whole state after the event. */
export interface Aggregate<Type extends string = string, State extends string = string> {
  readonly type: Type;
  /** The slice that owns it; `Source` on the bus is `leifeng.<slice>`. */
  readonly slice: string;
  /** The field of its events' data that holds the state. */
  readonly state: State;
  /** From each version of the state to the next, version 1 first. */
  readonly upcasters: readonly Upcaster[];
  /**
   * The state's version from which on events are numbered by it. Before, each type of event counted
   * its own versions, and one that came later was behind: see `EventDefinition.behind`.
   */
  readonly numberedFrom: number;
}

const aggregate = <const Type extends string, const State extends string = Type>(
  type: Type,
  slice: string,
  more: Partial<Aggregate<Type, State>> = {},
): Aggregate<Type, State> => ({
  type,
  slice,
  state: type as unknown as State,
  upcasters: [],
  numberedFrom: 1,
  ...more,
});

/** All that there are. A change of a state's schema is an upcaster more, and by it a version more. */
export const aggregates = {
  campaign: aggregate('campaign', 'campaigns'),
  area: aggregate('area', 'organisations'),
  organisation: aggregate('organisation', 'organisations'),
  activity: aggregate('activity', 'activities'),
  volunteer: aggregate('volunteer', 'volunteers', {
    upcasters: upcasters.volunteer,
    numberedFrom: 4,
  }),
  import: aggregate('import', 'imports'),
  importChunk: aggregate('import-chunk', 'imports', { state: 'chunk' }),
  hours: aggregate('hours', 'participation', { upcasters: upcasters.hours, numberedFrom: 2 }),
  recordEntry: aggregate('record-entry', 'records', { state: 'entry' }),
  team: aggregate('team', 'teams'),
  membership: aggregate('membership', 'teams'),
} as const;

/** The current version of an aggregate's state, and so of all its events. */
export const versionOf = ({ upcasters: { length } }: Aggregate): number => length + 1;
