import type { Material } from './material.ts';
import { joined, type Pieces, sentence } from './pieces.ts';
import { numberColumn, row, sumRow, type Table, type TableCell, wordColumn } from './tables.ts';
import { everywhere, type Writer } from './writer.ts';

/** What lawyers, doctors and counsellors report: counts only. */
const professionalIn = ({ metrics, professional }: Material): readonly string[] =>
  Object.keys(metrics).filter((metric) => professional.includes(metric));

/** 六、法律、义诊等专业服务. */
export const services = (material: Material, writer: Writer): readonly Pieces[] => {
  const { say, inText } = writer;
  const all = professionalIn(material).flatMap((metric) => {
    const counted = writer.counted(material.figures, metric);
    const estimated = writer.estimated(material.figures, metric);
    const [label, unit] = [writer.labelBefore(metric), writer.unit(metric)];
    const main = counted
      ? [say(sentence`${label}${inText(counted)}${unit}`, sentence`${label} ${inText(counted)}`)]
      : [];
    const more = estimated
      ? [
          say(
            sentence`${label}估计数${inText(estimated)}${unit}`,
            sentence`${label}, estimated ${inText(estimated)}`,
          ),
        ]
      : [];
    return [...main, ...more];
  });
  if (all.length === 0) return [writer.unknown];
  const list = joined(all, say('；', '; '));
  return [say(sentence`${list}。`, sentence`${list}.`)];
};

/**
 * The same by area; empty when there are none. Only a year has it. Hidden is what dashboards hide of the year,
 * so that nobody works out a small count from both. An area without figures has a row where it hides another.
 */
export const servicesByArea = (
  material: Material,
  writer: Writer,
  areas: readonly string[],
): readonly Table[] => {
  const { figures, period, tree, hidden } = material;
  if (period.length !== 4) return [];
  const metrics = professionalIn(material).filter((metric) => writer.counted(figures, metric));
  if (metrics.length === 0) return [];
  const isHidden = (metric: string, areaId: string): boolean =>
    hidden({ areaId, alone: true, period, theme: null }).has(metric);
  const cellOf = (metric: string, areaId: string): TableCell => {
    const amount = writer.counted(figures, metric, { areaId, alone: true, theme: null });
    if (!isHidden(metric, areaId)) return writer.inTable(amount);
    return { hidden: 'small-cell' };
  };
  const all = new Set([...areas, ...tree.childrenOf(null).flatMap(tree.within)]);
  const rows = [...all]
    .sort()
    .filter(
      (areaId) => areas.includes(areaId) || metrics.some((metric) => isHidden(metric, areaId)),
    )
    .map((areaId) =>
      row([writer.area(areaId), ...metrics.map((metric) => cellOf(metric, areaId))]),
    );
  const total = metrics.map((metric) =>
    writer.inTable(writer.counted(figures, metric, everywhere)),
  );
  return [
    {
      title: writer.say(
        '专业服务（按区域代码顺序）',
        'Professional services, in the order of area codes',
      ),
      sheet: 'areas',
      columns: [
        wordColumn(writer.say('区域', 'Area')),
        ...metrics.map((metric) => numberColumn(writer, metric)),
      ],
      rows: [
        ...rows,
        sumRow(writer, rows, [{ text: writer.say('合计', 'Total'), kind: 'text' }, ...total]),
      ],
    },
  ];
};
