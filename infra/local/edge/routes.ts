// API Gateway's route keys: finds the route of a request, and its path parameters.

export interface Match<Route> {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Compiled<Route> {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly string[];
  /** Sorts as text. In each segment a fixed text comes before a parameter, and that before a greedy one. */
  readonly rank: string;
}

const isGreedy = (segment = ''): boolean => segment.startsWith('{') && segment.endsWith('+}');
const isParameter = (segment: string): boolean => segment.startsWith('{');
const nameOf = (segment: string): string => segment.replace(/[{}+]/g, '');

/** Throws a URIError if a path parameter is not encoded correctly. */
export const compileRoutes = <Route extends { readonly key: string }>(routes: readonly Route[]) => {
  const compiled = routes
    .filter(({ key }) => key !== '$default')
    .map((route): Compiled<Route> => {
      const [method = '', path = ''] = route.key.split(' ');
      const segments = path.split('/').slice(1);
      const ranks = segments.map((one) => (isGreedy(one) ? 'c' : isParameter(one) ? 'b' : 'a'));
      return { route, method, segments, rank: ranks.join('') + (method === 'ANY' ? 'z' : '') };
    })
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const fallback = routes.find(({ key }) => key === '$default');

  return (method: string, rawPath: string): Match<Route> | undefined => {
    const path = rawPath.split('/').slice(1);
    const found = compiled.find(
      (one) => (one.method === method || one.method === 'ANY') && fits(one.segments, path),
    );
    if (found) return { route: found.route, pathParameters: parameters(found.segments, path) };
    return fallback && { route: fallback, pathParameters: {} };
  };
};

const fits = (segments: readonly string[], path: readonly string[]): boolean => {
  const greedy = isGreedy(segments.at(-1));
  if (greedy ? path.length < segments.length : path.length !== segments.length) return false;
  return segments.every((segment, index) =>
    isParameter(segment) ? path[index] !== '' : segment === path[index],
  );
};

const parameters = (
  segments: readonly string[],
  path: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    segments.flatMap((segment, index) => {
      if (!isParameter(segment)) return [];
      const raw = isGreedy(segment) ? path.slice(index).join('/') : (path[index] ?? '');
      return [[nameOf(segment), decodeURIComponent(raw)]];
    }),
  );
