import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const localFunction = async (base: string, part: string): Promise<string> => {
  const response = await fetch(`${base}/_local/status`).catch(() => undefined);
  if (!response?.ok)
    throw new Error(
      `No local host answers at ${base}: start one, say where it is with BASE=http://127.0.0.1:<port>, or name a --function.`,
    );
  const { functions } = (await response.json()) as { functions: Record<string, unknown> };
  const name = Object.keys(functions).find((each) => each.includes(part));
  if (!name) throw new Error(`The local host has no ${part} function.`);
  return name;
};

/**
 * Returns a caller for one of the operators' functions.
 * @param part the function's logical id, for the local host at BASE (http://127.0.0.1:7080)
 * @param name the function's name in the cloud; if given, it is called with your AWS credentials instead
 */
export const functionCaller = async (part: string, name: string | undefined) => {
  const base = process.env.BASE ?? 'http://127.0.0.1:7080';
  const FunctionName = name ?? (await localFunction(base, part));
  const client = new LambdaClient(
    name
      ? {}
      : {
          endpoint: `${base}/_local/lambda`,
          region: 'us-east-1',
          credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        },
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
