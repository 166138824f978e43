import type { PlanText } from './characters.ts';
import { contactNoun, fieldKindOf, findFields, paperVerb, personNoun } from './labels.ts';
import { anyName, commonWord, honorific, likelyName, noPerson, sureName } from './names.ts';
import { columnOf } from './table-columns.ts';
import type { Part } from './titles.ts';
import { findWrittenNumbers } from './written-numbers.ts';

/** Seven digits or more, with the signs that part the groups of a number, its area code and its extension. */
const numbers =
  /(?<!\d)(?:\+?86-?)?(?:\(0\d{2,3}\)-?|0\d{2,3}[—~]{1,2})?\d[\d-]{5,}[\dXx](?:转\d{1,6})?(?!\d)/g;

/** Whether digits can be a person's number: not 2024-03-05 and not 2023-2024. */
const isNumber = (written: string): boolean => {
  // Blanks are gone, so that a time may follow a date at once.
  // 2018425: a date that has lost its signs.
  if (
    /^(?:19|20)\d{5,6}$/.test(written) &&
    /^(?:19|20)\d\d(?:0?[1-9]|1[0-2])\d{1,2}$/.test(written)
  )
    return false;
  const rest = written.replace(/(?<!\d)(?:19|20)\d\d-(?:\d{1,2}-\d\d|(?:19|20)\d\d)/g, '');
  return rest.replace(/\D/g, '').length >= 7;
};

/** How far from a number its name may begin. */
const reach = 40;

const isHan = (character: string | undefined): boolean =>
  character !== undefined && /[\p{Script=Han}·]/u.test(character);
const whole = (form: string): RegExp => new RegExp(`^${form}$`, 'u');
const sure = whole(sureName);
const likely = whole(`${likelyName}${honorific}?`);
const any = whole(`${anyName}${honorific}?`);
const called = new RegExp(`${honorific}$`);
const isName = (text: string, form: RegExp): boolean =>
  form.test(text) &&
  !noPerson.test(text.replace(called, '')) &&
  columnOf(text) === undefined &&
  fieldKindOf(text) === undefined;

/** What stands between a name and its number, and between names: 张三、李四(村委)电话. */
const between = new RegExp(
  `(?:[(:,、;/\\t]|\\([^()\\n]{1,12}\\)|${contactNoun}|Tel|TEL|${honorific})*$`,
);
const list = /[)、,;/和及与]{0,2}$/;
/** What leads to a name within a sentence: 请与张三联系. */
const leads = /(?:联系|咨询|报名|[请找由与和及向给至到人者员])$/;

/** The name that ends at `to`; after what is no boundary only beside a number, if a word leads to it or it is a sure one. */
const nameBefore = (
  { chars, hasGap }: PlanText,
  to: number,
  isBeside: boolean,
): Part | undefined => {
  const isEdge = (at: number): boolean => at === 0 || hasGap(at) || !isHan(chars[at - 1]);
  for (let from = Math.max(0, to - 24); from <= to - 2; from += 1)
    if (isEdge(from) && isName(chars.slice(from, to), likely)) return { from, to };
  const ends = [4, 3, 2].map((size) => to - size).filter((from) => isBeside && from > 0);
  const from =
    ends.find(
      (at) =>
        leads.test(chars.slice(Math.max(0, at - 2), at)) && isName(chars.slice(at, to), likely),
    ) ?? ends.find((at) => isName(chars.slice(at, to), sure));
  return from === undefined ? undefined : { from, to };
};

/** The names before a number. */
const namesBefore = (plan: PlanText, at: number): readonly Part[] => {
  const found: Part[] = [];
  for (let to = at; ; ) {
    const window = plan.chars.slice(Math.max(0, to - reach), to);
    const sign = (found.length === 0 ? between : list).exec(window)?.[0] ?? '';
    const name = nameBefore(plan, to - sign.length, found.length === 0);
    if (!name) return found;
    found.push(name);
    to = name.from;
  }
};

const signs = new RegExp(`^(?:[():,、;/\\t]|—{1,2}|[为是]|${contactNoun})*`);

/**
 * The names that follow one another from `at`: to the end of the line, or to what is no name, such as the
 * next label or number, which has names of its own. @param first the form of the first name
 */
