/** Only the person may read their inbox. */
export const mayListNotices = ({ own }: { readonly own: boolean }): boolean => own;
