// npm run found: gives a new district its areas, organisations and plans, from a file.
import { readFileSync } from 'node:fs';
import { found, type Step } from '../founding/found.ts';
import { type Founding, parseFounding } from '../founding/founding.ts';
import { createClient, RequestRefused } from '../season/client.ts';
import { runCommand, UsageError } from './command-line.ts';

const usage = `usage: npm run found -- --base URL --token TOKEN --file FILE

  --base    where the API is: the output ApiUrl of the service stack
  --token   an access token of a district administrator
  --file    JSON with areas, organisations and campaigns, such as docs/first-day.json

Creates what the district does not have yet, changes nothing that it has, and may be repeated.
Prints the ids of the organisations, which go into the tokens of the people who work for them.`;

const baseOf = (text: string): string => {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--base must be an address such as https://….execute-api.…, not ${text}.`);
  return url.href.replace(/\/+$/, '');
};

const foundingIn = (file: string): Founding => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
  try {
    return parseFounding(text);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${file} is wrong, and nothing was sent:\n${message}`);
  }
};

const print = ({ where, what, outcome, remark, done, all }: Step): void => {
  const place = outcome === 'refused' ? ` (${where})` : '';
  console.log(`${done}/${all} ${what}${place}: ${[outcome, remark].filter(Boolean).join(': ')}`);
};

/** Why no part of a founding can be sent; any other error unchanged. */
const explained = (error: unknown, base: string): unknown => {
  if (error instanceof RequestRefused && error.status === 401)
    return new Error(
      'The token is not accepted: it has expired, or its issuer or audience is not that of the district’s settings.',
    );
  if (error instanceof RequestRefused && error.status === 403)
    return new Error(
      `The token is not one of a district administrator, who alone founds a district: ${error.reason}`,
    );
  // A request without an answer fails with its reason as the cause.
  const { cause } = error as Error;
  if (!(cause instanceof Error)) return error;
  const { code = cause.message } = cause as NodeJS.ErrnoException;
  return new Error(`${base} does not answer: ${code}.`);
};

await runCommand(
  {
    usage,
    options: { base: { type: 'string' }, token: { type: 'string' }, file: { type: 'string' } },
  },
  async ({ base: baseText, token, file }) => {
    if (!baseText || !token || !file)
      throw new UsageError('--base, --token and --file are all needed.');
    const base = baseOf(baseText);
    const founding = foundingIn(file);
    let refused = 0;
    const organisations = await found(createClient(base), token, founding, (step) => {
      print(step);
      if (step.outcome === 'refused') refused += 1;
    }).catch((error) => {
      throw explained(error, base);
    });
    if (organisations.length > 0)
      console.log(
        '\nThe ids of the organisations, for the claim that oidc.claims.organisation names:',
      );
    for (const { id, name } of organisations) console.log(`  ${id}  ${name}`);
    if (refused === 0) return 0;
    console.error(`\n${refused} refused: correct ${file} and run the command again.`);
    return 1;
  },
);
