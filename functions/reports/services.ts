import { hideSmall } from './hide-small.ts';
import type { Material } from './material.ts';
import { joined, type Pieces, sentence } from './pieces.ts';
import { numberColumn, row, sumRow, type Table, wordColumn } from './tables.ts';
import { everywhere, type Writer } from './writer.ts';

/** What lawyers, doctors and counsellors report: counts only, and never of few people in an area. */
const professional: readonly string[] = [
  'outputs.legalConsultations',
  'outputs.casesAssisted',
  'outputs.counsellingSessions',
  'outputs.disputesMediated',
  'outputs.disputesResolved',
  'outputs.bloodPressureChecks',
  'outputs.glucoseChecks',
];

/** 六、法律、义诊等专业服务. */
export const services = (material: Material, writer: Writer): readonly Pieces[] => {
  const { say, inText } = writer;
  const all = professional.flatMap((metric) => {
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

/** The same by area, with small counts hidden; empty when there are none. Only a year has it. */
export const servicesByArea = (
  { figures, period }: Material,
  writer: Writer,
  areas: readonly string[],
): readonly Table[] => {
  // What a year shows of an area and its months hide could be worked out from one another.
  if (period.length !== 4) return [];
  const metrics = professional.filter((metric) => writer.counted(figures, metric));
  if (metrics.length === 0) return [];
  const columns = metrics.map((metric) =>
    hideSmall(
      areas.map((areaId) =>
        writer.inTable(writer.counted(figures, metric, { areaId, alone: true, theme: null })),
      ),
    ),
  );
  const rows = areas.map((areaId, at) =>
    row([writer.area(areaId), ...columns.map((column) => column[at] ?? null)]),
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
        sumRow(rows, [{ text: writer.say('合计', 'Total'), kind: 'text' }, ...total]),
      ],
    },
  ];
};
