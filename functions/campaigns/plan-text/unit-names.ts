import type { PlanText } from './characters.ts';
import type { UnitRole } from './labels.ts';
import { looksLikeName } from './names.ts';
import type { Part } from './titles.ts';

/** A unit that a plan names, where its name stands. */
export interface FoundUnit extends Part {
  readonly role: UnitRole;
}

/** Words with which the name of a unit ends. */
export const unitEnd =
  '(?:局|委|办|部|会|联|小组|校|站|所|中心|单位|部门|社区|乡镇|街道|镇|乡|村|支部|团委|工委|党委|党组|队|总队|大队|学校|小学|中学|大学|学院|医院|公司|银行|协会|机关|组织|企业|系|院|馆|团|班|科|室|处|物业|商户|集团|基地|妇联|残联|工会|各界|教育|民政)';
/** People whom a plan sends: more than just volunteers, whoever they are. */
export const peopleEnd =
  '(?:志愿者|党员|干部|青年|团员|职工|队员|教师|师生|学生|医生|医护人员|医务人员|民警|律师|专家|少年|骨干|妇女|代表|人员|员工|工作者)';
export const anybody =
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

/** The whole name of a unit. */
export const wholeName = new RegExp(`^.{2,}${unitEnd}$`);
/** What parts names in a list. */
export const listed = /[、,;/\t]/;
export const listedWithAnd = /[、,;/\t和]/;
export const inSentence = /[、及和与]/;

/** The units in a list of names, all in one role. */
export const unitsOf = (
  plan: PlanText,
  part: Part,
  role: UnitRole,
  split: RegExp,
): readonly FoundUnit[] =>
  namesIn(plan, part, split).flatMap((name) => {
    const written = plan.chars.slice(name.from, name.to);
    return looksLikeName(written) && !wholeName.test(written) ? [] : [{ ...name, role }];
  });

/** Whether a list is introduced by a verb or a time and so is no name. */
export const isNoName =
  /^[我全本][校院市区县镇乡村街]|^(?:联合|会同|邀请|聘请|协同|与|和|在|于|以|为|对|把|将|从|向|通过|利用|结合|围绕|按照|根据|每|第|第?\d|其|并|同时|积极|充分|进一步|要|各类|开展|组织|由)|[月日]$|活动(?!中心|室)/;

/** Verbs and nouns that no name of a unit has. */
export const isNoUnit =
  /活动(?!中心|室)|开展|利用|通过|服务队伍|志愿服务$|进行|机会|社会$|[大小晚集例]会$|班会|工作|学习|参加|前往|走进|深入/;

/** Whether a text is the name of a unit, or several, and nothing else: a heading for what they do. */
export const areOnlyUnits = (written: string): boolean =>
  written
    .split('、')
    .every(
      (name) =>
        name.length <= 16 &&
        wholeName.test(name) &&
        !/[,。;:“”《》\d]/.test(name) &&
        ![isNoName, isNoUnit, anybody, notSure].some((is) => is.test(name)),
    );
/** What ends as the name of a unit does, and may be a place, a group of people or a word. */
const notSure =
  /^(?:进|走|送|爱|护|清洁|美丽|文明|平安|和谐)|(?:进|入|到|在|服务|志愿)\p{Script=Han}{0,3}$|班会|日$/u;
