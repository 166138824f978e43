type Data = Readonly<Record<string, unknown>>;

/** Makes the data of one version those of the next. */
type Upcaster = (data: Data) => Data;

/** Version 2: everybody who put figures in, not only the last; and whether the person objects. */
const hoursToVersion2: Upcaster = ({ hours, ...data }) => {
  const { enteredBy, ...entry } = hours as Data;
  return { ...data, hours: { ...entry, enteredBy: [enteredBy], objected: false } };
};

/** Version 2: what used to count at once is active; a registration was the only thing known. */
const volunteerToVersion2: Upcaster = ({ volunteer, ...data }) => {
  const { areaId, tags, consentVersion, registeredOn, registeredBy } = volunteer as Data;
  return {
    ...data,
    volunteer: {
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
    },
  };
};

/** The next version: which records went into this one; before, nobody noted that. */
const volunteerWithMerges: Upcaster = ({ volunteer, ...data }) => ({
  ...data,
  volunteer: { ...(volunteer as Data), mergedFrom: [] },
});

/**
 * The next version: whether the person accepted each merge. Before, nobody asked them, so every
 * earlier merge still awaits their yes: until then no token leads from one record to the other.
 */
const volunteerWithAcceptance: Upcaster = ({ volunteer, ...data }) => {
  const { mergedFrom, ...rest } = volunteer as Data & { readonly mergedFrom: readonly Data[] };
  return {
    ...data,
    volunteer: {
      ...rest,
      mergedFrom: mergedFrom.map((each) => ({ ...each, awaiting: each.id })),
    },
  };
};

/**
 * From a version to the next, by type: `Type.version`. What was written in an old version is never
 * rewritten; it is read as if it had been written in the current one.
 */
export const upcasters: Readonly<Record<string, Upcaster>> = {
  'HoursLogged.1': hoursToVersion2,
  'HoursVerified.1': hoursToVersion2,
  'HoursRejected.1': hoursToVersion2,
  'HoursCorrected.1': hoursToVersion2,
  'HoursVoided.1': hoursToVersion2,
  'VolunteerRegistered.1': volunteerToVersion2,
  'VolunteerRegistered.2': volunteerWithMerges,
  'VolunteerConfirmed.1': volunteerWithMerges,
  'VolunteerRevised.1': volunteerWithMerges,
  'PersonalDataCorrected.1': volunteerWithMerges,
  'ConsentGiven.1': volunteerWithMerges,
  'ConsentWithdrawn.1': volunteerWithMerges,
  'CredentialVerified.1': volunteerWithMerges,
  'CredentialRevoked.1': volunteerWithMerges,
  'DuplicateSuspected.1': volunteerWithMerges,
  'VolunteerDeactivated.1': volunteerWithMerges,
  'VolunteerReactivated.1': volunteerWithMerges,
  'VolunteerMerged.1': volunteerWithMerges,
  'VolunteerErased.1': volunteerWithMerges,
  'VolunteerRegistered.3': volunteerWithAcceptance,
  'VolunteerConfirmed.2': volunteerWithAcceptance,
  'VolunteerRevised.2': volunteerWithAcceptance,
  'PersonalDataCorrected.2': volunteerWithAcceptance,
  'ConsentGiven.2': volunteerWithAcceptance,
  'ConsentWithdrawn.2': volunteerWithAcceptance,
  'CredentialVerified.2': volunteerWithAcceptance,
  'CredentialRevoked.2': volunteerWithAcceptance,
  'DuplicateSuspected.2': volunteerWithAcceptance,
  'VolunteerDeactivated.2': volunteerWithAcceptance,
  'VolunteerReactivated.2': volunteerWithAcceptance,
  'VolunteerMerged.2': volunteerWithAcceptance,
  'VolunteerErased.2': volunteerWithAcceptance,
  'AgeGroupChanged.1': volunteerWithAcceptance,
  'DuplicateMerged.1': volunteerWithAcceptance,
};
