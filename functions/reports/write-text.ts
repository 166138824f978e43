import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { reports } from './contract.ts';
import { emptyReport, write } from './decider.ts';
import { mayWrite } from './policy.ts';

type Written = Pick<
  Request<typeof reports.writeReportText>,
  Exclude<keyof Request<typeof reports.writeReportText>, 'body' | 'query'>
> & { readonly body: { readonly text: string } };

/** Writes one of the parts that only a person can write. The report of a year begins with its first text. */
export const writeReportText = async (request: Written) => {
  const { year, part } = request.params;
  const { actor, at, body } = request;
  const written = {
    text: body.text,
    authorId: actor.id,
    writtenAt: new Date(at).toISOString(),
  };
  const { state, version } = await aggregate('report').execute(year, {
    request,
    authorise: () => mayWrite(actor),
    authoriseAbsent: () => mayWrite(actor),
    begin: () => write(emptyReport(Number(year)), part, written),
    decide: (state) => write(state, part, written),
  });
  return { body: { ...state, version }, version };
};

/** The same from the form of a page: as long as nobody wrote since the page was shown. Back to the report then. */
export const writeTextOnPage: UseCase<typeof reports.writeTextOnPage> = async (request) => {
  const { body, params } = request;
  const known = await aggregate('report').stateNow(params.year);
  await writeReportText({ ...request, ifMatch: known && body.version });
  return { body: {}, redirect: `/pages/reports/${params.year}` };
};
