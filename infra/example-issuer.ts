import { Annotations, CfnParameter, CfnRule, Fn, type Stack } from 'aws-cdk-lib';
import type { District } from './settings.ts';

/** Host names that are reserved (RFC 2606, RFC 6761) or mean this machine. */
const nobodys =
  /(^|\.)(example|invalid|test|localhost|local)$|(^|\.)example\.(com|net|org)$|^127\.|^\[/;

/** Whether API Gateway, at deployment, can never fetch the issuer's discovery document. */
const isExample = (issuer: string): boolean => {
  const { protocol, hostname } = new URL(issuer);
  return protocol !== 'https:' || nobodys.test(hostname);
};

/**
 * Makes CloudFormation refuse a template whose issuer is only an example, before it creates anything.
 * Without the rule the authorizer would fail after the tables were created, and the tables would stay.
 * The template can still be inspected and served on one machine.
 */
export const refuseExampleIssuer = (stack: Stack, { name, oidc: { issuer } }: District): void => {
  if (!isExample(issuer)) return;
  const sentence = `No token can come from ${issuer}: set oidc.issuer in the settings of ${name} to an issuer whose discovery document AWS can reach.`;
  Annotations.of(stack).addWarningV2('leifeng:example-issuer', sentence);
  // A rule must refer to a parameter.
  const parameter = new CfnParameter(stack, 'ExampleIssuer', { default: issuer });
  new CfnRule(stack, 'IssuerIsNoExample', {
    assertions: [
      {
        assert: Fn.conditionNot(Fn.conditionEquals(parameter.valueAsString, issuer)),
        assertDescription: sentence,
      },
    ],
  });
};
