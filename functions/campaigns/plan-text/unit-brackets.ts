// Units that stand in brackets behind an activity, without a word that says what they are.

import type { PlanText } from './characters.ts';
import type { UnitRole } from './labels.ts';
import type { Part } from './titles.ts';
import {
  anybody,
  type FoundUnit,
  isNoName,
  isNoUnit,
  listed,
  unitEnd,
  unitsOf,
} from './unit-names.ts';

/** …清扫(党建办、各社区): a bracket at the end of a line or a sentence that holds nothing but names. */
const brackets = /(?<=[\p{Script=Han}”》。!])\(([^():,。;\n\t\d]{2,40})\)(?=[。;\n\t]|$)/gu;
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

/** What brackets behind activities hold in a plan. */
export interface BracketRule {
  /** Whether each of them says who does it, as the plan says or as most of them show. */
  readonly nameUnits: boolean;
  /** Whether the first of them leads and the others are responsible, as the plan says. */
  readonly isFirstLead: boolean;
}

const says =
  /括号(?:内|中|里)(?:的|所列|为|是|均为|系)*[^,。;)\n]{0,8}(?:单位|部门|科室|牵头|责任|负责|承办)/;
const firstLeads =
  /(?:第一位|首位|首个|第一个|第一家|排名第一|排在(?:首位|最前|第一位)|列(?:首位|第一))(?:的)?(?:单位|部门)?(?:是|为|系)?(?:牵头|主办|总牵头)/;
/** Fewer brackets show no rule. */
const leastBrackets = 3;

export const bracketRuleOf = (chars: string): BracketRule => {
  const written = [...chars.matchAll(brackets)].map(([, names = '']) => names);
  const sure = written.filter(areUnits).length;
  return {
    nameUnits: says.test(chars) || (sure >= leastBrackets && sure * 2 > written.length),
    isFirstLead: firstLeads.test(chars),
  };
};

/** Whether a list may name units, where the plan's brackets do. */
const mayBeUnits = (written: string): boolean =>
  written.split('、').every((name) => ![isNoName, isNoUnit, anybody].some((is) => is.test(name)));

/** The units in brackets in a part of a plan. */
export const unitsInBrackets = (
  plan: PlanText,
  { from, to }: Part,
  { nameUnits, isFirstLead }: BracketRule,
): readonly FoundUnit[] =>
  [...plan.chars.slice(from, to).matchAll(brackets)].flatMap(({ index, 1: written = '' }) => {
    if (!(nameUnits ? mayBeUnits(written) : areUnits(written))) return [];
    const start = from + index + 1;
    const part = { from: start, to: start + written.length };
    return unitsOf(plan, part, 'responsible', listed).map((unit, at) => {
      const role: UnitRole = isFirstLead && at === 0 ? 'lead' : unit.role;
      return { ...unit, role };
    });
  });
