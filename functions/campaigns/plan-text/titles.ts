import { type DateToken, datesIn } from './dates.ts';
import { recurring } from './recurrence.ts';

/** A part of a plan's characters. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** Nouns with which the name of an activity ends. */
export const ends =
  /(?:活动|行动|服务|仪式|运动会|黑板报|板报|班会|演练|体检|义卖|展览|图片展|联欢|茶话会|游园|理发|征集|征文|文艺汇演|宣传|宣讲|培训|讲座|比赛|大赛|竞赛|计划|工程|慰问|演出|晚会|联谊|座谈会|动员会|总结|评选|表彰|劝导|清扫|整治|植树|义诊|志愿者|日|月|周|节|类)[”》]?$/;

/**
 * What is left of a month that has lost its number, before a name: 月份:…, 月 …; not 月饼, nor 月份:3月, which is a
 * label.
 */
export const lostMonth =
  '月(?:份|(?!份))(?=[:,、](?!\\d)|[\\p{Script=Han}“])(?<!月(?=[初底末日度饼季亮光球嫂圆满夜色刊报考历老影坛牙台]|中旬))';

/** The place for the number, left open: ( )月, __月, X月. */
export const openNumber = '(?:\\([_—-]{0,6}\\)|[_＿]{1,6}|[Xx×]{1,2})';

const beginsWithoutMonth = new RegExp(`^${openNumber}?${lostMonth}[:,、]?`, 'u');

/** 每周三、周六下午, before what is done. */
const often = new RegExp(
  `^(?:(?=每)${recurring}|(?:全年|常年)(?=\\p{Script=Han}{4})(?![级龄]))`,
  'u',
);

const adverbs =
  '(?:(?:我们|我[校院])?[将拟要]|计划|继续|深入|广泛|积极|认真|大力|集中|联合|扎实|统一|持续|全面|精心|分别|适时|定期|切实|着力|努力|进一步|重点|全[市县区镇校乡街]|各[地村]|在全[市县区镇校乡街](?:范围内)?|统筹|共同|主动)*';
const doing =
  '(?:开展|举办|举行|召开|进行|实施|启动(?!仪式|会)|组织(?!部|委|者|机构)|参加|抓好|做好|搞好|推进|加强|打造|落实|推动|策划|创办)';
/** What stands before the name of an activity: 继续开展, 组织一次. */
const opening = new RegExp(
  `^(?:${adverbs}${doing}(?:好|了)?(?:一次|一场|一期|一系列|系列)?(?:的)?)+(?=.{2})`,
);
/** A verb within a sentence whose object is the activity. */
const verb =
  /(?:开展|举办|举行|召开|进行|启动|组织(?:一次|一场)|组织(?:完成|实施|好)?(?=“)|开设(?=“)|参加)(?:好|了)?(?:一次|一场|一期|一系列)?(?:的)?/g;
const generic =
  /^(?:为主题|主题|专题|系列|的|志愿者|志愿|服务|学雷锋|雷锋|新时代|文明实践|实践|教育|宣传|公益|集中|大型|特色|品牌|日|周|月|等)*(?:活动|行动|服务|活动日|主题日|活动月|工作|项目)*(?:周|月|日)?$/;

/** A part without blanks and signs at its ends. */
export const trimmed = (chars: string, { from, to }: Part): Part => {
  let [start, end] = [from, to];
  while (start < end && /[\s,。;:、·)\-—】”》]/.test(chars[start] as string)) start += 1;
  while (end > start && /[\s,。;:、(\-—~【]/.test(chars[end - 1] as string)) end -= 1;
  return { from: start, to: end };
};

