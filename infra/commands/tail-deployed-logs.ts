import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { askAws, startAws } from './aws-cli.ts';
import { readable } from './tail-logs.ts';

export interface TailDeployedOptions {
  /** Prints only lines with this text, such as a correlation id. */
  readonly text?: string | undefined;
  /** Prints only functions whose name contains this. */
  readonly functionName?: string | undefined;
  /** Goes on with what comes, until the process ends. */
  readonly follow?: boolean | undefined;
  readonly print: (line: string) => void;
}

/** The log groups of a district's functions, by the function's id in the stack. */
const logGroupsOf = async (district: string): Promise<ReadonlyMap<string, string>> => {
  const stack = `leifeng-${district}-service`;
  const groups: readonly string[] = JSON.parse(
    await askAws(
      ...['logs', 'describe-log-groups', '--log-group-name-prefix', `${stack}-`],
      ...['--query', 'logGroups[].logGroupName', '--output', 'json'],
    ),
  );
  // A resource's name is the stack's, its logical id, which ends in eight digits, and a random end.
  const named = new RegExp(`^${stack}-(\\w+?)Log[0-9A-F]{8}-\\w+$`);
  return new Map(
    groups.flatMap((group) => {
      const [, id] = named.exec(group) ?? [];
      return id ? [[id, group] as const] : [];
    }),
  );
};

/** Prints what the functions of a deployed district logged in the last hour, each line with its function. */
export const tailDeployedLogs = async (
  district: string,
  { text, functionName = '', follow, print }: TailDeployedOptions,
): Promise<void> => {
  const groups = [...(await logGroupsOf(district))].filter(([id]) => id.includes(functionName));
  if (groups.length === 0)
    throw new Error(`There is no log of a function like that in district ${district}.`);
  await Promise.all(
    groups.map(async ([id, group]) => {
      const child = startAws(
        ...['logs', 'tail', group, '--since', '1h', '--format', 'short'],
        ...(text ? ['--filter-pattern', JSON.stringify(text)] : []),
        ...(follow ? ['--follow'] : []),
      );
      const ended = once(child, 'close');
      // The CLI puts a time before each line; ours has one of its own.
      if (child.stdout)
        for await (const line of createInterface(child.stdout))
          print(`${id}: ${readable(line.replace(/^\S+ /, ''))}`);
      await ended;
    }),
  );
};
