import { Annotations, CfnParameter, CfnRule, Fn, type Stack } from 'aws-cdk-lib';
import type { District } from './settings.ts';

/** Names that are nobody's (RFC 2606, RFC 6761), and this machine's. */
const nobodys =
  /(^|\.)(example|invalid|test|localhost|local)$|(^|\.)example\.(com|net|org)$|^127\.|^\[/;

/** Whether API Gateway can never find the issuer's discovery document: it asks for it when it is deployed. */
const isExample = (issuer: string): boolean => {
  const { protocol, hostname } = new URL(issuer);
  return protocol !== 'https:' || nobodys.test(hostname);
};

/**
 * Lets a template with an issuer that is only an example be looked at, and be served on one machine, but
 * not be deployed: CloudFormation refuses it with a sentence before it makes anything. Otherwise the
 * authorizer fails after the tables were made, which stay.
 */
export const refuseExampleIssuer = (stack: Stack, { name, oidc: { issuer } }: District): void => {
  if (!isExample(issuer)) return;
  const sentence = `No token can come from ${issuer}: set districts.${name}.oidc.issuer in cdk.json, or -c issuer=<url>, to an issuer whose discovery document AWS can reach.`;
  Annotations.of(stack).addWarningV2('leifeng:example-issuer', sentence);
  // A rule has to ask about a parameter.
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
