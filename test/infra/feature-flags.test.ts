import { expect, test } from '@jest/globals';
import { App, FeatureFlags, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { DistrictStage } from '../../infra/district-stage.ts';
import { parseSettings } from '../../infra/settings.ts';
import { readSettings } from '../../infra/settings-files.ts';
import { stageOf } from '../support/stage.ts';

const templatesOf = (stacks: readonly Stack[]) =>
  stacks.map((stack) => Template.fromStack(stack).toJSON());

test('the flags of an app change nothing in the templates', () => {
  // Those that `cdk init` writes.
  const app = new App({
    context: { ...CURRENTLY_RECOMMENDED_FLAGS, 'aws:cdk:bundling-stacks': [] },
  });
  const district = parseSettings('local', readSettings('local'));
  const { node } = new DistrictStage(app, 'local', { district });
  expect(templatesOf(node.children as Stack[])).toEqual(templatesOf(stageOf('local').stacks));
});

test('the flags of a stage are its own', () => {
  const flag = '@aws-cdk/aws-iam:minimizePolicies';
  const { app, stage } = stageOf('demo');
  expect([app, stage].map((scope) => FeatureFlags.of(scope).isEnabled(flag))).toEqual([
    false,
    true,
  ]);
});
