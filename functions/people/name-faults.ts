import { namesSeveral } from './several-people.ts';

/** What is wrong with a text as a name, and what to do, in Chinese and English. */
type Words = readonly [zh: string, en: string];

/** Words that stand for no name, or for the one in the row above. */
const nothing =
  /^(?:无|无名|暂无|没有|不详|不明|未知|未填|未提供|未定|待定|待补充?|待填写?|待核实?|空|略|匿名|同上|同前|々|none|n\/?a|#n\/a|null|nil|undefined|nan|unknown|tbd|ditto)$/i;

/** Words of other columns, and of the lines below a list. */
const otherColumns =
  /^(?:[男女]性?|male|female|true|false|是|否|姓名|本人|户主|[合小总共累]计|(?:填表|填报|制表|审核|审批|经办|登记|统计|录入|负责|联系|报名|申请)人|联络员|副?[组队]长|书记|主任)$|^\p{Script=Han}{2,}(?:社区|街道|居委会|委员会|村委会|办事处|派出所|公司|集团|学校|医院|服务队|服务站|服务中心|党支部)$/iu;

/** A surname with a form of address: 张老师, 欧阳女士. */
const addressed =
  /^\p{Script=Han}{1,2}(?:老师|女士|先生|小姐|同志|师傅|医生|护士|警官|大爷|大妈|大娘|大姐|大哥|大叔|叔叔|爷爷|奶奶|阿姨|主任|书记|经理|[校院所站科局处队组]长)$/u;

const dots = '·•․‧∙⋅・･᛫⸱⸳●。｡.';
/** Signs and letters in place of characters: 王某某, 李XX, 李X明, 孙●, 刘_, 郑--, 王…, 张〇〇. */
const masks: readonly RegExp[] = [
  /[*×✕✖○◯□■]/,
  /某某|\p{Script=Han}某[人甲乙丙丁]?$|^某[人甲乙丙丁]?$/u,
  /^[a-z]$|\p{Script=Han}\s*[xo_]+$|^\p{Script=Han}0+$|\p{Script=Han}[x_]+\p{Script=Han}|^x{2,}$|__/iu,
  new RegExp(`[${dots}]{2}|\\p{Pd}{2}|\\p{Script=Han}(?:\\p{Pd}|●)$`, 'u'),
  /^\p{Script=Han}〇{2,}$/u,
  // Japanese surnames end so, too.
  /^(?![山川江谷田野樋坂水井堀出关原沟滨桥池泷河海港门浜溝橋滝関])\p{Script=Han}口$|口口$/u,
];

/** A sign, a number or a single letter at an end of a name, which is not a part of it. */
const strays: readonly RegExp[] = [
  new RegExp(`^[${dots}\\p{Pd}'’‘\`´′]`, 'u'),
  new RegExp(`\\p{Script=Han}[${dots}'’‘\`´′]$`, 'u'),
  /^[\p{Nd}\p{No}]+.*\p{L}|^[A-Za-z]\p{Script=Han}/u,
];

/** Two names of two characters or more, on two lines or with a wide gap. */
const apart = /\p{Script=Han}{2}(?: {2,}| *[\t\r\n]\s*)\p{Script=Han}{2}/u;

/**
 * A number or a date instead of a name, or beside it: six digits or more, no letter at all, or the month
 * of a date. A digit or two tell people of one name apart, so few digits are taken.
 */
const isNumber = (text: string): boolean =>
  (text.match(/[\p{Nd}\p{No}]/gu) ?? []).length >= 6 ||
  (/\p{N}/u.test(text) && !/[\p{L}\p{Nl}]/u.test(text)) ||
  /^\p{Nd}{1,4}\s*[年月]/u.test(text);

/**
 * Letters of any script with their marks, digits, 〇, blanks, and the dots, hyphens and apostrophes of names.
 * Characters that `hasOddCharacter` finds are allowed, because rare names are written with them.
 */
const letters =
  /^[\p{L}\p{M}\p{N}_#\p{Co}\p{Cn}\p{Cf}\p{Pd}\p{Variation_Selector}\p{Extended_Pictographic}\s\u05f3\u05f4\u0f0b\u0f0c·•․‧∙⋅・･᛫⸱⸳●。｡.'’‘`´′\ufffd?□]+$/u;

const faults: readonly (readonly [isFault: (text: string) => boolean, ...words: Words])[] = [
  [
    (text) => nothing.test(text) || !/[\p{L}\p{N}\p{Co}\p{Cn}\ufffd?□]/u.test(text),
    '此处没有姓名，或只有“无”“同上”“待定”一类的词或符号；请填写本人姓名。',
    'There is no name here, or only a word or sign that stands for none: write the person’s name.',
  ],
  [
    (text) => /[()[\]{}<>【】〔〕「」《》]/.test(text),
    '姓名中不得有括号；请去掉括号和其中的备注。',
    'A name has no brackets: leave them out, with the note in them.',
  ],
  [
    isNumber,
    '这不是姓名，而是号码、日期，或其中有长的数字；请填在各自的列中。',
    'This is a number or a date, or holds a long number; those belong in their own columns.',
  ],
  [
    (text) => masks.some((mask) => mask.test(text)),
    '姓名中有字被“某”、X、星号、方框等遮盖或代替，请填写完整姓名。',
    'A part of the name is masked or replaced by a sign; give all of it.',
  ],
  [
    (text) => /[/、,;&+|]/.test(text) || apart.test(text) || namesSeveral(text),
    '一格只填一个人的姓名；有几个人请分成几行，是一个人请只写姓名，去掉中间的符号、换行或其他字。',
    'There may be several people here: write each in a row of their own, or the name alone without what separates it.',
  ],
  [
    (text) => otherColumns.test(text) || addressed.test(text),
    '这不是姓名，而像是性别、职务、合计、地区或单位；请核对各列是否对齐。',
    'This is no name but a sex, a title, a total, a place or an office; check that the columns are in line.',
  ],
  [
    (text) => strays.some((stray) => stray.test(text)),
    '姓名前后有多余的序号、字母或标点；请去掉。',
    'There is a number, a letter or a sign before or after the name; leave it out.',
  ],
  [
    (text) => !letters.test(text),
    '姓名中有不能使用的符号；只能有文字、空格、间隔号、连字符和撇号。',
    'The name has a sign that names do not have: only letters, blanks, dots, hyphens and apostrophes.',
  ],
];

/**
 * Why a text is not the name of one person. Undefined for names of any script, with blanks, dots,
 * hyphens and apostrophes. The words repeat no part of the text.
 */
export const nameFault = (given: string): Words | undefined => {
  const text = given
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const found = faults.find(([isFault]) => isFault(text));
  return found && [found[1], found[2]];
};
