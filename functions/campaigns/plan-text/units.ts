import type { PlanText } from './characters.ts';
import { findFields, type UnitRole } from './labels.ts';
import { looksLikeName } from './names.ts';
import type { Part } from './titles.ts';

/** A unit that a plan names, where its name stands. */
export interface FoundUnit extends Part {
  readonly role: UnitRole;
}

/** Words with which the name of a unit ends. */
const unitEnd =
  '(?:局|委|办|部|会|联|小组|校|站|所|中心|单位|部门|社区|乡镇|街道|镇|乡|村|支部|团委|工委|党委|党组|队|总队|大队|学校|小学|中学|大学|学院|医院|公司|银行|协会|机关|组织|企业|系|院|馆|团|班|科|室|处|物业|商户|集团|基地|妇联|残联|工会|各界|教育|民政)';
/** People whom a plan sends: more than just volunteers, whoever they are. */
const peopleEnd =
  '(?:志愿者|党员|干部|青年|团员|职工|队员|教师|师生|学生|医生|医护人员|医务人员|民警|律师|专家|少年|骨干|妇女|代表|人员|员工|工作者)';
const anybody =
  /^(?:广大|全体|各类|社区|辖区|部分|相关|有关|社会|热心|我们?|全[市区县镇校])*(?:志愿者|志愿服务队|居民|群众|市民|人员|学生|人|队伍|代表|妇女)(?:们)?$/;

/** 等有关单位, at the end of a list of units. */
const andOthers =
  /(?:等)(?:有关|相关|各|成员|职能|\d+(?:余|多)?[个家])*(?:单位|部门|组织|机构|人员)?$|(?:等)$/;
/** Places or levels in a row are one name: 各省、市、县级文明单位, 各级团、队组织. */
const isOneName = (chars: string, at: number): boolean =>
  /[省市区县镇乡街级团]$/.test(chars.slice(0, at)) &&
  /^、(?:[省市区县镇乡街村]|队组织)/.test(chars.slice(at, at + 4));

/** The number of a heading before a name: (2)校团委. */
const numbering = /^\(?[\d一二三四五六七八九十]{1,2}[)、.]/;

const trimmed = (chars: string, { from, to }: Part): Part => {
  let [start, end] = [from + (numbering.exec(chars.slice(from, to))?.[0].length ?? 0), to];
  while (start < end && /[\s,。;:、·)“”】]/.test(chars[start] as string)) start += 1;
  while (end > start && /[\s,。;:、(“”【以]/.test(chars[end - 1] as string)) end -= 1;
  return { from: start, to: end };
};

/** The names in a list of units; what stands in brackets belongs to the name before. */
const namesIn = ({ chars, hasGap }: PlanText, part: Part, split: RegExp): readonly Part[] => {
  const names: Part[] = [];
  let from = part.from;
  let depth = 0;
  for (let at = part.from; at <= part.to; at += 1) {
    const character = chars[at] ?? '';
    if (at < part.to && character === '(') depth += 1;
    if (at < part.to && character === ')') depth = Math.max(0, depth - 1);
    const isEnd = at === part.to;
    // Blanks part names of which the first is whole: 区妇联 区教育局.
    const isGap = !isEnd && at > from && hasGap(at) && wholeName.test(chars.slice(from, at));
    if (
      !isEnd &&
      (depth > 0 ||
        !(isGap || split.test(character)) ||
        isOneName(chars.slice(Math.max(0, at - 6), at + 4), Math.min(6, at)))
    )
      continue;
    names.push({ from, to: at });
    from = isGap ? at : at + 1;
  }
  return names.flatMap((each) => {
    let { from: start, to: end } = trimmed(chars, each);
    const opening = chars.lastIndexOf('(', end - 1);
    // 宣传(工商所: the name begins in the bracket.
    if (opening >= start && !chars.slice(opening, end).includes(')')) start = opening + 1;
    const others = andOthers.exec(chars.slice(start, end));
    if (others) end -= others[0].length;
    const bracket = chars.indexOf('(', start);
    if (bracket > start && bracket < end && /[含包括等:]/.test(chars.slice(bracket, end)))
      end = bracket;
    const name = chars.slice(start, end);
    // 县妇联领导各1名: how many come is no part of the name.
    const many = /(?:各|限)?\d+(?:余|多)?[人名位]$/.exec(name);
    if (many) end -= many[0].length;
    if (/负责人$|^[举承主协兴创]办$|限[报定额]/.test(chars.slice(start, end))) return [];
    if (/^各?(?:有关|相关)?(?:单位|部门)$/.test(chars.slice(start, end)) && others) return [];
    return end - start >= 2 && end - start <= 40 ? [{ from: start, to: end }] : [];
  });
};

