// Holds functions to the policies of their roles, where a test's host stands between them and AWS.
import type { Blueprint } from '../assembly/blueprint.ts';
import { readAssembly } from '../assembly/template.ts';
import { readPermissions } from './permissions.ts';
import { createRequiredPermissionsOf } from './required-permissions.ts';

/** What AWS answers, with status 400, to a caller that may not. */
export interface Denial {
  readonly __type: 'AccessDeniedException';
  readonly message: string;
}

export interface Guard {
  /**
   * Whether the caller may: undefined when it may, and when it is none of the functions. A function's
   * access key is its name.
   */
  check(authorization: string | undefined, target: string, body: Buffer): Denial | undefined;
  /** What was denied so far. Functions may take a denial for some other failure, and go on. */
  denied(): readonly string[];
}

/** @throws UnknownToHostError for policies that cannot be judged */
export const createGuard = (cdkOut: string, blueprint: Blueprint): Guard => {
  const allows = readPermissions(readAssembly(cdkOut));
  const needsOf = createRequiredPermissionsOf(blueprint);
  const roles = new Map(blueprint.functions.map(({ name, role }) => [name, role]));
  const messages: string[] = [];
  const check: Guard['check'] = (authorization, target, body) => {
    const caller = /Credential=([^/]+)\//.exec(authorization ?? '')?.[1] ?? '';
    const role = roles.get(caller);
    if (role === undefined) return undefined;
    const denied = needsOf(target, JSON.parse(body.toString())).find((need) => !allows(role, need));
    if (!denied) return undefined;
    const { action, resource, context } = denied;
    const message = `${caller} is not authorized to perform: ${action} on resource: ${resource} with ${JSON.stringify(context)}`;
    messages.push(message);
    return { __type: 'AccessDeniedException', message };
  };
  return { check, denied: () => messages };
};
