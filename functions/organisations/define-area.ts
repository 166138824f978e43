import { commandBy } from '../shared/command.ts';
import { create, execute, find } from '../shared/execute.ts';
import type { UseCase } from '../shared/http.ts';
import { reference } from '../shared/references.ts';
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
  const { state, version } =
    first && !(await find(stream, evolve))
      ? await create(stream, evolve, async () => first, command)
      : await execute({
          stream,
          evolve,
          request,
          authorise: () => role,
          decide: (current) => decide(current, area, parent),
        });
  return { body: { ...state, version }, version };
};
