import { doorsIn } from '../../people/personal-places.ts';
import { recipientNamesIn } from '../../people/recipient-names.ts';
import { type PlanText, readCharacters } from './characters.ts';
import { findContacts } from './contacts.ts';
import { famous, honorific, likelyName, noPerson, sureName } from './names.ts';
import { findNamed } from './role-names.ts';
import { findPeople } from './tables.ts';
import type { Part } from './titles.ts';

const addresses =
  /[\w.+-]{1,64}(?:@|[([【]at[)\]】])[\w-]{1,63}(?:(?:\.|[([【]dot[)\]】])[\w-]{1,63}){1,4}/gi;
const accounts =
  /(?:微信|(?<![a-z])QQ)(?:同?号|群)?:?[a-z0-9_-]{5,20}|(?<![a-z])(?:v信|VX|WX|weixin|wechat)(?:同?号|id)?:[a-z0-9_-]{5,20}/gi;

/** A name with what somebody is called by, where a sentence names a person: 邀请李某某医生. */
const titled = new RegExp(
  `(?<=(^|[,。;:、\\n\\t()]|由|请|请到|听|和|与|及)?)(${sureName})${honorific}`,
  'gu',
);
/** 交到某某处, 与某某联系: to whom something is brought, and whom somebody asks. */
const receivers = [
  `(?<=交到|交齐到|交给|交至|报给|报至|送到|联系|咨询|[请可]找|报名找)(${sureName})(?=处|老师|,|。|$)`,
  `(?<=[与跟和向找])(${likelyName})(?=(?:同志|老师)?(?:联系|咨询|对接|报名))`,
  // 由某某负责: who does something, by name.
  `(?<=由)(?!.{1,2}[区县市镇乡村街])(${sureName})(?=(?:同志|老师)?(?:负责|带队|主持|主讲|讲授|授课|牵头|对接|讲解|带领))`,
].map((pattern) => new RegExp(pattern, 'gmu'));

/**
 * The parts of a plan that name or reach a person: contacts, numbers of telephones and documents, e-mail
 * addresses, names with a form of address or behind a word for a role, people who are served, and doors.
 */
export const findPersonal = (plan: PlanText): readonly Part[] => {
  const { chars } = plan;
  const found: Part[] = [...findPeople(plan)];
  found.push(
    ...findContacts(plan),
    ...findNamed(plan),
    ...recipientNamesIn(chars),
    ...doorsIn(chars),
  );
  for (const pattern of [addresses, accounts])
    for (const match of chars.matchAll(pattern))
      found.push({ from: match.index, to: match.index + match[0].length });
  for (const receiver of receivers)
    for (const match of chars.matchAll(receiver))
      if (!noPerson.test(match[1] ?? ''))
        found.push({ from: match.index, to: match.index + match[0].length });
  // Blanks before a name are a boundary as well as a sign.
  for (const match of chars.matchAll(titled))
    if ((match[1] !== undefined || plan.hasGap(match.index)) && !famous.test(match[2] ?? ''))
      found.push({ from: match.index, to: match.index + match[0].length });
  return united(found);
};

/** Parts in order, of which none overlaps another. */
export const united = (parts: readonly Part[]): readonly Part[] => {
  const kept: Part[] = [];
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    const last = kept.at(-1);
    if (!last || last.to <= part.from) kept.push(part);
    else kept[kept.length - 1] = { from: last.from, to: Math.max(last.to, part.to) };
  }
  return kept;
};

/** Whether a part touches one of the others. */
export const touches = (part: Part, others: readonly Part[]): boolean =>
  others.some((other) => other.from < part.to && part.from < other.to);

/** A text with a mark in place of each character that names or reaches a person. */
export const withoutPersonal = (text: string): string => {
  const plan = readCharacters(text);
  let shown = '';
  let at = 0;
  for (const { from, to } of findPersonal(plan)) {
    const { start, end } = plan.spanOf(from, to);
    shown += text.slice(at, start);
    shown += text.slice(start, end).replace(/[^\s]/g, '＊');
    at = end;
  }
  return shown + text.slice(at);
};
