type Data = Readonly<Record<string, unknown>>;

/** Makes the data of one version those of the next. */
type Upcaster = (data: Data) => Data;

/** Version 2: everybody who put figures in, not only the last; and whether the person objects. */
const hoursToVersion2: Upcaster = ({ hours, ...data }) => {
  const { enteredBy, ...entry } = hours as Data;
  return { ...data, hours: { ...entry, enteredBy: [enteredBy], objected: false } };
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
};
