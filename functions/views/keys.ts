/** The list of all activities, by the day on which they start. */
export const activityList = 'activities';
/** The partition of an activity. */
export const activityPartition = (activityId: string): string => `activity#${activityId}`;

/** The partition of a volunteer and of the blocks of the service record. */
export const volunteerPartition = (volunteerId: string): string => `volunteer#${volunteerId}`;
/** The sort key of the volunteer in that partition. */
export const volunteerName = 'volunteer';
/** The list of the volunteers of an area, by the month in which they confirmed. */
export const listOfVolunteers = (areaId: string): string => `volunteers#${areaId}`;
export const isListOfVolunteers = (list: string): boolean => list.startsWith(listOfVolunteers(''));
/** The list of a team's members. */
export const listOfMembers = (teamId: string): string => `team#${teamId}`;
/** The partition of a volunteer's memberships in teams. */
export const membershipRows = (volunteerId: string): string => `memberships#${volunteerId}`;

/** The partitions of areas and organisations, each by its id. */
export const areaRows = 'areas';
export const organisationRows = 'organisations';
/** The partition of the plans of years, each by its year. */
export const campaignRows = 'campaigns';
/** The partition of teams, each by its id. */
export const teamRows = 'teams';

/** The partition of the partners whose machines hand things in, each by its id. */
export const inboundPartnerRows = 'inbound-partners';
/** The partition of the batches of a partner, by time. */
export const inboundBatches = (partnerId: string): string => `inbound#${partnerId}`;

/** The partition of an import and its progress. */
export const importPartition = (importId: string): string => `import#${importId}`;
/** The sort key of a chunk of an import. Leading zeros keep chunks in order. */
export const chunkName = (number: number): string => `chunk#${String(number).padStart(4, '0')}`;

/** The partition of months and years that are closed or were to be closed, each by its name. */
export const periodRows = 'periods';
/** The partition of the restatements of a year's months, by closed month. */
export const restatementRows = (year: string): string => `restatements#${year}`;
/** The list of the restatements that were made in a month. */
export const listOfRestatements = (month: string): string => `restated-in#${month}`;

/** The partition of a volunteer's certificates, each by its id. */
export const certificateRows = (volunteerId: string): string => `certificates#${volunteerId}`;
/** The register of a recording unit, by number. */
export const listOfCertificates = (issuerId: string): string => `issued-by#${issuerId}`;
/** The list of the commendations of a year, by day, then by id. */
export const listOfCommendations = (year: string): string => `commendations-of#${year}`;
/** The partition of stars, each by its id. */
export const starRows = 'stars';
/** The list of the stars of a year: granted in it, or begun and not granted. By area, then by id. */
export const listOfStars = (year: string): string => `stars-of#${year}`;
/** The list of the stars in their public notice, by area, then by id. */
export const starsInNotice = 'stars-in-notice';
/** The partition of stories, each by the day on which it was begun and its id. */
export const storyRows = 'stories';
/** The list of the stories that are published, by day. */
export const publishedStories = 'published-stories';
/** The partition of complaints, each by its number, which begins with its day. */
export const complaintRows = 'complaints';
