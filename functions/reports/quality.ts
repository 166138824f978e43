import type { Material, Restated } from './material.ts';
import { dayWords, periodWords } from './period-words.ts';
import { date, joined, name, ordinal, type Pieces, sentence } from './pieces.ts';
import { labelOf } from './restated-words.ts';
import type { Amount, Writer } from './writer.ts';

/** Hours a person-time outside this are looked at: an activity lasts some hours. */
const usualHours = { least: 1, most: 8 };

const optional = (
  { inText }: Writer,
  number: Amount | undefined,
  say: (figure: Pieces) => Pieces,
): Pieces => (number ? say([inText(number)]) : []);

const truth = ({ quality, period, restated }: Material, writer: Writer): Pieces => {
  const { say } = writer;
  const percent = (metric: string, share: typeof quality.evidence, zh: Pieces, en: Pieces) =>
    optional(writer, writer.share(metric, share), (n) =>
      say(sentence`有${n}%的${zh}`, sentence`${en}: ${n}%`),
    );
  const corrections = quality.corrections;
  const corrected = optional(
    writer,
    corrections
      ? writer.other('correctionShare', corrections.numerator, 'numerator', { unit: 'entries' })
      : undefined,
    (n) =>
      say(
        period.length === 4 ? sentence`本年更正${n}笔` : sentence`本月更正${n}笔`,
        sentence`entries changed after they were verified: ${n}`,
      ),
  );
  const hours = optional(
    writer,
    quality.correctedMinutes === null
      ? undefined
      : writer.other('correctedMinutes', quality.correctedMinutes, 'counted', { unit: 'minutes' }),
    (n) => say(sentence`涉及${n}小时`, sentence`hours concerned: ${n}`),
  );
  const all = joined(
    [
      percent(
        'evidenceShare',
        quality.evidence,
        sentence`活动留有现场佐证`,
        sentence`activities with evidence`,
      ),
      percent(
        'onTimeRecordShare',
        quality.onTimeRecords,
        sentence`记录在规定时限内完成`,
        sentence`records made in time`,
      ),
      corrected,
      hours,
      restated.length === 0
        ? []
        : say(
            sentence`关账后的更正见${ordinal('附表6')}`,
            sentence`corrections after the close: see ${ordinal('annex 6')}`,
          ),
    ],
    say('，', '; '),
  );
  return all.length === 0
    ? say(
        sentence`现场佐证、按时记录和更正情况：${writer.unknown}`,
        sentence`Evidence, timely records and corrections: ${writer.unknown}`,
      )
    : say(sentence`${all}。`, sentence`${all}.`);
};

const originNames: Readonly<Record<string, readonly [string, string]>> = {
  scan: ['扫码签到', 'scan'],
  'leader-roll': ['负责人签到表', 'leader’s roll'],
  'self-declared': ['本人申报', 'self-declared'],
  'back-entry': ['补录', 'back-entry'],
  import: ['其他平台导入', 'import from other platforms'],
};

/** Person-times by where their entries come from, in percent. */
const origins = ({ quality }: Material, writer: Writer): Pieces => {
  const { say } = writer;
  if (!quality.origins) return [];
  const denominator = [...quality.origins.values()].reduce((sum, value) => sum + value, 0);
  const all = joined(
    [...quality.origins].map(([origin, numerator]) => {
      const [zh, en] = originNames[origin] ?? [origin, origin];
      return optional(writer, writer.share(`origin.${origin}`, { numerator, denominator }), (n) =>
        say(sentence`${name(zh)}${n}%`, sentence`${name(en)} ${n}%`),
      );
    }),
    say('、', ', '),
  );
  return all.length === 0
    ? []
    : say(sentence`记录来源：${all}。`, sentence`Where entries come from: ${all}.`);
};

const pending = ({ figures }: Material, writer: Writer): Pieces =>
  optional(writer, writer.counted(figures, 'pendingMinutes'), (n) =>
    writer.say(
      sentence`另有${n}小时待核，不计入。`,
      sentence`A further ${n} hours wait to be verified and are not counted.`,
    ),
  );

/** What was still open when a period was closed all the same. */
const openAtClose = ({ openAtClose: open }: Material, writer: Writer): Pieces => {
  if (open === null) return [];
  const { say, inText } = writer;
  const all = joined(
    (
      [
        ['waitingEntries', '待查验记录', '条', 'entries that waited'],
        ['openObjections', '未答复异议', '条', 'unanswered objections'],
        ['activitiesNotCompleted', '未办结活动', '场', 'activities not completed'],
        ['activitiesNotVerified', '未核对成果', '项', 'outcomes not verified'],
      ] as const
    ).flatMap(([metric, zh, unit, en]) => {
      if (open[metric] === 0) return [];
      const figure = inText(writer.other(metric, open[metric], 'closed'));
      return [say(sentence`${name(zh)}${figure}${name(unit)}`, sentence`${name(en)}: ${figure}`)];
    }),
    say('、', ', '),
  );
  return all.length === 0
    ? []
    : say(
        sentence`关账时尚有${all}，经确认后关账。`,
        sentence`Open at the close, which was accepted: ${all}.`,
      );
};

