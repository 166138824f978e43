import { serve } from '../http/serve.ts';
import { settings } from '../runtime/settings.ts';
import { asyncApi } from './asyncapi.ts';
import { reference } from './contract.ts';
import { openApi } from './openapi.ts';

/** Made and compressed once for each instance of the function: they never change while it runs. */
const once = (make: () => object) => {
  let made: Record<string, unknown> | undefined;
  return async () => {
    made ??= { ...make() };
    return { body: made };
  };
};

export const handler = serve(reference, {
  readOpenApi: once(() => openApi(settings().outputs)),
  readAsyncApi: once(asyncApi),
});
