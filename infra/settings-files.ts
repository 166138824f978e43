// The settings files of this repository's own app.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'constructs';
import { type District, parseSettings } from './settings.ts';

const folder = join(import.meta.dirname, 'districts');

/**
 * The content of a district's settings file, unchecked.
 * @throws Error that names the known districts, or says that the file is not JSON
 */
export const readSettings = (name: string | undefined): unknown => {
  const files = readdirSync(folder).sort();
  if (!name || !files.includes(`${name}.json`)) {
    const known = files.map((file) => file.replace(/\.json$/, '')).join(', ');
    throw new Error(`choose a district with -c district=<name>, one of: ${known}`);
  }
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch (error) {
    throw new Error(`infra/districts/${name}.json is not JSON: ${(error as Error).message}`);
  }
};

/** Settings with another issuer. Settings without `oidc` stay unchanged: the schema refuses them. */
export const withIssuer = (settings: unknown, issuer: string | undefined): unknown => {
  const { oidc } = Object(settings) as { readonly oidc?: object };
  return issuer && oidc ? { ...Object(settings), oidc: { ...oidc, issuer } } : settings;
};

/** Settings with another public address, if there is one. */
const withAddress = (settings: unknown, publicBaseUrl: string | undefined): unknown =>
  publicBaseUrl ? { ...Object(settings), publicBaseUrl } : settings;

/**
 * Reads the settings of the district that `-c district=<name>` names. `-c issuer=<url>` overrides the
 * issuer, and `-c publicBaseUrl=<url>` the public address, for a local host, which is its own issuer and may
 * listen on any port.
 * @throws Error that says which setting is missing or wrong
 */
export const districtOf = (node: Node): District => {
  const name = node.tryGetContext('district') as string | undefined;
  const settings = withAddress(readSettings(name), node.tryGetContext('publicBaseUrl'));
  return parseSettings(name ?? '', withIssuer(settings, node.tryGetContext('issuer')));
};
