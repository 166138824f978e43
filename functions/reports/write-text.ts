import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { reports } from './contract.ts';
import { emptyReport, write } from './decider.ts';
import { mayWrite } from './policy.ts';

/** Writes one of the parts that only a person can write. The report of a year begins with its first text. */
export const writeReportText: UseCase<typeof reports.writeReportText> = async (request) => {
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
