import type { Organisation } from '../../events/organisations.ts';
import type { Period } from '../../events/periods.ts';
import { readAreaNames, readAreaTree } from '../figures/area-tree.ts';
import type { UseCase } from '../http/serve.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';
import { tokensRecordOf } from '../people/own-record.ts';
import { localDateOf, monthOf, monthsOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { addUp } from '../totals/add-up.ts';
import { readDocuments } from '../totals/read-documents.ts';
import {
  campaignRows,
  organisationRows,
  periodRows,
  volunteerName,
  volunteerPartition,
} from '../views/keys.ts';
import { rowsAt } from '../views/views.ts';
import type { start } from './contract.ts';

/** The months of last year and of this one with hours that wait, in the areas given; in all for null. */
const waitingIn = async (areaIds: readonly string[] | null, today: string) => {
  const year = Number(today.slice(0, 4));
  const ofYears = [year - 1, year].map(async (each) => {
    const tree = await readAreaTree(each, null);
    const months = monthsOf(String(each)).filter((month) => month <= monthOf(today));
    return Promise.all(
      months.map(async (month) => {
        const { documents } = await readDocuments(month, null);
        const sources = { documents, running: new Map(), tree };
        const minutes = (areaIds ?? [null]).map((areaId) => {
          const cell = { period: month, areaId, alone: false, theme: null };
          return addUp(sources, cell).figures.pendingMinutes ?? 0;
        });
        return { month, pendingMinutes: minutes.reduce((sum, one) => sum + one, 0) };
      }),
    );
  });
  const waiting = (await Promise.all(ofYears)).flat();
  return waiting.filter(({ pendingMinutes }) => pendingMinutes > 0);
};

/** Where somebody works: all areas for the district's own staff, null; else those of token or organisation. */
const areasOf = (actor: Actor, ofOrganisation: string | undefined): readonly string[] | null =>
  roleAmong(actor, 'district-admin')
    ? null
    : (actor.areaIds ?? (ofOrganisation === undefined ? [] : [ofOrganisation]));

/** The month before that of a date. */
const monthBefore = (today: string): string => {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month - 2)).toISOString().slice(0, 'yyyy-mm'.length);
};

const organisationKey = (id: string) => ({ pk: organisationRows, sk: id });
const periodKey = (period: string) => ({ pk: periodRows, sk: period });
const campaignKey = (year: string) => ({ pk: campaignRows, sk: year });
const volunteerKey = (id: string) => ({ pk: volunteerPartition(id), sk: volunteerName });

/**
 * What a person may do here, and what waits for them. It reads Views, and which record the token leads to; it
 * opens no personal data.
 */
export const home: UseCase<typeof start.home> = async ({ actor, at }) => {
  const today = localDateOf(at, settings().timezone);
  const { organisationId } = actor;
  const recordId = await tokensRecordOf(actor);
  const months = { present: monthOf(today), previous: monthBefore(today) };
  const year = Number(yearOf(today));
  const periods = [months.present, months.previous, String(year), String(year - 1)];
  const [rows, names] = await Promise.all([
    rowsAt([
      volunteerKey(recordId),
      campaignKey(yearOf(today)),
      ...periods.map(periodKey),
      ...(organisationId === null ? [] : [organisationKey(organisationId)]),
    ]),
    readAreaNames(),
  ]);
  const rowOf = ({ pk, sk }: ReturnType<typeof organisationKey>) => rows.get(`${pk}|${sk}`);
  const organisation = rowOf(organisationKey(organisationId ?? '')) as Organisation | undefined;
  const areas = areasOf(actor, organisation?.areaId)?.filter((id) => names.has(id)) ?? null;
  const verifies = roleAmong(actor, 'district-admin', 'organiser', 'verifier') !== undefined;
  return {
    body: {
      roles: [...actor.roles],
      organisation: organisation?.name ?? null,
      areas: (areas ?? []).map((id) => ({ id, name: names.get(id) ?? id })),
      waiting: verifies ? await waitingIn(areas, today) : null,
      months,
      closed: periods.filter(
        (each) => (rowOf(periodKey(each)) as Period | undefined)?.status === 'closed',
      ),
      hasRecord: rowOf(volunteerKey(recordId)) !== undefined,
      hasPlan: rowOf(campaignKey(yearOf(today))) !== undefined,
    },
  };
};
