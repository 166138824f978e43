// npm run token: prints a bearer token of the local host's issuer, for any role. It needs the data folder
// of a host that was started once; the host need not be running.
import { roles } from '../../events/envelope.ts';
import { readBlueprint } from '../local/assembly/blueprint.ts';
import { isOwnIssuer, openIssuer } from '../local/edge/issuer.ts';
import { runCommand, UsageError } from './command-line.ts';
import { assemblyIn, dataDirOf } from './local-district.ts';

const usage = `usage: npm run --silent token -- --role ROLE [--organisation ID] [--area ID] [--sub SUBJECT]

  --role          ${roles.join(', ')}
  --organisation  whom an organiser or a verifier works for, or whose events a partner pulls: an id of GET /organisations
  --area          where they work, instead of the organisation's area: an id of GET /areas
  --sub           who it is (ROLE-1); the same subject is the same person

  DATA_DIR        the data folder of the host (.leifeng/data)

Prints the token, which is good for a day.`;

const day = 24 * 60 * 60;

const text = { type: 'string' } as const;

/** The authorizer that trusts the local host's own issuer. @throws Error if there is none */
const authorizerIn = (dataDir: string) => {
  try {
    const spec = readBlueprint(assemblyIn(dataDir)).routes.find(
      ({ authorizer }) => authorizer && isOwnIssuer(authorizer.issuer),
    )?.authorizer;
    if (!spec) throw new Error('The app trusts another issuer: tokens come from there.');
    return spec;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? new Error('Start the host once first: npm start.') : error;
  }
};

await runCommand(
  { usage, options: { ...{ role: text, organisation: text }, ...{ area: text, sub: text } } },
  async ({ role, organisation, area, sub = `${role}-1` }) => {
    if (!role || !roles.some((known) => known === role))
      throw new UsageError(`--role must be one of ${roles.join(', ')}.`);
    if ((role === 'organiser' || role === 'verifier') && !organisation)
      throw new UsageError(
        `Somebody who is ${role} works for an organisation: name it with --organisation.`,
      );
    const dataDir = dataDirOf(process.env);
    const issuer = await openIssuer(dataDir, authorizerIn(dataDir));
    const claims = { sub, role, ...(organisation && { organisation }), ...(area && { area }) };
    console.log(await issuer.mint(claims, day));
    return undefined;
  },
);
