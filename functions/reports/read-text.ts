import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import type { reports } from './contract.ts';
import { textOf } from './pieces.ts';
import { mayWrite } from './policy.ts';
import { readMaterial } from './read-material.ts';
import { buildReport } from './report.ts';

/** A part that only a person can write, with the facts beside it, for whoever may write it. */
export const readText: UseCase<typeof reports.textPage> = async ({ actor, params, locale, at }) => {
  if (!mayWrite(actor)) throw new Rejection('forbidden');
  const { year, part } = params;
  // The version is read first: a text that is written meanwhile is seen, and then not overwritten.
  const found = await aggregate('report').find(year);
  const { parts } = buildReport(await readMaterial(year, at), locale);
  const built = parts.find(({ key }) => key === part);
  return {
    body: {
      ...{ year, part, version: found?.version ?? 0, title: built?.title ?? part },
      text: built?.written?.text ?? null,
      facts: (built?.written?.facts ?? []).map(textOf),
    },
  };
};
