import type { PlanText } from './characters.ts';
import type { Read } from './item.ts';
import { findFields, type UnitRole } from './labels.ts';
import type { Part } from './titles.ts';
import { unitsInBrackets } from './unit-brackets.ts';
import {
  anybody,
  type FoundUnit,
  inSentence,
  isNoName,
  isNoUnit,
  listed,
  listedWithAnd,
  peopleEnd,
  unitEnd,
  unitsOf,
  wholeName,
} from './unit-names.ts';

const roleOfVerb: Readonly<Record<string, UnitRole>> = {
  参与: 'participating',
  参加: 'participating',
  牵头: 'lead',
  主办: 'lead',
  举办: 'lead',
  组织: 'lead',
  开展: 'lead',
  负责: 'responsible',
  承办: 'responsible',
  实施: 'responsible',
  落实: 'responsible',
  协办: 'cooperating',
  配合: 'cooperating',
};

/** 由县教育局组织; the name has no punctuation but the sign of a list. */
const by =
  /由([^,。;:\n\t由]{2,40}?)(?:具体|统一|共同|联合)?(牵头|主办|举办|组织|开展|负责|承办|实施|落实|协办|配合|参与|参加|(?:联合|共同)(?=[在于开举评组]))/g;
/** 由心理教师开展: who does it, and no unit. */
const arePeople = new RegExp(`${peopleEnd}$`);
/** …(宣传部牵头,各社区配合): a clause that says nothing but who does which part. */
const takesPart =
  /(?<=[,;(])([^,。;:()\n\t由的]{2,40}?)(?:积极|协助|共同|联合|具体)?(牵头|主办|负责|承办|实施|配合|协办|参与|参加)(?=[,。;)\n]|$)/g;
/** 各中队根据…, 号召各团支部以…: of which all do something. */
const each = new RegExp(
  `(?<=(?:^|[,。;:\\n\\t)])(?:号召|要求|引导|鼓励|发动|由)?)(各[^,。;:\\n\\t“”由的以、]{0,14}?${unitEnd})(?=要|可|应|将|须|以|根据|依托|围绕|结合|利用|充分|积极|广泛|认真|分别|按照|通过|自行|统一|开展|(?<!社会|[团党])组织(?!要|根据|围绕))`,
  'g',
);
/** 组织青年志愿者开展 */
const sends = new RegExp(
  `(?:组织|发动|动员)([^,。;:、“”\\n\\t组]{2,16}?${peopleEnd}|青少年|少先队员)(?![的和及与等们队服活协代总联行人员志者之家])(?=\\p{Script=Han})`,
  'gu',
);
const invites =
  /邀请([^,。;:\n\t]{2,16}?)(?=为|对|开展|到|进行|举办|授课|讲(?!师)|作|做|现场|担任|在)/g;
const recruits = /从([^,。;:、\n\t]{2,16}?)(?:中)?(?:招募|选派|抽调)/g;
const listOf = `[^,。;:\\n\\t“”《》由的在到为]{1,60}?(?:${unitEnd}|等(?:有关|相关)?(?:部门|单位))`;
const others = '(?:等(?:有关|相关|各|多家|\\d+(?:余|多)?[个家])?(?:单位|部门|组织|机构)?)?';
const sentPeople = `(?:的)?(?:[青年党团员医务专业巾帼]{0,6}${peopleEnd})?`;
/** 组织县医院、水务局等单位志愿者到…: units that are sent. */
const sendsUnits = new RegExp(
  `(?:组织|联合|会同|发动|动员|邀请)(${listOf})${others}${sentPeople}(?=,?(?:在|到|赴|走进|深入|为|向|对|开展|举办|举行|进行|参加|共同|面向|利用|围绕|通过|走上|走村))`,
  'g',
);
/** 与镇团委联合开展 */
const together = new RegExp(
  `(?:与|和|同|跟|联合)(${listOf})${others}(?:联合|共同|合作|协同|联手|一道|一起|配合)`,
  'g',
);
/** 给孩子讲故事,配合社区关工委: a clause of its own. */
const helps = new RegExp(
  `(?<=[,。;])(?:配合|协助|会同|联合|协同)(${listOf})${others}(?=[,。;\\n]|$)`,
  'g',
);
/** 教导处和总务处拟定…, 各中队出一期…, 水利局“…”行动: who does something, at the beginning of a clause. */
const subjects = new RegExp(
  `(?<=^|[,。;:\\n\\t)])(?:其间|期间|同时|届时|,)?(${listOf})${others}(?=(?:将|应|须|具体|共同|联合|同步|分别|统一)?(?:拟定|制作|张贴|张挂|走进|开展|举办|举行|召开|选派|派出|组建|成立|深入|设立|设置|发放|播放|清理|清扫|集中|分别|现场|安排|出一期|黑板报|围绕|根据|依托|选送|在[^,。;\\n]{2,16}(?:开展|举办|举行|组织|召开|进行|设立|设置)|“))`,
  'g',
);
/** 各文明单位组织志愿者…, at the beginning of a clause. */
const acts = new RegExp(
  `(?<=^|[,。;:\\n\\t)])([^,。;:\\n\\t“”《》由的以]{1,40}?${unitEnd}(?:\\([^()\\n]{1,20}\\)|等(?:有关|相关)?(?:单位|部门)?)?)(?=(?:以[^,。;\\n]{1,8}为单位)?(?:要|(?<!社会|[团党级工])组织(?!要|应|根据|围绕|结合))|定于|拟于|计划|决定|负责|联合|牵头|结合|广泛开展|集中开展|分别开展|应|将)`,
  'g',
);

