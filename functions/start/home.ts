import { readAreaNames } from '../figures/area-tree.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { roleAmong } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { localDateOf, monthOf, monthsOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { addUp } from '../totals/add-up.ts';
import { readDocuments } from '../totals/read-documents.ts';
import { onlyArea, treeFor } from '../totals/sources.ts';
import type { start } from './contract.ts';

/** The months of a year up to today with hours that wait, in the areas given; all areas for null. */
const waitingIn = async (areaIds: readonly string[] | null, today: string) => {
  const months = monthsOf(today.slice(0, 4)).filter((month) => month <= monthOf(today));
  const cells = (areaIds ?? [null]).map((areaId) => ({ areaId, alone: false, theme: null }));
  const waiting = await Promise.all(
    months.map(async (month) => {
      const minutes = await Promise.all(
        cells.map(async (each) => {
          const cell = { ...each, period: month };
          const tree = await treeFor(cell);
          const { documents } = await readDocuments(month, onlyArea(tree, cell));
          return addUp({ documents, running: new Map(), tree }, cell).figures.pendingMinutes ?? 0;
        }),
      );
      return { month, pendingMinutes: minutes.reduce((sum, each) => sum + each, 0) };
    }),
  );
  return waiting.filter(({ pendingMinutes }) => pendingMinutes > 0);
};

/** Where somebody works: all areas for the district's own staff, null; else those of token or organisation. */
const areasOf = (actor: Actor, organisationArea: string | undefined): readonly string[] | null =>
  roleAmong(actor, 'district-admin')
    ? null
    : (actor.areaIds ?? (organisationArea === undefined ? [] : [organisationArea]));

/** What a person may do here, and what waits for them. */
export const home: UseCase<typeof start.home> = async ({ actor, at }) => {
  const today = localDateOf(at, settings().timezone);
  const [organisation, volunteer, names] = await Promise.all([
    actor.organisationId === null
      ? undefined
      : aggregate('organisation').stateNow(actor.organisationId, false),
    aggregate('volunteer').stateNow(actor.volunteerId, false),
    readAreaNames(),
  ]);
  const areas = areasOf(actor, organisation?.areaId)?.filter((id) => names.has(id)) ?? null;
  const verifies = roleAmong(actor, 'district-admin', 'organiser', 'verifier') !== undefined;
  return {
    body: {
      roles: [...actor.roles],
      organisation: organisation?.name ?? null,
      areas: (areas ?? []).map((id) => ({ id, name: names.get(id) ?? id })),
      waiting: verifies ? await waitingIn(areas, today) : null,
      hasRecord: volunteer !== undefined && volunteer.status !== 'erased',
    },
  };
};
