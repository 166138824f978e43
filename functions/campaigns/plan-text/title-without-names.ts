// The title of an activity whose heading names a person.
import type { Part } from './titles.ts';

/** What brings a person into a sentence, with the word for the role, at the end of what stands before the name. */
const bringing = /(?:由|邀请?|特邀|聘请?|请|[与跟同向为给对听]|和(?![谐平睦]))[^,。;:、“”]{0,8}$/;
/** A word for a role or for who is served alone, with or without what brings the person. */
const isDangling =
  /^(?:(?:由|邀请?|特邀|聘请?|请|[与和跟同向为给对听]).{0,12}|.{0,6}[师员者手家人户匠]|.{0,6}(?:骨干|劳模|模范|标兵|达人|干部|师傅|代表|书记|主任|老兵|战士|学生|儿童|家庭|对象|家属|烈属|军属))?$/;
/** 慰问困难户: what is done for somebody is a name of an activity. */
const isDone = /^(?:慰问|走访|看望|探望|关[爱怀心]|帮[扶助困]|陪伴|服务|寻访|采访|学习|致敬)/;
/** What somebody does behind the name, that is no activity. */
const isRole =
  /^(?:等.{0,6})?(?:带队|带头|负责|牵头|主持|主讲|参加|参与|组织|担任.*|现场|等|同志|家|家中|一家)?$/;
const leastLead = 3;

/** The end of the last clause before a place, or of what stands before a bracket that is open there. */
const clauseEnd = (words: string): number => {
  let depth = 0;
  for (let at = words.length - 1; at > 0; at -= 1) {
    const character = words[at] as string;
    if (character === ')') depth += 1;
    else if (character === '(') {
      if (depth === 0) return at;
      depth -= 1;
    } else if (depth === 0 && /[,;:、—]/.test(character)) return at;
  }
  return 0;
};

/**
 * A title without the person that it names: up to the clause, the bracket or the verb that brings the person;
 * where nothing else stands before the name, what is done behind it. Empty where that says nothing either.
 * @param personal what names or reaches people, in order and apart from each other
 */
export const withoutNames = (chars: string, part: Part, personal: readonly Part[]): Part => {
  const inside = personal.filter(({ from, to }) => from < part.to && part.from < to);
  const [first] = inside;
  if (!first) return part;
  const before = chars.slice(part.from, Math.max(part.from, first.from));
  const end = clauseEnd(before);
  const lead = before.slice(0, end).replace(/[—,;:、(]+$/, '');
  if (lead.length >= 2) return { from: part.from, to: part.from + lead.length };
  const brought = before.search(bringing);
  if (brought >= leastLead) return { from: part.from, to: part.from + brought };
  if (isDone.test(before) || !isDangling.test(before))
    return { from: part.from, to: part.from + before.length };
  const from = Math.max(...inside.map(({ to }) => to));
  const behind = /^[^,。;:、()—\n]*/.exec(chars.slice(from, Math.max(from, part.to)))?.[0] ?? '';
  return behind.length >= 2 && !isRole.test(behind)
    ? { from, to: from + behind.length }
    : { from: part.from, to: part.from };
};
