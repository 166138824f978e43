import type { UseCase } from '../http/serve.ts';
import { commandBy } from '../ledger/command.ts';
import { create, execute, find } from '../ledger/execute.ts';
import { reference } from '../ledger/references.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import type { organisations } from './contract.ts';
import { defineArea as decide, evolveArea as evolve } from './decider.ts';
import { mayDefine } from './policy.ts';

export const defineArea: UseCase<typeof organisations.defineArea> = async (request) => {
  const role = mayDefine(request.actor);
  const command = commandBy(role, request);
  const area = { id: request.params.id, ...request.body };
  const parent = area.parentId ? await reference('area', area.parentId, '#/parentId') : null;
  const stream = { type: 'area', id: area.id };
  const first = decide(null, area, parent);

  const begin = async () => {
    if (!first || (await find(stream, evolve))) return undefined;
    if (request.ifMatch !== undefined) throw new Problem('stale-version', { version: 0 });
    try {
      return await create(stream, evolve, async () => first, command);
    } catch (error) {
      // Somebody else defined it in between: then this redefines it.
      if (error instanceof Rejection && error.code === 'already-exists') return undefined;
      throw error;
    }
  };

  const { state, version } =
    (await begin()) ??
    (await execute({
      stream,
      evolve,
      request,
      authorise: () => role,
      decide: (current) => decide(current, area, parent),
    }));
  return { body: { ...state, version }, version };
};