/** Of names that overlap, the shortest: 市总工会 and not 联合市总工会. */
const withoutOverlaps = (units: readonly FoundUnit[]): FoundUnit[] => {
  const ends = [...units].sort((a, b) => a.from - b.from || a.to - b.to);
  const kept: FoundUnit[] = [];
  for (const unit of ends) {
    const last = kept.at(-1);
    if (!last || last.to <= unit.from) kept.push(unit);
    else if (unit.to - unit.from < last.to - last.from) kept[kept.length - 1] = unit;
  }
  return kept;
};

/** The units in a cell of a table, which names nothing else. */
export const unitsInCell = (plan: PlanText, cell: FoundUnit): readonly FoundUnit[] =>
  unitsOf(plan, cell, cell.role, listed);

/**
 * The units that a part of a plan names, in order and each once: after labels such as 牵头单位; where
 * there are none, also where a sentence says who does something.
 * @param sentences the part in which sentences are read
 */
export const findUnits = (
  { plan, brackets }: Pick<Read, 'plan' | 'brackets'>,
  { from, to }: Part,
  sentences: Part = { from, to },
): readonly FoundUnit[] => {
  const { chars } = plan;
  const found: FoundUnit[] = [];
  for (const { kind, ...value } of findFields(plan, from, to)) {
    if (kind.field === 'unit')
      found.push(
        ...unitsOf(plan, value, kind.role, kind.role === 'participating' ? listedWithAnd : listed),
      );
    if (kind.field === 'organiser') found.push(...unitsOf(plan, value, 'lead', listed));
  }
  const isLabelled = found.length > 0;
  const text = chars.slice(sentences.from, sentences.to);
  const partOf = (match: RegExpMatchArray): Part => {
    const start = sentences.from + (match.index ?? 0) + match[0].indexOf(match[1] ?? '');
    return { from: start, to: start + (match[1] ?? '').length };
  };
  for (const match of text.matchAll(by))
    if (!isNoName.test(match[1] ?? '') && !(match[2] === '开展' && arePeople.test(match[1] ?? '')))
      found.push(...unitsOf(plan, partOf(match), roleOfVerb[match[2] ?? ''] ?? 'lead', inSentence));
  for (const match of text.matchAll(takesPart))
    if (!isNoName.test(match[1] ?? '') && wholeName.test(match[1] ?? ''))
      found.push(...unitsOf(plan, partOf(match), roleOfVerb[match[2] ?? ''] ?? 'lead', inSentence));
  const bracketed = isLabelled ? [] : unitsInBrackets(plan, sentences, brackets);
  found.push(...bracketed);
  // 学雷锋社区清扫(党建办): the bracket says who, so that no sentence needs to.
  if (!isLabelled && bracketed.length === 0) {
    for (const match of text.matchAll(acts))
      if (!isNoName.test(match[1] ?? ''))
        found.push(...unitsOf(plan, partOf(match), 'lead', inSentence));
    for (const [pattern, role] of [
      [subjects, 'lead'],
      [each, 'lead'],
      [together, 'lead'],
      [helps, 'cooperating'],
      [sendsUnits, 'participating'],
    ] as const)
      for (const match of text.matchAll(pattern))
        if (![isNoName, isNoUnit, anybody].some((is) => is.test(match[1] ?? '')))
          found.push(...unitsOf(plan, partOf(match), role, inSentence));
    for (const match of text.matchAll(sends))
      if (!anybody.test(match[1] ?? '')) found.push({ ...partOf(match), role: 'participating' });
    for (const match of text.matchAll(recruits))
      found.push({ ...partOf(match), role: 'participating' });
    for (const match of text.matchAll(invites))
      found.push(...unitsOf(plan, partOf(match), 'participating', listed));
  }
  const seen = new Set<string>();
  return withoutOverlaps(found)
    .sort((a, b) => a.from - b.from)
    .filter((unit) => {
      const name = chars.slice(unit.from, unit.to);
      const isNew = !seen.has(name);
      seen.add(name);
      return isNew;
    });
};
