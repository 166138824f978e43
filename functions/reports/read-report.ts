import { readClosed } from '../closed/read-closed.ts';
import type { Request } from '../http/request.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { yearOf } from '../runtime/calendar.ts';
import { onceEach } from '../runtime/once.ts';
import { reports } from './contract.ts';
import { mayReadDraft } from './policy.ts';
import { readMaterial } from './read-material.ts';
import { buildReport } from './report.ts';
import { reportAnswer } from './report-answer.ts';

/** The period that is asked for: a year, or one of its months when the year is too large for one file. */
const periodOf = (year: string, month: string | undefined): string => {
  if (month !== undefined && yearOf(month) !== year)
    throw new Rejection('invalid-value', {
      zh: `${month} 不在 ${year} 年内。`,
      en: `${month} is not in ${year}.`,
    });
  return month ?? year;
};

/**
 * A final report. The gateway checks no token on a public route, so drafts have routes of their own.
 * @throws Problem `report-not-final` while the period is open
 */
const readFinal = async (
  period: string,
  { locale, at }: Pick<Request<typeof reports.readReport>, 'locale' | 'at'>,
  route: string,
) => {
  // Anybody may ask for any year: nothing else is read of one that is open.
  const closedOf = onceEach(readClosed);
  if (!(await closedOf(period))) throw new Problem('report-not-final', { period, route });
  const material = await readMaterial(period, at, closedOf);
  return { body: reportAnswer(buildReport(material, locale), { isPublic: true }) };
};

/** A report as it stands. @throws Rejection `forbidden` */
const readDraft = async (
  period: string,
  { actor, locale, at }: Pick<Request<typeof reports.readReportDraft>, 'actor' | 'locale' | 'at'>,
) => {
  if (!mayReadDraft(actor)) throw new Rejection('forbidden');
  const report = buildReport(await readMaterial(period, at), locale);
  return { body: reportAnswer(report, { isPublic: false }) };
};

export const readReport = (request: Request<typeof reports.readReport>) =>
  readFinal(
    periodOf(request.params.year, request.query.month),
    request,
    reports.readReportDraft.key,
  );

/** The parts of a request for a draft, which routes with a token and with a session have. */
type Asked<R extends typeof reports.readReportDraft | typeof reports.readBulletinDraft> = Pick<
  Request<R>,
  'params' | 'query' | 'actor' | 'locale' | 'at'
>;

export const readReportDraft = (request: Asked<typeof reports.readReportDraft>) =>
  readDraft(periodOf(request.params.year, request.query.month), request);

export const readBulletin = (request: Request<typeof reports.readBulletin>) =>
  readFinal(request.params.month, request, reports.readBulletinDraft.key);

export const readBulletinDraft = (request: Asked<typeof reports.readBulletinDraft>) =>
  readDraft(request.params.month, request);
