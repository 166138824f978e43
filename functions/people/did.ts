import { Problem } from '../refusals/problem.ts';
import { settings } from '../runtime/settings.ts';

/**
 * The origin at which the public has this site for good.
 * @throws Problem `no-public-address` in a district that has not said it
 */
export const publicAddress = (): string => {
  const { publicBaseUrl } = settings();
  if (publicBaseUrl === null) throw new Problem('no-public-address');
  return publicBaseUrl;
};

/** The name under which the district signs (did:web): it leads to `/.well-known/did.json` at this origin. */
export const didOf = (origin: string): string =>
  `did:web:${encodeURIComponent(URL.parse(origin)?.host ?? '')}`;

/** The name of the key of a year, in signatures, in the document of the DID and among the JSON Web Keys. */
export const keyIdOf = (origin: string, year: number | string): string =>
  `${didOf(origin)}#${year}`;
