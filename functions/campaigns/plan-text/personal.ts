import { type PlanText, readCharacters } from './characters.ts';
import { findFields } from './labels.ts';
import { findRows } from './tables.ts';
import type { Part } from './titles.ts';

/** Seven digits or more, with the signs that part the groups of a number. */
const numbers = /(?<!\d)(?:\+?86[- ]?)?\d(?:[\d-]{5,20})[\dXx](?!\d)/g;
const addresses = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;
const accounts = /(?:微信|QQ|qq)(?:号|群)?:?[A-Za-z0-9_-]{5,20}/g;

const surnames =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐费廉岑薛雷贺倪汤罗毕郝安常乐傅齐康伍余顾孟黄穆萧尹姚邵汪毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮闵席季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房丁邓单洪包石崔龚程裴陆翁段侯武刘龙叶黎薄白赖卓蔺屠池乔谭申冉关简饶曾沙肖游';
const name = `[${surnames}][\\p{Script=Han}]{1,2}`;
const honorific =
  '(?:同志|副?(?:市长|县长|区长|镇长|乡长|部长|主席)|老师|书记|主任|医生|医师|教授|律师|先生|女士|院长|校长|局长|科长|站长|所长|队长|经理|会长)';
/** A name with what somebody is called by, where a sentence names a person: 邀请李某某医生. */
const titled = new RegExp(
  `(?<=(^|[,。;:、\\n\\t()]|由|请|请到|听|和|与|及)?)(${name})${honorific}`,
  'gu',
);
/** 交到某某处: to whom something is brought. */
const receiver = new RegExp(
  `(?<=交到|交齐到|交给|交至|报给|报至|送到|联系|咨询)(${name})(?=处|老师|,|。|$)`,
  'gmu',
);
/** A name before a number of a telephone. */
const beforeNumber = new RegExp(`(?<=^|[,。;:、\\n\\t(])(${name})[(:,]?$`, 'u');
const alone = new RegExp(`^${name}$`, 'u');

/** Whether a text has the form of a person's name: 承办:李红. */
export const looksLikeName = (text: string): boolean => alone.test(text);

/** Whom everybody may name. */
const famous =
  /^(?:雷锋|毛泽东|周恩来|邓小平|习近|焦裕禄|郭明义|张思德|白求恩|黄继光|邱少云|王进喜)/;

/** What stands after 负责人 and is no person: 各小组的负责人, 社区团支部. */
const noPerson =
  /(?:单位|部门|社区|支部|委员会|[局委办部会联站所院校队组]|负责人|书记|主任|志愿者|党员|干部|人员|居民|代表|各\S*)$/;

/**
 * The parts of a plan that name or reach a person: what stands after 联系人 and the like, numbers of
 * telephones and documents, e-mail addresses, names with a form of address.
 */
export const findPersonal = (plan: PlanText): readonly Part[] => {
  const { chars } = plan;
  const found: Part[] = findRows(plan).flatMap(({ people }) => people);
  for (const { kind, from, to } of findFields(plan, 0, chars.length))
    if (kind.field === 'person' && to > from) {
      const value = chars.slice(from, to);
      if (!noPerson.test(value) || /\d{7}/.test(value)) found.push({ from, to });
    }
  for (const match of chars.matchAll(numbers)) {
    if (!isNumber(match[0])) continue;
    const before = beforeNumber.exec(chars.slice(Math.max(0, match.index - 8), match.index));
    const from = match.index - (before ? before[0].length : 0);
    found.push({ from, to: match.index + match[0].length });
  }
  for (const pattern of [addresses, accounts])
    for (const match of chars.matchAll(pattern))
      found.push({ from: match.index, to: match.index + match[0].length });
  for (const match of chars.matchAll(receiver))
    if (!noPerson.test(match[1] ?? ''))
      found.push({ from: match.index, to: match.index + match[0].length });
  // Blanks before a name are a boundary as well as a sign.
  for (const match of chars.matchAll(titled))
    if ((match[1] !== undefined || plan.hasGap(match.index)) && !famous.test(match[2] ?? ''))
      found.push({ from: match.index, to: match.index + match[0].length });
  return found.sort((a, b) => a.from - b.from);
};

/** Whether digits can be a person's number: not 2024-03-05 and not 2023-2024. */
const isNumber = (written: string): boolean => {
  // Blanks are gone, so that a time may follow a date at once.
  // 2018425: a date that has lost its signs.
  if (
    /^(?:19|20)\d{5,6}$/.test(written) &&
    /^(?:19|20)\d\d(?:0?[1-9]|1[0-2])\d{1,2}$/.test(written)
  )
    return false;
  const rest = written.replace(/^(?:19|20)\d\d-(?:\d{1,2}-\d\d|(?:19|20)\d\d)/, '');
  return rest.replace(/\D/g, '').length >= 7;
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
    if (end <= at) continue;
    shown += text.slice(at, Math.max(at, start));
    shown += text.slice(Math.max(at, start), end).replace(/[^\s]/g, '＊');
    at = end;
  }
  return shown + text.slice(at);
};
