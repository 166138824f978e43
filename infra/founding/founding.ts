import * as z from 'zod';
import { contracts } from '../../functions/reference/contracts.ts';

const { defineArea, registerOrganisation } = contracts.organisations;
const { planCampaign } = contracts.campaigns;

/** An organisation is known by its name in its area. */
const nameOf = ({ name, areaId }: { readonly name: string; readonly areaId: string }): string =>
  `${name} in ${areaId}`;

/** Says of each name that is there before which one it repeats. */
const refuseRepeats = (
  list: string,
  names: readonly string[],
  refuse: (path: readonly [string, number], message: string) => void,
): void => {
  for (const [at, name] of names.entries()) {
    const first = names.indexOf(name);
    if (first < at) refuse([list, at], `${name} is ${list}[${first}] already`);
  }
};

/** What a district begins with: the file of `npm run found`. Its parts are bodies of the API's requests. */
export const foundingSchema = z
  .strictObject({
    $schema: z.string().optional(),
    areas: z
      .array(z.strictObject({ ...defineArea.params.shape, ...defineArea.body.shape }))
      .min(1)
      .max(2000)
      .describe('The district itself, its subdistricts and communities, in any order'),
    organisations: z
      .array(registerOrganisation.body)
      .max(2000)
      .default([])
      .describe('Whom people work for: their ids go into tokens'),
    campaigns: z
      .array(
        planCampaign.body.safeExtend({
          open: z.boolean().default(false).describe('Whether activities may be published at once'),
        }),
      )
      .max(10)
      .default([])
      .describe('The plans of years'),
  })
  .superRefine(({ areas, organisations, campaigns }, context) => {
    const refuse = (path: readonly [string, number], message: string): void =>
      context.addIssue({ code: 'custom', path: [...path], message });
    refuseRepeats(
      'areas',
      areas.map(({ id }) => id),
      refuse,
    );
    refuseRepeats('organisations', organisations.map(nameOf), refuse);
    refuseRepeats(
      'campaigns',
      campaigns.map(({ year }) => `${year}`),
      refuse,
    );
  });

export type Founding = z.output<typeof foundingSchema>;

/** Where a fault is, with what the faulty part calls itself: `areas[1].kind (hongqi)`. */
const placeOf = ([list = '', at, ...rest]: readonly PropertyKey[], file: unknown): string => {
  const place = z.core.toDotPath([list, ...(at === undefined ? [] : [at]), ...rest]);
  const part = at === undefined ? {} : Object(Object(Object(file)[list])[at]);
  const name = [part.id, part.name, part.year].find((each) =>
    /^(string|number)$/.test(typeof each),
  );
  return [place || 'the file', name === undefined ? '' : ` (${name})`].join('');
};

/**
 * Reads a founding from JSON.
 * @throws Error with a line for each fault, which says where it is
 */
export const parseFounding = (json: string): Founding => {
  const file: unknown = JSON.parse(json);
  const { data, error } = foundingSchema.safeParse(file, {
    error: ({ input }) => (input === undefined ? 'is missing' : undefined),
  });
  if (!error) return data;
  const lines = error.issues.map(({ path, message }) => `${placeOf(path, file)}: ${message}`);
  throw new Error(lines.join('\n'));
};
