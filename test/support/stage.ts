import { App, type Stack } from 'aws-cdk-lib';
import { DistrictStage } from '../../infra/district-stage.ts';
import { parseSettings } from '../../infra/settings.ts';
import { readSettings, withIssuer } from '../../infra/settings-files.ts';

/** What is different from a district's settings file. */
interface Changes {
  /** Settings in place of those in the file. */
  readonly changed?: object;
  readonly issuer?: string;
}

/** The stage of a district with its stacks, not synthesised and its functions not bundled. */
export const stageOf = (
  name: string,
  { changed = {}, issuer }: Changes = {},
  env?: { readonly region: string; readonly account: string },
): { readonly app: App; readonly stage: DistrictStage; readonly stacks: readonly Stack[] } => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const settings = withIssuer({ ...Object(readSettings(name)), ...changed }, issuer);
  const district = parseSettings(name, settings);
  const stage = new DistrictStage(app, name, { district, ...(env ? { env } : {}) });
  return { app, stage, stacks: stage.node.children as Stack[] };
};
