// Serves the host's port: the API, the issuer's keys, and the controls under /_local/.
import type { JWTPayload } from 'jose';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Clock } from '../compute/clock.ts';
import type { Compute } from '../compute/compute.ts';
import { createGateway } from './gateway.ts';
import { type Handler, listen } from './http.ts';
import { createVerifier, isOwnIssuer, openIssuer, type VerifyToken } from './issuer.ts';
import { createProvider } from './provider.ts';

export interface EdgeOptions {
  readonly dataDir: string;
  /** 0 is any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly compute: Compute;
  /** Answers requests under /_local/. */
  readonly control: Handler;
}

export const openEdge = async (blueprint: Blueprint, options: EdgeOptions) => {
  const { dataDir, port, clock, compute, control } = options;
  const authorizers = blueprint.routes.flatMap(({ authorizer }) => authorizer ?? []);
  const ownSpec = authorizers.find(({ issuer }) => isOwnIssuer(issuer));
  const issuer = ownSpec && (await openIssuer(dataDir, ownSpec));
  const verifiers = new Map<string, VerifyToken>();
  for (const spec of authorizers) verifiers.set(JSON.stringify(spec), createVerifier(spec, issuer));
  const gateway = createGateway(
    blueprint,
    compute.invoke,
    ({ authorizer }) => authorizer && verifiers.get(JSON.stringify(authorizer)),
    clock,
  );
  const provider =
    issuer && ownSpec ? createProvider({ issuer, spec: ownSpec, dataDir, clock }) : undefined;
  const server = await listen(port, async (request, response) => {
    const path = request.url ?? '/';
    if (path.startsWith('/_local/')) return control(request, response);
    return provider && path.startsWith('/oidc/')
      ? provider(request, response)
      : gateway(request, response);
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    /** An access token of the host's own issuer, valid for `expiresIn` seconds (default: an hour). */
    mintToken: async (claims: JWTPayload, { expiresIn }: { readonly expiresIn?: number } = {}) => {
      if (!issuer) throw new Error('The app trusts another issuer: tokens come from there.');
      return issuer.mint(claims, expiresIn);
    },
    close: () => server.stop(),
  };
};
