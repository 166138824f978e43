// npm run token: prints a bearer token of the local host's issuer, for any role. It needs the data folder
// of a host that was started once; the host need not be running.
import { parseArgs } from 'node:util';
import { roles } from '../../events/envelope.ts';
import { readBlueprint } from '../local/assembly/blueprint.ts';
import { isOwnIssuer, openIssuer } from '../local/edge/issuer.ts';
import { assemblyIn, dataDirOf } from './local-district.ts';

const usage = `usage: npm run --silent token -- --role ROLE [--organisation ID] [--area ID] [--sub SUBJECT]

  --role          ${roles.join(', ')}
  --organisation  whom an organiser or a verifier works for: an id of GET /organisations
  --area          where they work, instead of the organisation's area: an id of GET /areas
  --sub           who it is (ROLE-1); the same subject is the same person

  DATA_DIR        the data folder of the host (.leifeng/data)

Prints the token, which is good for a day.`;

const day = 24 * 60 * 60;

const main = async (): Promise<void> => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      ...{ role: text, organisation: text, area: text, sub: text },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const { role, organisation, area, sub = `${role}-1` } = values;
  if (!roles.some((known) => known === role))
    throw new Error(`--role must be one of ${roles.join(', ')}.\n\n${usage}`);
  if ((role === 'organiser' || role === 'verifier') && !organisation)
    throw new Error(
      `Somebody who is ${role} works for an organisation: name it with --organisation.`,
    );
  const dataDir = dataDirOf(process.env);
  const spec = readBlueprint(assemblyIn(dataDir)).routes.find(
    ({ authorizer }) => authorizer && isOwnIssuer(authorizer.issuer),
  )?.authorizer;
  if (!spec) throw new Error('The app trusts another issuer: tokens come from there.');
  const issuer = await openIssuer(dataDir, spec);
  const claims = { sub, role, ...(organisation && { organisation }), ...(area && { area }) };
  console.log(await issuer.mint(claims, day));
};

try {
  await main();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code === 'ENOENT' ? 'Start the host once first: npm start.' : message);
  process.exit(1);
}
