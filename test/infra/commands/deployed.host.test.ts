import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHost, type TestHost } from '../../support/host.ts';
import { startProgram } from '../../support/program.ts';

let district: TestHost;
let folder: string;

/** The AWS CLI as the commands call it, with the parameter and the log of one deployed district. */
const cli = (functionName: string): string => `#!/bin/sh
case "$*" in
  'ssm get-parameter --name /leifeng/demo/redrive-function '*) echo ${functionName} ;;
  'logs describe-log-groups --log-group-name-prefix leifeng-demo-service- '*)
    echo '["leifeng-demo-service-RelayLog0A1B2C3D-x7", "leifeng-demo-service-service-RelayLog0A1B2C3D-y"]' ;;
  'logs filter-log-events --log-group-name leifeng-demo-service-RelayLog0A1B2C3D-x7 --start-time '*)
    printf %s '[{"id": "1", "at": 2, "message": "{\\"timestamp\\":\\"T\\",\\"level\\":\\"INFO\\",\\"message\\":\\"put\\",\\"count\\":3}\\n"}]' ;;
  *) echo 'An error occurred (ParameterNotFound) when calling the GetParameter operation' >&2; exit 254 ;;
esac
`;

beforeAll(async () => {
  district = await startTestHost();
  folder = join(district.dataDir, 'bin');
  const { functions } = await district.host.status();
  const redrive = Object.keys(functions).find((name) => name.includes('Redrive')) ?? '';
  await mkdir(folder);
  await writeFile(join(folder, 'aws'), cli(redrive));
  await chmod(join(folder, 'aws'), 0o755);
});
afterAll(() => district.stop());

/** Runs a command where Lambda is the host's and the AWS CLI is that of `path`. */
const run = async (args: readonly string[], path = `${folder}:${process.env.PATH}`) => {
  const program = startProgram(args, {
    PATH: path,
    AWS_ENDPOINT_URL_LAMBDA: `${district.host.url}/_local/lambda`,
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
  });
  const code = await program.ended;
  return { code, said: program.said(), complained: program.complained() };
};

describe('a command for a deployed district', () => {
  const list = ['infra/commands/redrive.ts', '--list', '--district'];

  test('finds its function by the parameter that the service stack publishes', async () => {
    const { code, said, complained } = await run([...list, 'demo']);
    expect({ code, complained }).toEqual({ code: 0, complained: '' });
    expect(said).toMatch(/^Undelivered: 0\nUnhandled: 0$/m);
  });

  test('says that a district is not deployed', async () => {
    expect(await run([...list, 'nowhere'])).toEqual({
      ...{ code: 1, said: '' },
      complained:
        'District nowhere is not deployed in this account and region: there is no parameter /leifeng/nowhere/redrive-function.\n',
    });
  });

  test('says that it needs the AWS CLI', async () => {
    const { code, complained } = await run([...list, 'demo'], '/nowhere');
    expect(code).toBe(1);
    expect(complained).toBe(
      'This needs the AWS CLI (the command aws), with your credentials and region.\n',
    );
  });

  test('prints the logs of its functions, and of no district whose name begins the same', async () => {
    const { code, said } = await run(['infra/commands/logs.ts', '--district', 'demo']);
    expect({ code, said }).toEqual({ code: 0, said: 'Relay: T INFO put {"count":3}\n' });
    const { complained } = await run([
      ...['infra/commands/logs.ts', '--district', 'demo', '--function', 'Projector'],
    ]);
    expect(complained).toMatch(/^District demo has no log of such a function/);
  });
});
