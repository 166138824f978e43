import { readFileSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import { DistrictStage } from '../../infra/district-stage.ts';
import { parseSettings, readSettings } from '../../infra/settings.ts';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as {
  context: Record<string, unknown>;
};

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
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  const district = parseSettings(name, { ...Object(readSettings(name)), ...changed }, issuer);
  const stage = new DistrictStage(app, name, { district, ...(env ? { env } : {}) });
  return { app, stage, stacks: stage.node.children as Stack[] };
};
