// Names behind a word for who somebody is: 书记褚卫国带头参加, 编辑:何大伟, 由街道陈志强同志带队.
import { recipients } from '../../people/recipient-names.ts';
import type { PlanText } from './characters.ts';
import { commonWord, famous, likelyName, noPerson, sureName, sureSurname } from './names.ts';
import type { Part } from './titles.ts';

/**
 * Who leads, teaches, writes, stands for others, is praised, or is served. The words are an open class, so that
 * most are known by their ends: 志愿者骨干, 退休教师, 非遗传承人, 维修能手.
 */
const roles = [
  '(?:联系|负责|责任|主持|主讲|带队|经办|召集|介绍|讲解|撰稿|供稿|传承|带头|领头|牵头|主理|发起|创始|当家|热心|候选|手艺|[好老军艺匠工党])人|先进个人',
  '领队|带队|嘉宾|编辑|责编|撰稿|供稿|摄影',
  '代表|书记|主任|委员|理事|干事|秘书|[组队站会院校局处科所镇乡县区市村班团店社厂部]长|经理|教授|博士|院士|护士',
  '骨干|劳模|模范|标兵|楷模|先进|达人|[能好巧高选歌旗]手|匠|师傅|(?:专|作|画|名|书法|艺术|歌唱|科学|企业|收藏)家',
  '(?<!动)员|(?<![或再前后])者|(?<=\\p{Script=Han})师(?![范资生长傅徒])|干部|老兵|老红军|战士|[村中校名军]医|[法警教检察]官|[民交辅干]警|校友|乡贤|同学|学生|[大小学]哥|[大小学]姐|之星',
  '医生',
  ...recipients,
].join('|');
const sign = '(?:[:“‘(—-]{1,2}|为|是|由|叫|名叫)?';
const lead = new RegExp(`(?:${roles})(${sign})`, 'gu');
/** Who brings somebody, before the word for the role: 邀请退休教师. */
const bringing =
  /(?:由|邀请?|特邀|聘请?|请|组织|跟随|拜访|走访|看望|慰问|寻访)[^,。;:\n\t由]{0,14}$/;
/** The same without such a word. */
const brought = new RegExp(`(?<=邀请|特邀|聘请|请到|请来)(?:${sureName})`, 'gu');

/** What somebody does or is called by, right behind a name. Without it 高度重视 would be a name. */
const doing =
  '(?:同志|老师|书记|主任|先生|女士|师傅|带队|带头|带领|率队|率领|负责|参加|参与|出席|主持|主讲|牵头|授课|宣讲|讲[课话解述党法故]|开[讲课]|上[课台]|作(?:报告|讲座|分享|宣讲|专题|主题)|致辞|介绍|分享|传授|示范|指导|辅导|坐诊|表演|演示|手把手|现场|领[读唱诵誓]|做客|联系|对接|走访|慰问|入户|前往|担任|组织|今年|年过|年近|现年|患有|因病|家住|家(?!\\p{Script=Han})|家[中里的]|一家|等(?![级候])|夫妇|夫妻)';
const another = `[和及与](?=${sureName})`;
const behind = new RegExp(`^(?:$|[^\\p{L}]|${doing}|${another})`, 'u');
/** The same behind somebody who is brought: also what any sentence says of somebody. */
const behindBrought = new RegExp(
  `^(?:$|[^\\p{L}]|${doing}|${another}|[为给向在到来赴做作将从以用谈讲教带]|上门|进行|开展|义务|免费)`,
  'u',
);
const behindAlone = new RegExp(
  `^(?:[(]|${doing}|${another}|[为给向来作讲教]|、(?=${sureName}))`,
  'u',
);
const title = new RegExp(
  `^${sureSurname}(?:[大老小]?(?:爷爷|奶奶|大爷|大妈|大娘|大叔|大婶|大伯|阿姨|阿婆|阿公|婆婆|叔叔|伯伯|姐|哥|嫂|先生|女士|师傅|老太|老汉)|某{1,2})`,
  'u',
);

const sure = new RegExp(`^${sureName}$`, 'u');
const likely = new RegExp(`^${likelyName}$`, 'u');
/** The longest comes first: 阿依古丽·买买提 has nine characters. */
const sizes = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2];

/** Where the name ends that begins at a place; undefined where none begins. */
const nameEnd = (
  { chars, hasGap }: PlanText,
  at: number,
  form: RegExp,
  next: RegExp,
): number | undefined => {
  const window = chars.slice(at, at + 20);
  const called = title.exec(window)?.[0].length;
  if (called !== undefined) return at + called;
  const size = sizes.find((length) => {
    const name = window.slice(0, length);
    return (
      name.length === length &&
      form.test(name) &&
      !noPerson.test(name) &&
      !commonWord.test(name) &&
      !famous.test(name) &&
      (next.test(window.slice(length)) || hasGap(at + length))
    );
  });
  return size === undefined ? undefined : at + size;
};

/** Names one behind the other, from a place: 许三多、伍六一. */
const namesFrom = (plan: PlanText, from: number, form: RegExp, next: RegExp): readonly Part[] => {
  const found: Part[] = [];
  for (let at = from; ; ) {
    const to = nameEnd(plan, at, form, next);
    if (to === undefined) return found;
    found.push({ from: at, to });
    at = /[、,;/和及与]/.test(plan.chars[to] ?? '') ? to + 1 : to;
    if (at === to) return found;
  }
};

/** A unit, the name of somebody in it, and what the person is called by. */
const inUnit = new RegExp(
  `(?<=街道|[社区镇乡村局办部会中心院所站校队处科室司])(${sureName})(?=同志|书记|主任|老师|医生|医师|教授|律师)`,
  'gu',
);
/** In English, where a blank between the parts of a name is gone: Contact: Zhang San. */
const english =
  /(?<![A-Za-z])(?:contacts?(?:person)?|coordinator|organi[sz]er|leader|teacher|editor|author|name):([A-Z][A-Za-z.’'-]{1,40})/gi;

/** Names that a word for a role precedes, or a unit, in Chinese; and behind such a label in English. */
export const findNamed = (plan: PlanText): readonly Part[] => {
  const { chars } = plan;
  const found: Part[] = [];
  for (const { 0: written, 1: between = '', index } of chars.matchAll(lead)) {
    const at = index + written.length;
    const isBrought = bringing.test(chars.slice(Math.max(0, index - 18), index));
    const form = between.includes(':') ? likely : sure;
    found.push(...namesFrom(plan, at, form, isBrought ? behindBrought : behind));
  }
  for (const { index } of chars.matchAll(brought))
    found.push(...namesFrom(plan, index, sure, behindAlone));
  for (const { 1: name = '', index } of chars.matchAll(inUnit))
    if (!noPerson.test(name) && !commonWord.test(name))
      found.push({ from: index, to: index + name.length });
  for (const { 0: written, 1: name = '', index } of chars.matchAll(english)) {
    const to = index + written.length;
    found.push({ from: to - name.length, to });
  }
  return found;
};
