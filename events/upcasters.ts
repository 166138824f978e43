type State = Readonly<Record<string, unknown>>;

/** Makes a state of one version that of the next. */
export type Upcaster = (state: State) => State;

/** Version 2: everybody who put figures in, not only the last; and whether the person objects. */
const hoursWithEveryone: Upcaster = ({ enteredBy, ...entry }) => ({
  ...entry,
  enteredBy: [enteredBy],
  objected: false,
});

/** Version 2: what used to count at once is active; a registration was the only thing known. */
const volunteerWithStatus: Upcaster = ({
  areaId,
  tags,
  consentVersion,
  registeredOn,
  registeredBy,
}) => ({
  areaId,
  tags,
  serviceCategories: [],
  status: 'active',
  selfId: null,
  ageGroup: 'unknown',
  consentVersion,
  consents: [
    {
      purpose: 'service-record',
      version: consentVersion,
      by: 'self',
      givenOn: registeredOn,
      withdrawnOn: null,
    },
  ],
  credentials: [],
  possibleDuplicates: [],
  mergedInto: null,
  registeredOn,
  registeredBy,
  confirmedOn: registeredOn,
  leftOn: null,
});

/** Version 3: which records went into this one; before, nobody noted that. */
const volunteerWithMerges: Upcaster = (volunteer) => ({ ...volunteer, mergedFrom: [] });

/**
 * Version 4: whether the person accepted each merge. Before, nobody asked them, so every earlier
 * merge still awaits their yes: until then no token leads from one record to the other.
 */
const volunteerWithAcceptance: Upcaster = ({ mergedFrom, ...volunteer }) => ({
  ...volunteer,
  mergedFrom: (mergedFrom as readonly State[]).map((each) => ({ ...each, awaiting: each.id })),
});

/**
 * From each version of an aggregate's state to the next, version 1 first. What was written in an old
 * version is never rewritten; it is read as if it had been written in the current one.
 */
export const upcasters = {
  hours: [hoursWithEveryone],
  volunteer: [volunteerWithStatus, volunteerWithMerges, volunteerWithAcceptance],
} as const satisfies Readonly<Record<string, readonly Upcaster[]>>;
