/** Characters of a path and a query of ours. No second slash at the beginning, which would be another host. */
const ours = /^\/(?!\/)[\w~./%-]*(?:\?[\w~.%=&+-]*)?$/;

/** Where to go after signing in: a path of this site, or the home page for anything else. */
export const safePath = (next: string | undefined): string =>
  next !== undefined && ours.test(next) && !next.startsWith('/pages/sign-in') ? next : '/pages';