/** Times, and what goes with them, before and behind a name. */
const withoutTimes = (chars: string, part: Part, dates: readonly DateToken[]): Part => {
  let { from, to } = trimmed(chars, part);
  for (let changed = true; changed; ) {
    const before = from;
    const isBracket = chars[from] === '(';
    const start = from + (isBracket ? 1 : 0);
    const [token] = datesIn(dates, { from: start, to }).filter((each) => each.start === start);
    if (token && (!isBracket || chars[token.end] === ')')) from = token.end;
    const rest = chars.slice(from, Math.min(to, from + 30));
    const lead =
      beginsWithoutMonth.exec(rest) ??
      often.exec(rest) ??
      /^(?:\([^()\n]{0,12}\)|期间|的?第[一二三四]个(?:星期|周)[一二三四五六日]|当[天日]|[本下每]周[一二三四五六日]|第[一二三四五\d]{1,2}周|上午|下午|中午|晚上|早上|全天|\d{1,2}[:点时]\d{0,2}[分点]?(?:[-—~至到]\d{1,2}[:点时]\d{0,2}分?)?|每年|拟?[于在从](?=\d|[一二三四五六七八九十]+月)|拟|前?完成)/.exec(
        rest,
      );
    if (lead && (from > part.from || /^[拟于在从每月全常]/.test(lead[0]))) from += lead[0].length;
    from = trimmed(chars, { from, to }).from;
    changed = from !== before && from < to;
  }
  const bracket = /\(([^()\n]{1,60})\)$/.exec(chars.slice(Math.max(from, to - 64), to));
  if (bracket) {
    const start = to - bracket[0].length;
    const isTime = datesIn(dates, { from: start, to }).length > 0;
    if (isTime || /[:]|单位|部门|牵头|负责|每|不少于|至少/.test(bracket[1] ?? '')) to = start;
  }
  return trimmed(chars, { from, to });
};

const isGeneric = (rest: string): boolean =>
  generic.test(rest) || /^(?:为主题|为内容|为载体|主题)/.test(rest) || /^活动[,。]/.test(rest);

/**
 * The quoted name at the beginning, or after words that say whose or where it is, if what follows says
 * only that it is an activity.
 */
