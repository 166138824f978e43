import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

/** The states of a mapping that passes nothing on. Lambda also calls a mapping that failed disabled. */
const isOff = (state: string | undefined): boolean => state === undefined || /^Disabl/.test(state);

const stateOf = async (UUID: string): Promise<string | undefined> => {
  try {
    return (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

/**
 * The event source mappings of the relay and the projector that are disabled or gone. While one is
 * off, events wait: 24 hours in the stream, 14 days in the queue. Their ids are in `MAPPINGS`.
 */
export const mappingsThatAreOff = async (): Promise<
  readonly { readonly mapping: string; readonly state: string }[]
> => {
  const off = [];
  for (const mapping of (process.env.MAPPINGS ?? '').split(' ').filter(Boolean)) {
    const state = await stateOf(mapping);
    if (isOff(state)) off.push({ mapping, state: state ?? 'missing' });
  }
  return off;
};
