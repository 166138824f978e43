// The permissions of the template's roles. Supports Allow and the operators in `operators`, and refuses a
// template with others.
import { type Resource, refuse, type Untyped, type Value } from '../assembly/template.ts';

/** An action on a resource that a request needs, with the values for a policy's conditions. */
export interface RequiredPermission {
  /** As in a policy, such as `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN. */
  readonly resource: string;
  /** Condition keys with their values. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Whether a role has a statement that allows it. */
export type Allows = (role: string, need: RequiredPermission) => boolean;

type Matches = (need: RequiredPermission) => boolean;

const listOf = (value: Value | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat().map(String);

/** IAM's wildcards: `*` is any text, `?` any one letter. */
const likeAny = (patterns: readonly string[]): ((text: string) => boolean) => {
  const expressions = patterns.map(
    (pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[.+^$()|{}[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
        's',
      ),
  );
  return (text) => expressions.some((expression) => expression.test(text));
};

const equalAny = (values: readonly string[]) => (text: string) => values.includes(text);

/**
 * A plain operator needs exactly one value, which matches. ForAllValues is also true if there is no value;
 * `Null` with "false" is then false.
 */
const operators: Readonly<
  Record<string, (wanted: readonly string[]) => (values: readonly string[]) => boolean>
> = {
  StringEquals: (wanted) => (values) => values.length === 1 && values.every(equalAny(wanted)),
  StringLike: (wanted) => (values) => values.length === 1 && values.every(likeAny(wanted)),
  'ForAllValues:StringEquals': (wanted) => (values) => values.every(equalAny(wanted)),
  'ForAllValues:StringLike': (wanted) => (values) => values.every(likeAny(wanted)),
  Null: (wanted) => (values) => wanted.includes(String(values.length === 0)),
};

const readConditions = (condition: Untyped, id: string): Matches => {
  const tests = Object.entries(condition).flatMap(([name, keys]) => {
    const operator = operators[name] ?? refuse(`the condition operator ${name} of ${id}`);
    return Object.entries(keys as Untyped).map(([key, wanted]): Matches => {
      const fits = operator(listOf(wanted));
      return ({ context }) => fits(context[key] ?? []);
    });
  });
  return (need) => tests.every((test) => test(need));
};

const readStatement = (statement: Untyped, id: string): Matches => {
  for (const [name, value] of Object.entries(statement)) {
    const known = ['Sid', 'Action', 'Resource', 'Condition'].includes(name);
    if (!known && !(name === 'Effect' && value === 'Allow'))
      refuse(`${name} ${JSON.stringify(value)} in a policy of ${id}`);
  }
  const action = likeAny(listOf(statement.Action));
  const resource = likeAny(listOf(statement.Resource));
  const condition = readConditions(statement.Condition ?? {}, id);
  return (need) => action(need.action) && resource(need.resource) && condition(need);
};

const readDocument = ({ Statement }: Untyped, id: string): readonly Matches[] =>
  [Statement].flat().map((statement) => readStatement(statement, id));

/** Throws UnknownToHostError for a policy that it cannot evaluate. */
export const readPermissions = (resources: readonly Resource[]): Allows => {
  const byRole = new Map<string, Matches[]>();
  const add = (role: string, document: Untyped, id: string): void => {
    byRole.set(role, [...(byRole.get(role) ?? []), ...readDocument(document, id)]);
  };
  for (const { id, type, name, properties } of resources) {
    if (type === 'AWS::IAM::Role') {
      const { ManagedPolicyArns = [], Policies = [] } = properties() as Untyped;
      if (ManagedPolicyArns.length > 0) refuse(`the managed policies of ${id}`);
      for (const { PolicyDocument } of Policies) add(name, PolicyDocument, id);
    }
    if (type === 'AWS::IAM::Policy') {
      const { Roles = [], PolicyDocument } = properties() as Untyped;
      for (const role of Roles) add(role, PolicyDocument, id);
    }
  }
  return (role, need) => byRole.get(role)?.some((matches) => matches(need)) ?? false;
};
