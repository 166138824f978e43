import { setTimeout as sleep } from 'node:timers/promises';
import { askAws } from './aws-cli.ts';
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

interface LoggedLine {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly message: string;
}

const HOUR_MS = 3_600_000;
/** CloudWatch shows a line some seconds after it was written. */
const BETWEEN_LOOKS_MS = 5000;

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

/** What a log group has since a time, oldest first. */
const linesOf = async (
  group: string,
  since: number,
  text: string | undefined,
): Promise<readonly LoggedLine[]> =>
  JSON.parse(
    await askAws(
      ...['logs', 'filter-log-events', '--log-group-name', group, '--start-time', `${since}`],
      ...(text ? ['--filter-pattern', JSON.stringify(text)] : []),
      ...['--query', 'events[].{id: eventId, at: timestamp, message: message}', '--output', 'json'],
    ),
  );

/**
 * Prints what the functions of a deployed district logged in the last hour, each line with its function.
 * @throws Error if no function is named like that
 */
export const tailDeployedLogs = async (
  district: string,
  { text, functionName = '', follow, print }: TailDeployedOptions,
): Promise<void> => {
  const groups = [...(await logGroupsOf(district))].filter(([id]) => id.includes(functionName));
  if (groups.length === 0)
    throw new Error(
      `District ${district} has no log of such a function in this account and region.`,
    );
  const seen = new Set<string>();
  do {
    // Lines may become visible out of order, so each look goes back as far.
    const since = Date.now() - HOUR_MS;
    const found: { readonly name: string; readonly line: LoggedLine }[] = [];
    for (const [name, group] of groups)
      for (const line of await linesOf(group, since, text)) found.push({ name, line });
    for (const { name, line } of found.sort((a, b) => a.line.at - b.line.at)) {
      if (!seen.has(line.id)) print(`${name}: ${readable(line.message.trimEnd())}`);
      seen.add(line.id);
    }
    if (follow) await sleep(BETWEEN_LOOKS_MS);
  } while (follow);
};
