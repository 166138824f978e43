import type * as z from 'zod';
import type { Campaign } from '../../events/campaigns.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { Pointer } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import type { campaigns } from './contract.ts';
import { inOrder } from './decider.ts';

type Changes = z.output<typeof campaigns.reviseCampaign.body>;
type SaidUnit = NonNullable<Changes['responsibleUnit']>;

/** Organisations that are read at the same time. */
const lanes = 16;

/** The organisations that a plan names, each with the first place that names it. */
const namedIn = ({ responsibleUnit, themes = [] }: Changes): ReadonlyMap<string, Pointer> => {
  const units: [SaidUnit | null | undefined, Pointer][] = [
    [responsibleUnit, '#/responsibleUnit/organisationId'],
    ...themes.flatMap(({ units: all }, at) =>
      all.map((each, n): [SaidUnit, Pointer] => [each, `#/themes/${at}/units/${n}/organisationId`]),
    ),
  ];
  const places = new Map<string, Pointer>();
  for (const [said, pointer] of units)
    if (said?.organisationId && !places.has(said.organisationId))
      places.set(said.organisationId, pointer);
  return places;
};

/**
 * What is said of a plan, as it is kept: themes in order, and each unit with a name, which is that of its
 * organisation where none is given.
 * @throws Rejection `unknown-reference` at the place of an organisation that is not there
 */
export const namedUnits = async ({
  responsibleUnit,
  themes,
  ...rest
}: Changes): Promise<Partial<Omit<Campaign, 'year' | 'status'>>> => {
  const names = new Map(
    await inParallel(
      lanes,
      [...namedIn({ responsibleUnit, themes })],
      async ([id, pointer]): Promise<[string, string]> => [
        id,
        (await aggregate('organisation').referenceEventually(id, pointer)).name,
      ],
    ),
  );
  const named = <Said extends SaidUnit>({ name, organisationId, ...more }: Said) => ({
    ...more,
    name: name ?? names.get(organisationId ?? '') ?? '',
    organisationId,
  });
  return {
    ...rest,
    ...(responsibleUnit === undefined
      ? {}
      : { responsibleUnit: responsibleUnit && named(responsibleUnit) }),
    ...(themes && {
      themes: themes.map((theme) => inOrder({ ...theme, units: theme.units.map(named) })),
    }),
  };
};
