/** Seconds after which Lambda ends a run of the projector. */
export const projectorSeconds = 30;
