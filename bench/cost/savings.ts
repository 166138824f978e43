// What changes to the design would save, by the counts. Each has a price in features, which docs/costs.md
// states.
import { type Counts, total } from './counts.ts';
import type { Run } from './price.ts';
import prices from './prices.json' with { type: 'json' };

const { writeUnit, readUnit, event64KB, sqsRequest } = prices.perMillion;
/** Bytes of an entry in an item with many entries of an activity: id, version, volunteer, figures. */
const packedLine = 150;
/** Entries of one activity in a sheet. Rolls have 8 to 40 entries. */
const rollSize = 20;

const of = (run: Run, phase: string): Counts => run.phases[phase] ?? {};
const units = (run: Run, pattern: RegExp): number => total(of(run, 'projector'), pattern);
const isSheet = ({ commands }: Run): boolean => 'batch' in commands;
const onlyPending = ({ commands }: Run): boolean => !('verify' in commands);

/** Saving if each relay call put its records into one event, and so into one message. */
const packedEvents = (run: Run): number => {
  const { invocations = 0 } = of(run, 'relay');
  const { 'events.count': count = 0, 'events.bytes': bytes = 0 } = of(run, 'relay');
  const projector = of(run, 'projector');
  const left = Math.max(invocations, bytes / 65_536);
  const perMessage = left / Math.max(1, count);
  const polls = total(projector, /^sqs\.(receive|delete)$/);
  const fewest = 2 * (projector.invocations ?? 0);
  const pollsLeft = Math.max(fewest, polls * perMessage);
  const sqs = count - left + Math.max(0, polls - pollsLeft);
  return (count - left) * event64KB + sqs * sqsRequest;
};

interface Step {
  readonly title: string;
  /** Millionths of a dollar saved in the run. */
  readonly saved: (run: Run) => number;
}

export const steps: readonly Step[] = [
  {
    title: 'A  waiting time in no totals, so its lines in no transaction',
    saved: (run) =>
      onlyPending(run)
        ? (units(run, /^views\.totals\.wru$/) + units(run, /^views\.line\.wru$/) / 2) * writeUnit +
          units(run, /^views\.totals\.rru$/) * readUnit
        : 0,
  },
  {
    title: 'B  waiting lines not in ByMonth',
    saved: (run) =>
      onlyPending(run) ? units(run, /^views\.line\.index\.ByMonth$/) * writeUnit : 0,
  },
  {
    title: 'C  no ByList for hours',
    saved: (run) => units(run, /^views\.line\.index\.ByList$/) * writeUnit,
  },
  {
    title: 'D  one event and message for a relay call’s records',
    saved: packedEvents,
  },
  {
    title: 'G  a sheet is one Ledger row',
    saved: (run) => {
      const { 'ledger.row.wru': wru = 0, 'ledger.row.bytes': bytes = 0 } = of(run, 'api');
      return isSheet(run) ? (wru - bytes / 1024) * writeUnit : 0;
    },
  },
  {
    title: 'H  lines of an activity packed in one item (instead of B, C)',
    saved: (run) => {
      if (!isSheet(run)) return 0;
      const { 'views.line.wru': wru = 0, 'views.line.writes': lines = 0 } = of(run, 'projector');
      const items = (lines / rollSize) * Math.ceil((rollSize * packedLine) / 1024);
      const indexes = units(run, /^views\.line\.index\./);
      return (wru + indexes - 2 * items - items * 2) * writeUnit;
    },
  },
  {
    title: 'P  persons in no index',
    saved: (run) => units(run, /^views\.presence\.index\./) * writeUnit,
  },
];

/** Dollars saved for a million HoursLogged. */
export const savedPerMillion = (run: Run, { saved }: Step): number => saved(run) / run.logs;