const quoted = (chars: string, { from, to }: Part): Part | undefined => {
  const text = chars.slice(from, to);
  const first = /“[^”\n]{2,40}”|《[^》\n]{2,40}》/.exec(text);
  if (!first) return undefined;
  const before = text.slice(0, first.index);
  if (!/^以?$|^[^,。;:]{2,60}的$/.test(before)) return undefined;
  const name = { from: from + first.index + 1, to: from + first.index + first[0].length - 1 };
  // 开展“暖心”助学行动: so short a quote is no name without what follows.
  const isWord = /^.[\p{Script=Han}]{2}.$/u.test(first[0]);
  const after = text.slice(first.index + first[0].length);
  if (isWord && !/^(?:主题|系列)*(?:活动)?(?:$|[,。;:(])/.test(after)) {
    const start = from + first.index;
    return { from: start, to: clauseEnd(chars, start, to) };
  }
  // 3·5, 三八 and 五四 alone are occasions, and name nothing.
  if (!/[\p{Script=Han}]{2}/u.test(first[0]) || /^“[一三五六七八九十]{2}”/.test(first[0]))
    return undefined;
  const end = first.index + first[0].length;
  // “12·5国际志愿者日”主题活动: a day is an occasion, and what is done on it stands behind it.
  const isOccasion =
    /[日节]”$/.test(first[0]) && /^(?!活动$)\p{Script=Han}{2,12}(?=$|[,。;:(])/u.test(after);
  if (isOccasion && isGeneric(after)) {
    const start = from + first.index;
    return { from: start, to: clauseEnd(chars, start, to) };
  }
  return isGeneric(text.slice(end, end + 40)) ? name : undefined;
};

const clauseEnd = (chars: string, from: number, to: number): number => {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const character = chars[at] as string;
    if (/[“《(]/.test(character)) depth += 1;
    else if (/[”》)]/.test(character)) depth -= 1;
    else if (depth <= 0 && /[,。;:\n\t]/.test(character)) return at;
  }
  return to;
};

/** What a sentence says is done: the object of its verb, or the name that it quotes. */
const objectOf = (chars: string, part: Part): Part | undefined => {
  const text = chars.slice(part.from, part.to);
  for (const match of text.matchAll(verb)) {
    const from = part.from + match.index + match[0].length;
    if (isQuoted(chars, part.from, from)) continue;
    const clause = clauseEnd(chars, from, part.to);
    // …慰问活动组织志愿者…: the name ends where another verb follows.
    const [ended] =
      /^.{4,40}?(?:活动|行动)(?=组织|邀请|通过|由)/.exec(chars.slice(from, clause)) ?? [];
    const object = trimmed(chars, { from, to: ended ? from + ended.length : clause });
    const name = quoted(chars, object);
    if (name) return name;
    // 参加街道举办的比赛: what is done has its own verb.
    const isNested = /(?:开展|举办|举行)(?!的)/.test(
      chars.slice(object.from, object.to).replace(/“[^”]*”/g, ''),
    );
    if (isNested) continue;
    const length = object.to - object.from;
    const isName = ends.test(chars.slice(object.from, object.to));
    if (length >= (isName ? 2 : 3) && (isName || length <= 20)) return object;
  }
  return undefined;
};

const themeOf = /^以?(“[^”\n]{2,40}”|《[^》\n]{2,40}》)为(?:活动)?(?:主题|内容|载体)(的)?,?/;

/** Of 以“…”为主题的征文比赛 all of it; of 以“…”为主题,开展歌咏比赛 what is done; else what is quoted. */
const ofTheme = (chars: string, part: Part): Part | undefined => {
  const found = themeOf.exec(chars.slice(part.from, part.to));
  if (!found?.[1]) return undefined;
  const start = part.from + found[0].indexOf(found[1]);
  const after = { from: part.from + found[0].length, to: part.to };
  const name = { from: start + 1, to: start + found[1].length - 1 };
  if (!found[2]) {
    const object = objectOf(chars, after);
    return object && !isGeneric(chars.slice(object.from, object.to)) ? object : name;
  }
  const to = clauseEnd(chars, after.from, after.to);
  const what = chars.slice(after.from, to);
  return isGeneric(what) || !ends.test(what) ? name : { from: start, to };
};

/** 以…为重点, 围绕…: how something is done; 由宣传部牵头, 各社区配合: by whom. */
const isManner = /^(?:以.{1,30}为.{1,6}|围绕.+|结合.+|根据.+|按照.+|为.+)$/;
const isByWhom =
  /^(?:由.{2,40}|[^“”]{2,40}?)(?:牵头|负责|主办|承办|协办|实施|组织|配合|协助)(?:实施|开展|组织)?$/;

/** The first clause that says what is done. */
const clauseOf = (chars: string, { from, to }: Part): Part => {
  const end = clauseEnd(chars, from, to);
  const written = chars.slice(from, end);
  if (end + 4 >= to) return { from, to: end };
  if (isByWhom.test(written)) return clauseOf(chars, { from: end + 1, to });
  return isManner.test(written)
    ? { from: end + 1, to: clauseEnd(chars, end + 1, to) }
    : { from, to: end };
};

const isQuoted = (chars: string, from: number, at: number): boolean => {
  let depth = 0;
  for (let index = from; index < at; index += 1)
    if (/[“《]/.test(chars[index] as string)) depth += 1;
    else if (/[”》]/.test(chars[index] as string)) depth -= 1;
  return depth > 0;
};

/** 清明文明祭扫,移风易俗进社区: two names in a row, of which the second says nothing of who does what. */
const pair =
  /^\p{Script=Han}{2,12}(?<![日节]),(?!由|以|为|在|通过|围绕|利用|结合|邀请|动员|发动|号召|各|针对|深入|广泛|表彰|评选|评出|进行|启动|集中|参加|全)(?!\p{Script=Han}*(?:组织|开展|举办|举行|负责|牵头|配合|参与))\p{Script=Han}{2,12}$/u;

/** What is done, without the verb before it, unless too little is left. */
const withoutVerb = (chars: string, { from, to }: Part): Part => {
  const [verbs = ''] = opening.exec(chars.slice(from, Math.min(to, from + 60))) ?? [];
  return to - from - verbs.length < 3 ? { from, to } : { from: from + verbs.length, to };
};

/** 由县医院、社区团支部参与义诊: who takes part, before what is done. */
const takingPart = /^由[^,。;:“”]{2,40}?参[与加](?:的)?(?=[^,。;:]{2})/;

/** 助残走访,由县残联负责: by whom, behind what is done. */
const responsible = /,由[^,。;:“”]{2,24}(?:负责|牵头|承办|带队|落实|实施|主讲)$/;

const maxTitle = 80;
/** A heading of more characters than this is a sentence, and its name is looked for in it. */
const longTitle = 24;

/** The name of the activity in a heading or a sentence; empty when there is none. */
export const titleIn = (chars: string, given: Part, dates: readonly DateToken[]): Part => {
  let part = withoutTimes(chars, given, dates);
  const doers = responsible.exec(chars.slice(Math.max(part.from, part.to - 40), part.to));
  if (doers && part.to - doers[0].length > part.from + 1)
    part = { from: part.from, to: part.to - doers[0].length };
  const takers = takingPart.exec(chars.slice(part.from, Math.min(part.to, part.from + 60)));
  if (takers) part = { from: part.from + takers[0].length, to: part.to };
  const whole = part;
  const lead = opening.exec(chars.slice(part.from, Math.min(part.to, part.from + 60)));
  const opens = chars.slice(part.from, part.from + 4);
  const plain = chars.slice(part.from, part.to).replace(/“[^”]*”|《[^》]*》/g, '');
  const isSaid = /^.{2,}(?:开展|举办|举行|召开|进行)/.test(plain);
  const isSentence =
    isSaid ||
    /^(?:[在于由向]|利用|围绕|结合|通过|针对|依托|根据|组织|邀请|发动|动员)/.test(opens) ||
    part.to - part.from > longTitle ||
    (plain.includes(',') &&
      (lead !== null || !pair.test(plain)) &&
      (plain.length > 20 ||
        ends.test(plain.slice(0, plain.indexOf(','))) ||
        /开展|举办|举行|召开|组织|进行/.test(plain)));
  const afterLead = trimmed(chars, { from: part.from + (lead?.[0].length ?? 0), to: part.to });
  const named = ofTheme(chars, afterLead) ?? quoted(chars, afterLead);
  if (named) return named;
  if (isSentence && !lead) {
    const object = objectOf(chars, part);
    const first = clauseOf(chars, part);
    // 3月5日学雷锋日,开展义诊: an occasion, and then what is done.
    const isOccasion =
      object && first.to < part.to && /[日节][”》]?$/.test(chars.slice(first.from, first.to));
    const isShort =
      !isSaid &&
      !isOccasion &&
      first.to - first.from <= longTitle &&
      ends.test(chars.slice(first.from, first.to));
    part = isShort || !object ? withoutVerb(chars, first) : object;
  } else if (lead) {
    // 组织党员开展…: what is done, not who does it.
    const isSent = /(?:组织|发动|邀请)$/.test(lead[0]);
    const object = isSent ? objectOf(chars, part) : undefined;
    part = object ?? trimmed(chars, { from: part.from + lead[0].length, to: part.to });
    // 加强宣传: without its verb too little is left.
    if (clauseEnd(chars, part.from, part.to) - part.from < 3) part = clauseOf(chars, whole);
    else if (isSentence && !object)
      part = { from: part.from, to: clauseEnd(chars, part.from, part.to) };
    if (part.to - part.from > longTitle) part = objectOf(chars, part) ?? part;
  }
  const tidy = withoutTimes(chars, part, dates);
  return { from: tidy.from, to: Math.min(tidy.to, tidy.from + maxTitle) };
};
