import type { Material, Planned, TakingPart } from './material.ts';
import { date, joined, name, ordinal, type Pieces, sentence } from './pieces.ts';
import { type Amount, everywhere, type Writer } from './writer.ts';

/** Outputs that a paragraph names; the others are in the annex. */
const mostOutputs = 4;

/** An output with its measure word, the estimated part in brackets. */
const output = (
  writer: Writer,
  metric: string,
  counted: Amount | undefined,
  estimated: Amount | undefined,
): Pieces => {
  const { say, inText } = writer;
  const unit = writer.unit(metric);
  const label = writer.labelBefore(metric);
  if (!counted)
    return estimated
      ? say(
          sentence`${label}（估计数${inText(estimated)}${unit}）`,
          sentence`${label} (estimated ${inText(estimated)} ${unit})`,
        )
      : [];
  const bracket = estimated
    ? say(
        sentence`（另有估计数${inText(estimated)}${unit}）`,
        sentence` (a further ${inText(estimated)} estimated)`,
      )
    : [];
  return say(
    sentence`${label}${inText(counted)}${unit}${bracket}`,
    sentence`${label} ${inText(counted)} ${unit}${bracket}`,
  );
};

const outputsOf = ({ figures, metrics }: Material, writer: Writer, theme: string): Pieces => {
  const { say } = writer;
  const place = { ...everywhere, theme };
  const all = Object.keys(metrics)
    .filter((metric) => metric.startsWith('outputs.'))
    .map((metric) =>
      output(
        writer,
        metric,
        writer.counted(figures, metric, place),
        writer.estimated(figures, metric, place),
      ),
    )
    .filter(({ length }) => length > 0);
  const first = joined(all.slice(0, mostOutputs), say('，', ', '));
  return all.length > mostOutputs
    ? say(
        sentence`${first}，详见${ordinal('附表4')}`,
        sentence`${first}; see ${ordinal('annex 4')} for all`,
      )
    : first;
};

const unitsIn = (units: readonly TakingPart[], roles: readonly TakingPart['role'][]): Pieces =>
  joined(
    units.filter(({ role }) => roles.includes(role)).map((unit) => [name(unit.name)]),
    '、',
  );

/** Who led and who joined. */
const takingPart = ({ units }: Planned, { say }: Writer): Pieces => {
  const lead = unitsIn(units, ['lead', 'responsible']);
  const others = unitsIn(units, ['cooperating', 'participating']);
  if (lead.length === 0)
    return others.length === 0
      ? []
      : say(sentence`${others}参加。`, sentence` Joined by ${others}.`);
  return others.length === 0
    ? say(sentence`由${lead}牵头。`, sentence` Led by ${lead}.`)
    : say(
        sentence`由${lead}牵头，${others}参加。`,
        sentence` Led by ${lead}, joined by ${others}.`,
      );
};

const monthsOf = ({ months }: Planned, { say }: Writer): Pieces =>
  months.length === 0
    ? []
    : [
        date(
          say(
            `${months.join('、')}月`,
            months.map((month) => String(month).padStart(2, '0')).join(', '),
          ),
        ),
      ];

/** The paragraph of a theme or routine service. */
const themeParagraph = (material: Material, writer: Writer, planned: Planned): Pieces => {
  const { say, inText } = writer;
  const place = { ...everywhere, theme: planned.key };
  const of = (metric: string) => writer.counted(material.figures, metric, place);
  const title = say(
    sentence`${monthsOf(planned, writer)}“${name(planned.title)}”`,
    sentence`${joined([monthsOf(planned, writer), [name(planned.title)]], ' ')}`,
  );
  const [held, times, hours] = [of('activitiesHeld'), of('participations'), of('creditedMinutes')];
  const nothing = [held, times, hours].every((number) => (number?.value ?? 0) === 0);
  const span =
    material.period.length === 4 ? say('本年度', 'this year') : say('本月', 'this month');
  const year = material.period.slice(0, 4);
  const isAhead =
    planned.months.length > 0 &&
    planned.months.every(
      (month) => `${year}-${String(month).padStart(2, '0')}` > material.until.slice(0, 7),
    );
  if (nothing && isAhead)
    return say(sentence`${title}尚未到计划月份。`, sentence`${title}: planned for later.`);
  if (nothing)
    return say(
      sentence`${title}${{ text: span, kind: 'text' }}未开展活动。`,
      sentence`${title}: no activities ${{ text: span, kind: 'text' }}.`,
    );
  // Plans name months and no numbers: what was announced is what activities held are measured by.
  const announced = of('activitiesPublished');
  const ofAnnounced = announced
    ? say(sentence`（发布${inText(announced)}场）`, sentence` (published: ${inText(announced)})`)
    : [];
  const figures = joined(
    [
      held
        ? say(
            sentence`开展活动${inText(held)}场${ofAnnounced}`,
            sentence`activities held: ${inText(held)}${ofAnnounced}`,
          )
        : say(sentence`活动场次无核实数据`, sentence`activities held: no verified data`),
      times
        ? say(sentence`${inText(times)}人次参加`, sentence`person-times: ${inText(times)}`)
        : say(sentence`参加人次无核实数据`, sentence`person-times: no verified data`),
      hours
        ? say(sentence`${inText(hours)}小时`, sentence`hours: ${inText(hours)}`)
        : say(sentence`服务时长无核实数据`, sentence`hours: no verified data`),
    ],
    say('，', ', '),
  );
  const outputs = outputsOf(material, writer, planned.key);
  const missing = of('outcomesWithoutOutputs');
  const without =
    missing && (missing.value ?? 0) > 0
      ? say(
          sentence`${inText(missing)}场活动未填报产出。`,
          sentence` Activities without reported outputs: ${inText(missing)}.`,
        )
      : [];
  const main = joined([figures, outputs], say('；', '; '));
  return say(
    sentence`${title}：${main}。${takingPart(planned, writer)}${without}`,
    sentence`${title}: ${main}.${takingPart(planned, writer)}${without}`,
  );
};

/** The themes of a period: all of a year's, those planned for a month, and those with figures in it. */
export const themesOf = ({ themes, period, figures }: Material): readonly Planned[] => {
  const month = period.length === 4 ? null : Number(period.slice(5));
  return themes.filter(
    ({ key, months }) => month === null || months.includes(month) || figures.themes.includes(key),
  );
};

/** Themes with figures that the plan does not have. */
export const outsidePlan = ({ themes, routines, figures }: Material): readonly string[] => {
  const planned = new Set([...themes, ...routines].map(({ key }) => key));
  return figures.themes.filter((key) => !planned.has(key));
};

/** 三、分主题开展情况 and 四、日常服务: a paragraph each, in the order of the plan. */
export const themeParagraphs = (
  material: Material,
  writer: Writer,
  planned: readonly Planned[],
): readonly Pieces[] =>
  planned.length === 0
    ? [writer.unknown]
    : planned.map((each) => themeParagraph(material, writer, each));
