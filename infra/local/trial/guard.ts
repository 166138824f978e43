// Enforces the policies of the functions' roles in a host of the tests.
import type { Blueprint } from '../assembly/blueprint.ts';
import { readAssembly, type Untyped } from '../assembly/template.ts';
import { readPermissions } from './permissions.ts';
import { createRequiredPermissionsOf } from './required-permissions.ts';

/** The body of AWS's answer (status 400) to a caller without the permission. */
export interface Denial {
  readonly __type: 'AccessDeniedException';
  readonly message: string;
}

export interface Guard {
  /**
   * Undefined if the caller has the permission, or is none of the functions. A function's access key is
   * its name.
   */
  check(authorization: string | undefined, target: string, input: Untyped): Denial | undefined;
  /** All denials so far. A function may treat a denial as another failure and continue. */
  denied(): readonly string[];
}

/** @throws UnknownToHostError for policies that cannot be judged */
export const createGuard = (cdkOut: string, blueprint: Blueprint): Guard => {
  const allows = readPermissions(readAssembly(cdkOut));
  const needsOf = createRequiredPermissionsOf(blueprint);
  const roles = new Map(blueprint.functions.map(({ name, role }) => [name, role]));
  const messages: string[] = [];
  const check: Guard['check'] = (authorization, target, input) => {
    const caller = /Credential=([^/]+)\//.exec(authorization ?? '')?.[1] ?? '';
    const role = roles.get(caller);
    if (role === undefined) return undefined;
    const denied = needsOf(target, input).find((need) => !allows(role, need));
    if (!denied) return undefined;
    const { action, resource, context } = denied;
    const message = `${caller} is not authorized to perform: ${action} on resource: ${resource} with ${JSON.stringify(context)}`;
    messages.push(message);
    return { __type: 'AccessDeniedException', message };
  };
  return { check, denied: () => messages };
};
