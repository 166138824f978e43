import * as z from 'zod';
import { settingsSchema } from './settings-schema.ts';

/** What a settings file holds: what has a default may be left out. docs/settings.md explains each setting. */
export type DistrictSettings = z.input<typeof settingsSchema>;

/** A district: its settings, checked and with the defaults, and its name. `parseSettings` makes it. */
export interface District extends Readonly<Omit<z.infer<typeof settingsSchema>, '$schema'>> {
  readonly name: string;
}

/**
 * Checks a district's settings.
 * @param name lower-case letters, digits and hyphens, 31 at most, a letter first. It is part of the names of
 *   stacks, roles and parameters, so two districts of an account and region have different names
 * @param settings the content of a settings file
 * @throws Error that says which setting is missing or wrong
 */
export const parseSettings = (name: string, settings: unknown): District => {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
    throw new Error(`a district's name is lower-case letters, digits and hyphens: ${name}`);
  const { data, error } = settingsSchema.safeParse(settings, {
    error: ({ input }) => (input === undefined ? 'is missing' : undefined),
  });
  if (error)
    throw new Error(
      `the settings of ${name} are wrong:\n${z.prettifyError(error)}\ndocs/settings.md explains each setting.`,
    );
  const { $schema: _, ...district } = data;
  return { ...district, name };
};

/** The path of the roles of a district's functions. The key's policy identifies the roles by it. */
export const rolePathOf = ({ name }: Pick<District, 'name'>): string => `/leifeng/${name}/`;
