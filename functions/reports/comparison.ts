import type { Material } from './material.ts';
import { joined, type Pieces, sentence } from './pieces.ts';
import type { Writer } from './writer.ts';

/** What is compared with the period before. */
const compared = ['activitiesHeld', 'distinctVolunteers', 'participations', 'creditedMinutes'];

/** A percentage of a base below this says more than there is. */
const leastBase = 30;

const compare = (material: Material, writer: Writer, metric: string): Pieces => {
  const { say, inText } = writer;
  const { figures, before, period } = material;
  const now = writer.counted(figures, metric);
  const then = before ? writer.counted(before, metric) : undefined;
  if (!now || !then) return [];
  const label = writer.label(metric);
  const earlier = say(
    period.length === 4 ? sentence`比上年（已关账数）` : sentence`比上月（已关账数）`,
    sentence`against the closed figure before`,
  );
  const change = now.value - then.value;
  if (change === 0)
    return say(sentence`${label}${earlier}持平`, sentence`${label}, ${earlier}: unchanged`);
  const direction = {
    text: change > 0 ? say('增加', 'up') : say('减少', 'down'),
    kind: 'text',
  } as const;
  const size = inText({ ...now, value: Math.abs(change), basis: 'change' });
  // The base is persons, person-times, activities or hours, as it is shown.
  const base = writer.isTime(metric) ? then.value / 60 : then.value;
  const share =
    base < leastBase
      ? undefined
      : writer.share(metric, { numerator: Math.abs(change), denominator: then.value });
  const percent = share ? say(sentence`（${inText(share)}%）`, sentence` (${inText(share)}%)`) : [];
  return say(
    sentence`${label}${earlier}${direction}${size}${writer.unit(metric)}${percent}`,
    sentence`${label}, ${earlier}: ${direction} ${size} ${writer.unit(metric)}${percent}`,
  );
};

/** The change against the year or month before; empty unless that was closed in this system. */
export const comparison = (material: Material, writer: Writer): Pieces => {
  const { say } = writer;
  const all = joined(
    compared.map((metric) => compare(material, writer, metric)),
    say('；', '; '),
  );
  return all.length === 0 ? [] : say(sentence`${all}。`, sentence`${all}.`);
};
