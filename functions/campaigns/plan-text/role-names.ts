// Names behind a word for who somebody is: 书记褚卫国带头参加, 编辑:何大伟, 由街道陈志强同志带队.
import { recipients } from '../../people/recipient-names.ts';
import type { PlanText } from './characters.ts';
import { famous, likelyName, noPerson, sureName, sureSurname } from './names.ts';
import type { Part } from './titles.ts';

/** Who leads, teaches, writes, stands for others, or is served. */
const roles = [
  '(?:联系|负责|责任|主持|主讲|带队|经办|召集|介绍|讲解|撰稿|供稿)人',
  '领队|带队|老师|教师|讲师|导师|嘉宾|编辑|责编|撰稿|供稿|通讯员|记者|摄影|讲解员|网格员|联络员|辅导员',
  '代表|书记|主任|委员|理事|干事|秘书|[组队站会院校局处科所镇乡县区市村班团店社厂部]长|经理|医生|医师|护士|律师|教授|民警',
  '志愿者|老党员|老兵|退役军人|残疾军人|老红军|老战士|劳模',
  ...recipients,
].join('|');
const sign = '(?:[:“‘(—-]{1,2}|为|是|由|叫|名叫)?';
const lead = new RegExp(`(?:${roles})(${sign})`, 'gu');

/** What somebody does or is called by, right behind a name. Without it 高度重视 would be a name. */
const doing =
  '(?:同志|老师|书记|主任|先生|女士|带队|带头|带领|率队|率领|负责|参加|参与|出席|主持|主讲|牵头|授课|宣讲|讲课|讲话|致辞|讲解|介绍|联系|对接|走访|慰问|入户|前往|担任|组织|今年|年过|年近|现年|患有|因病|家住|家(?!\\p{Script=Han})|家[中里的]|一家|等(?![级候])|夫妇|夫妻)';
const behind = new RegExp(`^(?:$|[^\\p{L}]|${doing})`, 'u');
/** What begins as names do and is none. */
const word =
  /^(?:安[全排心置装徽]|包[括含]|常[态务委年规]|成[员为立]|程序|单[位独]|党|范[围例]|方[便式面案法队阵向针]|费用|高[兴度校龄标举质铁效考中端空温新层]|顾问|关[爱怀于心注键]|管理|和[谐平]|计划|纪[律念检委录]|季度|简[介单历报章]|江[苏西河边]|金[秋牌奖色融]|康[复养]|乐于|连续|林[业长]|马上|毛[主巾]|毕[业竟]|平安|齐[心抓全]|任(?:务|何|教|职|命|组|队)|石[榴油家]|史料|沈阳|苏州|贺卡|万[余人家]|武[装警汉术]|卫[生健]|夏[季令]|项[目时次]|谢谢|许多|严[格肃禁]|尤其|余[人名]|曾经|郑州|章程|周[一二三四五六日末边围到年]|祝[福愿贺]|童[心谣话]|白[天色]|席位|于)/;
const title = new RegExp(
  `^${sureSurname}(?:[大老小]?(?:爷爷|奶奶|大爷|大妈|大娘|大叔|大婶|大伯|阿姨|阿婆|阿公|婆婆|叔叔|伯伯|姐|哥|嫂|先生|女士|师傅|老太|老汉)|某{1,2})`,
  'u',
);

const sure = new RegExp(`^${sureName}$`, 'u');
const likely = new RegExp(`^${likelyName}$`, 'u');
/** The longest comes first: 阿依古丽·买买提 has nine characters. */
const sizes = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2];

/** Where the name ends that begins at a place; undefined where none begins. */
const nameEnd = ({ chars, hasGap }: PlanText, at: number, form: RegExp): number | undefined => {
  const window = chars.slice(at, at + 20);
  const called = title.exec(window)?.[0].length;
  if (called !== undefined) return at + called;
  const size = sizes.find((length) => {
    const name = window.slice(0, length);
    return (
      name.length === length &&
      form.test(name) &&
      !noPerson.test(name) &&
      !word.test(name) &&
      !famous.test(name) &&
      (behind.test(window.slice(length)) || hasGap(at + length))
    );
  });
  return size === undefined ? undefined : at + size;
};

/** Names one behind the other, from a place: 许三多、伍六一. */
const namesFrom = (plan: PlanText, from: number, form: RegExp): readonly Part[] => {
  const found: Part[] = [];
  for (let at = from; ; ) {
    const to = nameEnd(plan, at, form);
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
    found.push(...namesFrom(plan, at, between.includes(':') ? likely : sure));
  }
  for (const { 1: name = '', index } of chars.matchAll(inUnit))
    if (!noPerson.test(name) && !word.test(name))
      found.push({ from: index, to: index + name.length });
  for (const { 0: written, 1: name = '', index } of chars.matchAll(english)) {
    const to = index + written.length;
    found.push({ from: to - name.length, to });
  }
  return found;
};
