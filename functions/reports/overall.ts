import { comparison } from './comparison.ts';
import type { Material } from './material.ts';
import { periodWords, untilWords } from './period-words.ts';
import { joined, type Pieces, sentence } from './pieces.ts';
import type { Writer } from './writer.ts';

/** A clause with a figure, or one that says that the figure is unknown. */
const clause = (
  writer: Writer,
  { figures }: Material,
  metric: string,
  say: (figure: Pieces) => Pieces,
): Pieces => {
  const number = writer.counted(figures, metric);
  if (number) return say([writer.inText(number)]);
  const label = writer.label(metric);
  return writer.say(sentence`${label}无核实数据`, sentence`${label}: no verified data`);
};

/** Activities, persons, person-times and hours in one sentence: persons and person-times with their words. */
const headline = (material: Material, writer: Writer): Pieces => {
  const { say } = writer;
  const metrics = ['activitiesHeld', 'distinctVolunteers', 'participations', 'creditedMinutes'];
  if (metrics.every((metric) => !writer.counted(material.figures, metric))) return writer.unknown;
  const when = periodWords(material.period, writer);
  const held = clause(writer, material, 'activitiesHeld', (n) =>
    say(
      sentence`全区按计划开展学雷锋志愿服务活动${n}场`,
      sentence`activities held across the district as planned: ${n}`,
    ),
  );
  const persons = clause(writer, material, 'distinctVolunteers', (n) =>
    say(sentence`${n}人参加`, sentence`volunteers who took part: ${n}`),
  );
  const times = clause(writer, material, 'participations', (n) =>
    say(sentence`共${n}人次`, sentence`person-times: ${n}`),
  );
  const hours = clause(writer, material, 'creditedMinutes', (n) =>
    say(sentence`核定服务时长${n}小时`, sentence`verified hours: ${n}`),
  );
  return say(
    sentence`${when}，${held}，${persons}、${times}，${hours}。`,
    sentence`${when}: ${held}; ${persons}; ${times}; ${hours}.`,
  );
};

/** Counted, zero, estimated and unknown are different sentences. */
const beneficiaries = ({ figures }: Material, writer: Writer): Pieces => {
  const { say, inText } = writer;
  const counted = writer.counted(figures, 'beneficiaries');
  const estimated = writer.estimated(figures, 'beneficiaries');
  if (!counted && !estimated)
    return say(
      sentence`服务群众人次：${writer.unknown}`,
      sentence`Beneficiaries: ${writer.unknown}`,
    );
  const estimate = estimated && inText(estimated);
  if (!counted && estimate)
    return say(
      sentence`服务群众无现场清点数；另有${estimate}人次为估计数。`,
      sentence`Beneficiaries: none counted on the spot; a further ${estimate} person-times are estimated.`,
    );
  const count = counted ? [inText(counted)] : [];
  const main =
    counted?.value === 0
      ? say(
          sentence`服务群众${count}人次（现场清点，已核实为零）`,
          sentence`Beneficiaries: ${count} person-times (counted on the spot, verified as none)`,
        )
      : say(
          sentence`服务群众${count}人次（现场清点）`,
          sentence`Beneficiaries: ${count} person-times (counted on the spot)`,
        );
  return estimate
    ? say(
        sentence`${main}；另有${estimate}人次为估计数。`,
        sentence`${main}; a further ${estimate} person-times are estimated.`,
      )
    : say(sentence`${main}。`, sentence`${main}.`);
};

const onDuty = ({ figures }: Material, writer: Writer): Pieces => {
  const number = writer.counted(figures, 'onDutyParticipations');
  if (!number) return [];
  const shown = writer.inText(number);
  return writer.say(
    sentence`在岗工作人员协助${shown}人次，不计志愿服务时长。`,
    sentence`Staff on duty helped ${shown} person-times, which are no volunteer hours.`,
  );
};

/** Partners, teams and registered volunteers. What is counted at the end says until when. */
const standing = (material: Material, writer: Writer): Pieces => {
  const { figures } = material;
  const { say, inText } = writer;
  const said = (metric: string, say: (figure: Pieces) => Pieces): Pieces => {
    const number = writer.counted(figures, metric);
    return number ? say([inText(number)]) : [];
  };
  const partners = said('partners', (n) =>
    say(sentence`共建单位${n}家参与。`, sentence`Partners that took part: ${n}.`),
  );
  const teams = said('teams', (n) => say(sentence`志愿服务队${n}支`, sentence`teams: ${n}`));
  const registered = said('registeredVolunteers', (n) =>
    say(sentence`注册志愿者${n}人`, sentence`registered volunteers: ${n}`),
  );
  const until = untilWords(material, writer);
  const atEnd = joined([teams, registered], say('，', '; '));
  return joined(
    [
      partners,
      atEnd.length === 0
        ? []
        : say(sentence`截至${until}，有${atEnd}。`, sentence`As of ${until}: ${atEnd}.`),
    ],
    say('', ' '),
  );
};

/** 一、总体情况. */
export const overall = (material: Material, writer: Writer): readonly Pieces[] => [
  headline(material, writer),
  beneficiaries(material, writer),
  onDuty(material, writer),
  standing(material, writer),
  comparison(material, writer),
];
