import { readFileSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import { DistrictStage } from '../../infra/district-stage.ts';
import { districtOf } from '../../infra/settings.ts';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as {
  context: Record<string, unknown>;
};

/** The stage of a district with its stacks, not synthesised and its functions not bundled. */
export const stageOf = (
  name: string,
  extra: Readonly<Record<string, unknown>> = {},
  env?: { readonly region: string; readonly account: string },
): { readonly app: App; readonly stage: DistrictStage; readonly stacks: readonly Stack[] } => {
  const app = new App({
    context: { ...context, 'aws:cdk:bundling-stacks': [], district: name, ...extra },
  });
  const district = districtOf(app.node);
  const stage = new DistrictStage(app, name, { district, ...(env ? { env } : {}) });
  return { app, stage, stacks: stage.node.children as Stack[] };
};
