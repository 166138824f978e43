import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { District } from './settings.ts';

/** `ApiUrl` → `api-url` */
const hyphenated = (name: string): string =>
  name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/**
 * Publishes where the parts of a district are: as stack outputs for people, and as SSM parameters
 * `/leifeng/<district>/<name>`, which cost nothing, for programs.
 */
export const addOutputs = (
  scope: Stack,
  { name: district }: District,
  values: Readonly<Record<string, string>>,
): void => {
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(scope, name, { value });
    new StringParameter(scope, `${name}Parameter`, {
      parameterName: `/leifeng/${district}/${hyphenated(name)}`,
      stringValue: value,
    });
  }
};