const wholeName = new RegExp(`^.{2,}${unitEnd}$`);
const listed = /[、,;/\t]/;
const listedWithAnd = /[、,;/\t和]/;
const inSentence = /[、及和与]/;

const roleOfVerb: Readonly<Record<string, UnitRole>> = {
  参与: 'participating',
  参加: 'participating',
  牵头: 'lead',
  主办: 'lead',
  举办: 'lead',
  组织: 'lead',
  负责: 'responsible',
  承办: 'responsible',
  实施: 'responsible',
  落实: 'responsible',
  协办: 'cooperating',
  配合: 'cooperating',
};

/** 由县教育局组织; the name has no punctuation but the sign of a list. */
const by =
  /由([^,。;:\n\t由]{2,40}?)(?:具体|统一|共同|联合)?(牵头|主办|举办|组织|负责|承办|实施|落实|协办|配合|(?:联合|共同)(?=[在于开举评组]))/g;
/** …(宣传部牵头,各社区配合): a clause that says nothing but who does which part. */
const takesPart =
  /(?<=[,;(])([^,。;:()\n\t由的]{2,40}?)(?:积极|协助|共同|联合|具体)?(牵头|主办|负责|承办|实施|配合|协办|参与|参加)(?=[,。;)\n]|$)/g;
/** …清扫(党建办、各社区): a bracket at the end of a line or a sentence that holds nothing but whole names. */
const inBracket = /(?<=[\p{Script=Han}”》])\(([^():,。;\n\t\d]{2,40})\)(?=[。;\n\t]|$)/gu;
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
/** 教导处和总务处拟定…, 各中队出一期…, 水利局“…”行动: who does something, at the beginning of a clause. */
const subjects = new RegExp(
  `(?<=^|[,。;:\\n\\t)])(${listOf})${others}(?=(?:将|应|须|具体|共同|联合)?(?:拟定|制作|张贴|张挂|走进|开展|举办|举行|召开|选派|派出|组建|成立|深入|设立|设置|发放|播放|清理|清扫|集中|分别|现场|安排|出一期|黑板报|围绕|根据|依托|选送|在[^,。;\\n]{2,16}(?:开展|举办|举行|组织|召开|进行|设立|设置)|“))`,
  'g',
);
/** 各文明单位组织志愿者…, at the beginning of a clause. */
const acts = new RegExp(
  `(?<=^|[,。;:\\n\\t)])([^,。;:\\n\\t“”《》由的以]{1,40}?${unitEnd}(?:\\([^()\\n]{1,20}\\)|等(?:有关|相关)?(?:单位|部门)?)?)(?=(?:以[^,。;\\n]{1,8}为单位)?(?:要|(?<!社会|[团党级工])组织(?!要|应|根据|围绕|结合))|定于|拟于|计划|决定|负责|联合|牵头|结合|广泛开展|集中开展|分别开展|应|将)`,
  'g',
);

interface Found {
  readonly unit: FoundUnit;
}

const unitsOf = (plan: PlanText, part: Part, role: UnitRole, split: RegExp): readonly Found[] =>
  namesIn(plan, part, split).flatMap((name) => {
    const written = plan.chars.slice(name.from, name.to);
    return looksLikeName(written) && !wholeName.test(written) ? [] : [{ unit: { ...name, role } }];
  });

