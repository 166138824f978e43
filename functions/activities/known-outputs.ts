import { outputs } from '../../events/outputs.ts';
import { settings } from '../runtime/settings.ts';

/** The keys of the outputs that the district's activities report. */
export const knownOutputs = (): ReadonlySet<string> =>
  new Set([...Object.keys(outputs), ...Object.keys(settings().outputs)]);
