import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { commandBy } from '../ledger/command.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import type { organisations } from './contract.ts';
import { defineArea as decide } from './decider.ts';
import { mayDefine } from './policy.ts';

export const defineArea: UseCase<typeof organisations.defineArea> = async (request) => {
  const role = mayDefine(request.actor);
  const command = commandBy(role, request);
  const area = { id: request.params.id, ...request.body };
  const parent = area.parentId
    ? await aggregate('area').reference(area.parentId, '#/parentId')
    : null;
  const first = decide(null, area, parent);

  const begin = async () => {
    if (!first || (await aggregate('area').find(area.id))) return undefined;
    if (request.ifMatch !== undefined) throw new Problem('stale-version', { version: 0 });
    try {
      return await aggregate('area').create(area.id, async () => first, command);
    } catch (error) {
      // Another request defined the area meanwhile: this one redefines it.
      if (error instanceof Rejection && error.code === 'already-exists') return undefined;
      throw error;
    }
  };

  const { state, version } =
    (await begin()) ??
    (await aggregate('area').execute(area.id, {
      request,
      authorise: () => role,
      decide: (current) => decide(current, area, parent),
    }));
  return { body: { ...state, version }, version };
};