const namesAfter = (plan: PlanText, from: number, first: RegExp): readonly Part[] => {
  const { chars, hasGap } = plan;
  const found: Part[] = [];
  for (let at = from; ; ) {
    at += signs.exec(chars.slice(at, at + reach))?.[0].length ?? 0;
    let to = at;
    while (to < chars.length && to - at < 24 && isHan(chars[to]) && (to === at || !hasGap(to)))
      to += 1;
    // 张 明: blanks within a short name.
    const isShort = to - at === 1 && isHan(chars[to]) && (hasGap(to + 1) || !isHan(chars[to + 1]));
    if (isShort) to += 1;
    if (!isName(chars.slice(at, to), found.length === 0 ? first : likely)) return found;
    found.push({ from: at, to });
    at = to;
  }
};

/** The names in a list of words, each between signs or blanks. */
const namesIn = ({ chars, hasGap }: PlanText, { from, to }: Part): readonly Part[] => {
  const starts: number[] = [];
  for (let at = from; at < to; at += 1)
    if (at === from || hasGap(at) || !isHan(chars[at - 1])) starts.push(at);
  return starts.flatMap((start, index) => {
    const piece = chars.slice(start, starts[index + 1] ?? to).replace(/[^\p{Script=Han}·]+$/u, '');
    return isName(piece, likely) ? [{ from: start, to: start + piece.length }] : [];
  });
};

/** A sentence that goes on behind a contact: …,纸质版送到街道办公室. */
const sentence = /,\p{Script=Han}{7,}/u;

/** 119, 12345: the number of a public service, which reaches nobody by name. */
const publicNumber = /^\(?(?:1[0-2]\d|12\d{3}|9[56]\d{3})(?![\d-])\)?/;

/** What names a person in the value of a label: all of it, unless it ends as the name of a unit does. */
const namesInValue = (plan: PlanText, { from, to }: Part): readonly Part[] => {
  const value = plan.chars.slice(from, to);
  const service = publicNumber.exec(value)?.[0].length ?? 0;
  if (service > 0) return namesIn(plan, { from: from + service, to });
  const goesOn = value.search(sentence);
  const end = goesOn < 0 ? to : from + goesOn;
  const first = plan.chars.slice(from, end);
  return !noPerson.test(first) || /\d{7}/.test(first)
    ? [{ from, to: end }, ...namesIn(plan, { from: end, to })].filter((part) => part.to > part.from)
    : namesIn(plan, { from, to });
};

const nouns = new RegExp(personNoun, 'gu');
/** 审核:…, 制表:…: who made a paper, where the label says only what was done. */
const made = new RegExp(`${paperVerb}:`, 'g');

/** Names below a label: lines that are a name and nothing else. */
const namesBelow = ({ chars }: PlanText, from: number, first: RegExp): readonly Part[] => {
  const found: Part[] = [];
  for (let at = from; chars[at] === '\n'; ) {
    const line = /^[^\n]{0,24}/.exec(chars.slice(at + 1, at + 25))?.[0] ?? '';
    const to = at + 1 + line.length;
    if ((chars[to] ?? '\n') !== '\n' || !isName(line, found.length === 0 ? first : sure)) break;
    found.push({ from: at + 1, to });
    at = to;
  }
  return found;
};

/** Names and numbers of contacts: after labels (联系人:, 负责同志 …), and names beside a telephone number. */
export const findContacts = (plan: PlanText): readonly Part[] => {
  const { chars, hasGap } = plan;
  const found: Part[] = [];
  for (const { kind, from, to } of findFields(plan, 0, chars.length))
    if (kind.field === 'person')
      found.push(
        ...namesInValue(plan, { from, to }),
        ...namesAfter(plan, to, likely),
        ...namesBelow(plan, to, sure),
      );
  for (const { index, 0: noun } of chars.matchAll(nouns)) {
    const at = index + noun.length;
    if (chars[at] === ':') continue;
    const isParted = hasGap(at) || /[(\t]/.test(chars[at] ?? '');
    found.push(...namesAfter(plan, at, isParted ? any : likely), ...namesBelow(plan, at, likely));
  }
  for (const { index, 0: label } of chars.matchAll(made))
    found.push(
      ...namesAfter(plan, index + label.length, likely).filter(
        ({ from, to }) => !commonWord.test(chars.slice(from, to)),
      ),
    );
  const written = [...chars.matchAll(numbers)]
    .filter(([number]) => isNumber(number))
    .map(({ index, 0: number }) => ({ from: index, to: index + number.length }));
  for (const { from, to } of [...written, ...findWrittenNumbers(chars)])
    found.push({ from, to }, ...namesBefore(plan, from), ...namesAfter(plan, to, likely));
  return found;
};
