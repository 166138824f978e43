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
};
