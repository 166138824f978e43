import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { askAws } from './aws-cli.ts';

/** The district of the local host, which the commands mean unless another is named. */
export const localDistrict = 'local';

/** What every command that calls a function says about where the function is. */
export const districtUsage = `  --district NAME   a deployed district, with your AWS credentials and region; without it,
                    the local host at BASE (http://127.0.0.1:7080)`;

const localFunction = async (base: string, part: string): Promise<string> => {
  const response = await fetch(`${base}/_local/status`).catch(() => undefined);
  if (!response?.ok)
    throw new Error(
      `No local host answers at ${base}: start one, say where it is with BASE=http://127.0.0.1:<port>, or name a --district.`,
    );
  const { functions } = (await response.json()) as { functions: Record<string, unknown> };
  const name = Object.keys(functions).find((each) => each.includes(part));
  if (!name) throw new Error(`The local host has no ${part} function.`);
  return name;
};

/** The name that the service stack published for programs. */
const deployedFunction = async (district: string, part: string): Promise<string> => {
  const parameter = `/leifeng/${district}/${part.toLowerCase()}-function`;
  try {
    return await askAws(
      ...['ssm', 'get-parameter', '--name', parameter],
      ...['--query', 'Parameter.Value', '--output', 'text'],
    );
  } catch (error) {
    if (!/ParameterNotFound/.test((error as Error).message)) throw error;
    throw new Error(
      `District ${district} is not deployed in this account and region: there is no parameter ${parameter}.`,
    );
  }
};

/**
 * Returns a caller for one of the operators' functions of a district.
 * @param part the function's id in the stack, such as `Redrive`
 * @throws Error if there is no such district, or the local host does not answer
 */
export const functionCaller = async (part: string, district = localDistrict) => {
  const base = process.env.BASE || 'http://127.0.0.1:7080';
  const isLocal = district === localDistrict;
  const FunctionName = await (isLocal
    ? localFunction(base, part)
    : deployedFunction(district, part));
  const client = new LambdaClient(
    isLocal
      ? {
          endpoint: `${base}/_local/lambda`,
          region: 'us-east-1',
          credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        }
      : {},
  );
  return async <T>(payload: object): Promise<T> => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }),
    );
    const text = Payload?.transformToString() ?? '{}';
    if (FunctionError) throw new Error(`${FunctionName} failed: ${text}`);
    return JSON.parse(text) as T;
  };
};
