import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'constructs';
import * as z from 'zod';
import { settingsSchema } from './settings-schema.ts';

export interface District extends Readonly<Omit<z.infer<typeof settingsSchema>, '$schema'>> {
  readonly name: string;
}

const folder = join(import.meta.dirname, 'districts');

/** The settings file of a district, as an operator would write its path. */
export const settingsFileOf = (name: string): string => `infra/districts/${name}.json`;

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
    throw new Error(`${settingsFileOf(name)} is not JSON: ${(error as Error).message}`);
  }
};

/** Settings with another issuer. Settings without `oidc` stay unchanged: the schema refuses them. */
const withIssuer = (settings: unknown, issuer: string | undefined): unknown => {
  const { oidc } = Object(settings) as { readonly oidc?: object };
  return issuer && oidc ? { ...Object(settings), oidc: { ...oidc, issuer } } : settings;
};

/**
 * Checks a district's settings.
 * @param issuer overrides the issuer of the settings
 * @throws Error that says which setting is missing or wrong
 */
export const parseSettings = (name: string, settings: unknown, issuer?: string): District => {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
    throw new Error(`a district's name is lower-case letters, digits and hyphens: ${name}`);
  const { data, error } = settingsSchema.safeParse(withIssuer(settings, issuer), {
    error: ({ input }) => (input === undefined ? 'is missing' : undefined),
  });
  if (error)
    throw new Error(
      `${settingsFileOf(name)} is wrong:\n${z.prettifyError(error)}\ndocs/settings.md explains each setting.`,
    );
  const { $schema: _, ...district } = data;
  return { ...district, name };
};

/**
 * Reads the settings of the district that `-c district=<name>` names. `-c issuer=<url>` overrides the
 * issuer, for a local host, which is its own issuer and may listen on any port.
 * @throws Error that says which setting is missing or wrong
 */
export const districtOf = (node: Node): District => {
  const name = node.tryGetContext('district') as string | undefined;
  return parseSettings(name ?? '', readSettings(name), node.tryGetContext('issuer'));
};

/** The path of the roles of a district's functions. The key's policy identifies the roles by it. */
export const rolePathOf = ({ name }: Pick<District, 'name'>): string => `/leifeng/${name}/`;
