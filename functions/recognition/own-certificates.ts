import { entriesOfPerson } from '../figures/person-entries.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { activeRecordOf, countedWith } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { activityPartition, certificateRows } from '../views/keys.ts';
import { listRows, rowsAt } from '../views/views.ts';
import { applyForCertificate } from './apply-certificate.ts';
import { withdrawCertificate } from './change-certificate.ts';
import type { recognition } from './contract.ts';
import { isUndecided } from './decider.ts';
import { type ListedCertificate, listed } from './projection.ts';
import { readRegister } from './register.ts';

/** Activities of which the recording unit is looked up for the form, the newest first. */
const mostActivities = 200;
/** Certificates that the page lists. */
const mostListed = 100;

/** The record of whoever signed in. @throws Rejection `forbidden` when there is none that takes part */
const ownRecord = async (actor: Actor): Promise<string> => {
  const id = await activeRecordOf(actor);
  if (!id) throw new Rejection('forbidden');
  return id;
};

/** The units that record the newest activities in which a person has verified hours, each with its name. */
const unitsOf = async (volunteerId: string) => {
  const volunteer = await aggregate('volunteer').stateNow(volunteerId);
  const records = countedWith(volunteerId, volunteer ?? { mergedFrom: [] }, { own: true });
  const entries = await entriesOfPerson(records);
  const served = entries.filter(
    ({ status, creditedMinutes }) => status === 'verified' && creditedMinutes > 0,
  );
  const activityIds = [...new Set(served.map(({ activityId }) => activityId))].slice(
    0,
    mostActivities,
  );
  const rows = await rowsAt(
    activityIds.map((id) => ({ pk: activityPartition(id), sk: 'activity' })),
  );
  const unitIds = new Set([...rows.values()].map(({ recordingUnitId }) => String(recordingUnitId)));
  return Promise.all(
    [...unitIds].sort().map(async (id) => ({
      id,
      name: (await aggregate('organisation').stateNow(id, false))?.name ?? '',
    })),
  );
};

/** Certificates whose state is read from the Ledger at the same time. */
const lanes = 10;

/**
 * The certificates of a record, the newest application first. What somebody has just applied for or withdrawn the
 * Views do not have yet: what they lack, and what they say is undecided, is read from the Ledger.
 */
const certificatesOf = async (volunteerId: string) => {
  const [{ certificates }, { items }] = await Promise.all([
    readRegister(volunteerId),
    listRows<ListedCertificate>({
      index: 'items',
      partition: certificateRows(volunteerId),
      limit: mostListed,
    }),
  ]);
  const known = new Map(items.map((each) => [each.id, each]));
  const newest = certificates.slice(-mostListed).filter(({ id }) => {
    const shown = known.get(id);
    return !shown || isUndecided(shown);
  });
  await inParallel(lanes, newest, async ({ id }) => {
    const found = await aggregate('certificate').find(id);
    if (found) known.set(id, { id, ...listed(found.state), version: found.version });
  });
  return [...known.values()].toSorted((one, other) => (one.appliedOn < other.appliedOn ? 1 : -1));
};

/** The page of one's own certificates, with the form that applies for one. */
export const ownCertificates: UseCase<typeof recognition.ownCertificates> = async ({
  actor,
  at,
}) => {
  const volunteerId = await ownRecord(actor);
  const today = localDateOf(at, settings().timezone);
  const [items, units] = await Promise.all([certificatesOf(volunteerId), unitsOf(volunteerId)]);
  return { body: { items, units, from: `${yearOf(today)}-01-01`, until: today } };
};

/** Applies for a certificate by the form, and shows the page again. */
export const applyOnPage: UseCase<typeof recognition.applyOnPage> = async (request) => {
  const params = { id: await ownRecord(request.actor) };
  await applyForCertificate({ ...request, params });
  return { body: {}, redirect: '/pages/certificates' };
};

/** Withdraws an application, and shows the page again. */
export const withdrawOnPage: UseCase<typeof recognition.withdrawOnPage> = async (request) => {
  await withdrawCertificate({ ...request });
  return { body: {}, redirect: '/pages/certificates' };
};
