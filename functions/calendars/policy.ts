/** Only the person has a calendar made of their service, or ends it. */
export const mayHaveCalendar = ({ own }: { readonly own: boolean }): boolean => own;