/** Whether a list is introduced by a verb or a time and so is no name. */
const isNoName =
  /^[我全本][校院市区县镇乡村街]|^(?:联合|会同|与|和|在|于|以|为|对|把|将|从|向|通过|利用|结合|围绕|按照|根据|每|第|第?\d|其|并|同时|积极|充分|进一步|要|各类|开展|组织|由)|[月日]$|活动(?!中心|室)/;

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

/** Whether a list of names holds units and nothing else: 党建办、各社区, and not 重点路段. */
const areUnits = (written: string): boolean =>
  written
    .split('、')
    .every(
      (name) =>
        unitName.test(name) &&
        ![isNoName, isNoUnit, anybody, noUnitInBracket].some((is) => is.test(name)),
    );
const unitName = new RegExp(`^.{1,}${unitEnd}$`);
/** What ends as names of units do and may be a place or a time, where nothing but the bracket says who. */
const noUnitInBracket =
  /[节日内外上下前后本该]|^(?:试点|示范|重点|文明|部分|线|小区|全)|^(?!各).*(?:村|社区|院|馆|站|中心|学校|小学|中学|基地)$/;

/** Verbs and nouns that no name of a unit has. */
const isNoUnit =
  /活动(?!中心|室)|开展|利用|通过|服务队伍|志愿服务$|进行|机会|社会$|[大小晚集例]会$|班会|工作|学习|参加|前往|走进|深入/;

/** The units in a cell of a table, which names nothing else. */
export const unitsInCell = (plan: PlanText, cell: FoundUnit): readonly FoundUnit[] =>
  unitsOf(plan, cell, cell.role, listed).map(({ unit }) => unit);

/**
 * The units that a part of a plan names, in order and each once: after labels such as 牵头单位; where
 * there are none, also where a sentence says who does something.
 * @param sentences the part in which sentences are read
 */
export const findUnits = (
  plan: PlanText,
  { from, to }: Part,
  sentences: Part = { from, to },
): readonly FoundUnit[] => {
  const { chars } = plan;
  const found: Found[] = [];
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
    if (!isNoName.test(match[1] ?? ''))
      found.push(...unitsOf(plan, partOf(match), roleOfVerb[match[2] ?? ''] ?? 'lead', inSentence));
  for (const match of text.matchAll(takesPart))
    if (!isNoName.test(match[1] ?? '') && wholeName.test(match[1] ?? ''))
      found.push(...unitsOf(plan, partOf(match), roleOfVerb[match[2] ?? ''] ?? 'lead', inSentence));
  const bracketed = isLabelled
    ? []
    : [...text.matchAll(inBracket)].filter(({ 1: written }) => areUnits(written ?? ''));
  for (const match of bracketed) found.push(...unitsOf(plan, partOf(match), 'responsible', listed));
  // 学雷锋社区清扫(党建办): the bracket says who, so that no sentence needs to.
  if (!isLabelled && bracketed.length === 0) {
    for (const match of text.matchAll(acts))
      if (!isNoName.test(match[1] ?? ''))
        found.push(...unitsOf(plan, partOf(match), 'lead', inSentence));
    for (const [pattern, role] of [
      [subjects, 'lead'],
      [each, 'lead'],
      [together, 'lead'],
      [sendsUnits, 'participating'],
    ] as const)
      for (const match of text.matchAll(pattern))
        if (![isNoName, isNoUnit, anybody].some((is) => is.test(match[1] ?? '')))
          found.push(...unitsOf(plan, partOf(match), role, inSentence));
    for (const match of text.matchAll(sends))
      if (!anybody.test(match[1] ?? ''))
        found.push({ unit: { ...partOf(match), role: 'participating' } });
    for (const match of text.matchAll(recruits))
      found.push({ unit: { ...partOf(match), role: 'participating' } });
    for (const match of text.matchAll(invites))
      found.push({ unit: { ...partOf(match), role: 'participating' } });
  }
  const seen = new Set<string>();
  return withoutOverlaps(found.map(({ unit }) => unit))
    .sort((a, b) => a.from - b.from)
    .filter((unit) => {
      const name = chars.slice(unit.from, unit.to);
      const isNew = !seen.has(name);
      seen.add(name);
      return isNew;
    });
};
