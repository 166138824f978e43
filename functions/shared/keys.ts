/** Where the Views keep an activity, and with it the hours that were entered for it. */
export const activityPartition = (activityId: string): string => `activity#${activityId}`;
export const hoursPrefix = 'hours#';
