type State = Readonly<Record<string, unknown>>;

/**
 * Turns a state of one version into a state of the next.
 * @param recordedAt when the event that carries the state was recorded, RFC 3339
 */
export type Upcaster = (state: State, recordedAt: string) => State;

/** Outputs that were typed in version 1, and are computed from registrations, teams and hours now. */
const onceTyped: ReadonlySet<string> = new Set([
  'newRegistrations',
  'newTeams',
  'firstServiceWithin60Days',
]);

/**
 * Version 2: a team, the areas above, a basis for each output, and all who entered the outcome. Every
 * output counted as counted before, and nobody sent an outcome back.
 */
const activityWithTeam: Upcaster = ({ completedBy, outcome, ...activity }) => ({
  ...activity,
  areasAbove: [],
  teamId: null,
  outcome: outcome && {
    ...(outcome as State),
    outputs: Object.fromEntries(
      Object.entries((outcome as { readonly outputs: State }).outputs)
        .filter(([key]) => !onceTyped.has(key))
        .map(([key, quantity]) => [key, { quantity, basis: 'counted' }]),
    ),
  },
  rejection: null,
  enteredBy: completedBy === null ? [] : [completedBy],
});

/**
 * Version 2: months, days and units. Before, a theme had one month, and who leads it in one text, which
 * may name several: it becomes one unit as it is written.
 */
const campaignWithUnits: Upcaster = ({ themes, ...campaign }) => ({
  ...campaign,
  responsibleUnit: null,
  themes: (themes as readonly State[]).map(({ month, lead, ...theme }) => ({
    ...theme,
    months: [month],
    dates: [],
    units: lead === '' ? [] : [{ name: lead, organisationId: null, role: 'lead' }],
  })),
});

/** Version 2: parents by year. Before, the newest parent held for all years. */
const areaWithYears: Upcaster = (area) => ({
  ...area,
  parents: [{ fromYear: 0, parentId: area.parentId }],
});

/** Version 2: a status. Every registration counted at once before, so its status is `active`. */
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

/** Version 3: which records were merged into this one. Earlier states do not say. */
const volunteerWithMerges: Upcaster = (volunteer) => ({ ...volunteer, mergedFrom: [] });

/**
 * Version 4: whether the person accepted each merge. Before, nobody asked the person, so every
 * earlier merge still awaits acceptance. Until then no token leads from one record to the other.
 */
const volunteerWithAcceptance: Upcaster = ({ mergedFrom, ...volunteer }) => ({
  ...volunteer,
  mergedFrom: (mergedFrom as readonly State[]).map((each) => ({ ...each, awaiting: each.id })),
});

/**
 * Version 5: when the person was registered, in spells. Earlier states say only when it began and when it
 * last ended, and of an erasure not even that: it ended on the day of its event, which is taken in UTC.
 */
const volunteerWithSpells: Upcaster = (volunteer, recordedAt) => {
  const { status, confirmedOn: from } = volunteer;
  const later = { ...volunteer, spells: [], distinctFrom: [] };
  if (typeof from !== 'string') return later;
  // In UTC it may still be the day before the confirmation.
  const [, day = from] = [from, recordedAt.slice(0, 10)].sort();
  const until = volunteer.leftOn ?? (status === 'erased' ? day : null);
  return { ...later, leftOn: until, spells: from === until ? [] : [{ from, until }] };
};

/**
 * Version 2: how good the figures are. Earlier sums do not say it of what they count, which is another
 * thing than 0: shares leave these participations out.
 */
const sumsWithQuality: Upcaster = ({ participations, onDutyParticipations, ...sums }) => ({
  ...sums,
  ...(participations ? { participations, unassessed: participations } : {}),
  ...(onDutyParticipations ? { onDutyParticipations, unassessedOnDuty: onDutyParticipations } : {}),
});

/** Version 2: the notice and the confirmation of an exemplar. Before, there were none. */
const storyWithNotice: Upcaster = ({ published, ...story }) => ({
  ...story,
  published: published && { ...(published as State), noticeUntil: null, confirmedOn: null },
});

/** Version 2: whether the district's own key signs too. Before, none did. */
const webhookWithKey: Upcaster = (webhook) => ({ ...webhook, asymmetric: false });

/**
 * Each upcaster leads from one version of an aggregate's state to the next, version 1 first. A
 * stored event is never rewritten; it is read as if it had been written in the current version.
 */
export const upcasters = {
  activity: [activityWithTeam],
  area: [areaWithYears],
  campaign: [campaignWithUnits],
  sheet: [sumsWithQuality],
  story: [storyWithNotice],
  volunteer: [
    volunteerWithStatus,
    volunteerWithMerges,
    volunteerWithAcceptance,
    volunteerWithSpells,
  ],
  webhook: [webhookWithKey],
} as const satisfies Readonly<Record<string, readonly Upcaster[]>>;
