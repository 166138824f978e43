// The part of Lambda's API that functions call.
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Actions } from '../edge/actions.ts';

/** Lambda's answer for what there is not. */
class ResourceNotFoundException extends Error {
  override readonly name = 'ResourceNotFoundException';
}

export const createLambdaActions = (
  { mappingIds }: Pick<Blueprint, 'mappingIds'>,
  invokeLater: (functionName: string, event: unknown) => void,
): Actions => ({
  'Lambda.Invoke': ({ FunctionName, InvocationType, Payload }) => {
    if (InvocationType !== 'Event')
      throw new RangeError('A function is not served that waits for another one.');
    invokeLater(String(FunctionName), JSON.parse(String(Payload)));
    return {};
  },
  'Lambda.GetEventSourceMapping': ({ UUID }) => {
    if (!mappingIds.includes(String(UUID)))
      throw new ResourceNotFoundException(`There is no event source mapping ${UUID}.`);
    return { UUID, State: 'Enabled' };
  },
});
