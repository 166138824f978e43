import { aggregate } from '../ledger/aggregate.ts';
import { inParallel } from '../runtime/batches.ts';

/**
 * Checks that the areas and the organisation of a filter are there.
 * @throws Rejection `unknown-reference` at the field
 */
export const checkPlaces = async ({
  areaIds,
  organisationId,
}: {
  readonly areaIds: readonly string[];
  readonly organisationId: string | null;
}): Promise<void> => {
  await inParallel(10, [...areaIds.entries()], ([at, id]) =>
    aggregate('area').referenceEventually(id, `#/areaIds/${at}`),
  );
  if (organisationId !== null)
    await aggregate('organisation').referenceEventually(organisationId, '#/organisationId');
};
