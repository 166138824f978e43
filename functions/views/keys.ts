/** Where the Views keep an activity, and with it the hours that were entered for it. */
export const activityPartition = (activityId: string): string => `activity#${activityId}`;
export const hoursPrefix = 'hours#';

/** Where the Views keep a volunteer, and with it the blocks of the service record. */
export const volunteerPartition = (volunteerId: string): string => `volunteer#${volunteerId}`;
/** The list of a volunteer's hours, by service date. */
export const listOfVolunteer = (volunteerId: string): string => `volunteer#${volunteerId}`;
/** Where the Views keep a volunteer's memberships in teams. */
export const membershipRows = (volunteerId: string): string => `memberships#${volunteerId}`;

/** Where the Views keep areas and organisations, each by its id. */
export const areaRows = 'areas';
export const organisationRows = 'organisations';

/** Where the Views keep a list of people that was handed in, and how far it is. */
export const importPartition = (importId: string): string => `import#${importId}`;
/** A chunk of its rows. A zero in front of small numbers, so that chunks lie in order. */
export const chunkName = (number: number): string => `chunk#${String(number).padStart(4, '0')}`;