/** Hours a person-time: said, and flagged when it is unusual, never left out. */
const check = ({ figures }: Material, writer: Writer): Pieces => {
  const { say, inText } = writer;
  const minutes = writer.counted(figures, 'creditedMinutes');
  const times = writer.counted(figures, 'participations');
  if (!minutes || !times || times.value === 0) return [];
  const value = minutes.value / 60 / times.value;
  const shown = inText(writer.other('hoursPerParticipation', value, 'ratio', { unit: 'hours' }));
  return value < usualHours.least || value > usualHours.most
    ? say(
        sentence`【核对】每人次平均${shown}小时，超出一至八小时的常见范围，请核对。`,
        sentence`[Check] Hours a person-time: ${shown}, outside the usual one to eight; look at the records.`,
      )
    : say(
        sentence`每人次平均${shown}小时，在一至八小时的常见范围内。`,
        sentence`Hours a person-time: ${shown}, within the usual one to eight.`,
      );
};

const roundHundreds = ({ quality }: Material, writer: Writer): Pieces =>
  optional(writer, writer.share('exactHundredsShare', quality.exactHundreds), (n) =>
    writer.say(
      sentence`服务群众人次为整百的活动占${n}%。`,
      sentence`Activities whose beneficiaries are round hundreds: ${n}%.`,
    ),
  );

const flags = ({ quality }: Material, writer: Writer): Pieces => {
  const { say, inText } = writer;
  if (quality.flagsSeen === null || quality.flagsDismissed === null) return [];
  const seen = inText(writer.other('flagsSeen', quality.flagsSeen, 'counted'));
  const dismissed = inText(writer.other('flagsDismissed', quality.flagsDismissed, 'counted'));
  return say(
    sentence`系统提示异常${seen}条，经查看排除${dismissed}条。`,
    sentence`Flags raised: ${seen}; looked at and dismissed: ${dismissed}.`,
  );
};

/** One correction of a closed figure. */
const restatedSentence = (restated: Restated, writer: Writer): Pieces => {
  const { say, inText } = writer;
  const { metric, cause } = restated;
  const period = { period: restated.closedPeriod };
  const value = (of: 'old' | 'now'): Pieces => {
    const number = restated[of];
    return number === null
      ? say(sentence`无数据`, sentence`no data`)
      : [inText(writer.other(metric, number, 'corrected', period))];
  };
  const [old, now] = [value('old'), value('now')];
  const label = labelOf(restated, writer);
  const late = restated.isAfterYear
    ? say(sentence`年度关账后，`, sentence`After the close of the year: `)
    : [];
  const when = periodWords(restated.closedPeriod, writer);
  const measure = writer.unit(metric);
  const unit = restated.now === null ? [] : say(sentence`${measure}`, sentence` ${measure}`);
  const what = name(say(cause.zh, cause.en));
  const why = restated.reason === null ? undefined : name(restated.reason);
  const reason = why
    ? say(sentence`，原因：${why}`, sentence`; reason: ${why}`)
    : say(sentence`，事项：${what}`, sentence`; what happened: ${what}`);
  return say(
    sentence`${late}${when}数据于${dayWords(restated.madeOn, writer)}更正：${label}由${old}改为${now}${unit}${reason}。`,
    sentence`${late}The figures of ${when} were corrected on ${date(restated.madeOn)}: ${label} from ${old} to ${now}${unit}${reason}.`,
  );
};

/** Corrections that the text names; all are in the annex. */
const mostRestated = 10;

/** What a bulletin says of the corrections that were made in its month, whichever months they are of. */
const madeHere = ({ madeHere: made }: Material, writer: Writer): readonly Pieces[] => {
  if (!made || made.count === 0) return [];
  const count = writer.inText(
    writer.other('restatementsMade', made.count, 'listed', { unit: 'corrections' }),
  );
  const least = made.areAll ? [] : writer.say(sentence`不少于`, sentence`at least `);
  return [
    writer.say(
      sentence`本月对已关账月份作出更正${least}${count}笔，列入所更正的月份；本月数据不含这些更正。`,
      sentence`Corrections of closed months made in this month: ${least}${count}. They are told with those months, and are not in the figures of this one.`,
    ),
  ];
};

const restatements = ({ restated }: Material, writer: Writer): readonly Pieces[] => [
  ...restated.slice(0, mostRestated).map((each) => restatedSentence(each, writer)),
  ...(restated.length > mostRestated
    ? [
        writer.say(
          sentence`其余更正见${ordinal('附表6')}。`,
          sentence`The others are in ${ordinal('annex 6')}.`,
        ),
      ]
    : []),
];

/** 九、数据质量说明. */
export const dataQuality = (material: Material, writer: Writer): readonly Pieces[] => [
  truth(material, writer),
  origins(material, writer),
  pending(material, writer),
  openAtClose(material, writer),
  check(material, writer),
  roundHundreds(material, writer),
  flags(material, writer),
  ...restatements(material, writer),
  ...madeHere(material, writer),
];
