import type { WrittenText } from '../../events/reports.ts';
import type { Material } from './material.ts';
import { dayWords } from './period-words.ts';
import { date, joined, name, type Pieces, sentence, written } from './pieces.ts';
import { outsidePlan } from './themes.ts';
import { everywhere, type Writer } from './writer.ts';

/**
 * What somebody wrote, a paragraph a line.
 * @param lateOn the day of writing, where that was after the close of the year
 */
export const writtenParagraphs = (
  text: WrittenText | null,
  lateOn: string | null,
  { say }: Writer,
): readonly Pieces[] => {
  if (text === null) return [];
  const lines = text.text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return [
    ...lines.map((line) => [written(line)]),
    ...(lateOn === null
      ? []
      : [
          say(
            sentence`（以上文字于${dayWords(lateOn, { say })}填写，在年度关账之后。）`,
            sentence`(Written on ${date(lateOn)}, after the close of the year.)`,
          ),
        ]),
  ];
};

const list = (names: readonly Pieces[], { say }: Writer): Pieces => joined(names, say('、', ', '));

/** Themes of which fewer activities were held than published, or none at all. */
const belowPlan = (material: Material, writer: Writer): Pieces => {
  const below = [...material.themes, ...material.routines].filter(({ key }) => {
    const of = (metric: string): number =>
      writer.counted(material.figures, metric, { ...everywhere, theme: key })?.value ?? 0;
    return of('activitiesHeld') < Math.max(1, of('activitiesPublished'));
  });
  if (below.length === 0) return [];
  const names = list(
    below.map(({ title }) => [name(title)]),
    writer,
  );
  return writer.say(
    sentence`未开展活动、或已发布活动未全部开展的主题：${names}。`,
    sentence`Themes without activities, or of which not all that were published were held: ${names}.`,
  );
};

/** An activity whose outcome nobody has verified is none that was held, but the area was not idle. */
const signsOfActivity = ['activitiesHeld', 'activitiesPublished', 'participations'];

const withoutActivity = (
  { figures }: Material,
  writer: Writer,
  areas: readonly string[],
): Pieces => {
  const isIdle = (areaId: string): boolean =>
    signsOfActivity.every(
      (metric) => !writer.counted(figures, metric, { areaId, alone: true, theme: null })?.value,
    );
  const idle = areas.filter(isIdle);
  if (idle.length === 0) return [];
  const names = list(
    idle.map((areaId) => [writer.area(areaId)]),
    writer,
  );
  return writer.say(
    sentence`没有活动的区域（按区域代码顺序）：${names}。`,
    sentence`Areas without activities, in the order of their codes: ${names}.`,
  );
};

const neverActive = ({ firstServices }: Material, writer: Writer): Pieces => {
  const value = firstServices?.never ?? null;
  if (value === null) return [];
  const shown = writer.inText(writer.other('registeredNeverActive', value, 'counted'));
  return writer.say(
    sentence`已注册而从未参加服务的志愿者${shown}人。`,
    sentence`Registered volunteers who never served: ${shown}.`,
  );
};

/** The facts beside 十、存在的问题. */
export const problemFacts = (
  material: Material,
  writer: Writer,
  areas: readonly string[],
): readonly Pieces[] => {
  const outside = outsidePlan(material);
  return [
    belowPlan(material, writer),
    withoutActivity(material, writer, areas),
    neverActive(material, writer),
    outside.length === 0
      ? []
      : writer.say(
          sentence`方案以外的主题：${list(
            outside.map((key) => [name(key)]),
            writer,
          )}。`,
          sentence`Themes outside the plan: ${list(
            outside.map((key) => [name(key)]),
            writer,
          )}.`,
        ),
  ];
};

/** The fact beside 十一、下一年度计划: how next year's plan begins. */
export const nextYearFacts = ({ themes }: Material, { say }: Writer): readonly Pieces[] =>
  themes.length === 0
    ? []
    : [
        say(
          sentence`下一年度方案可在本年度方案页上复制而成。`,
          sentence`Next year’s plan can be copied on the page of this year’s.`,
        ),
      ];
