import { doubleSurnames, frequentSurnames } from './surnames.ts';

/** Words for people who are served, whose names are published in no form. The longer ones come first. */
export const recipients: readonly string[] = [
  ...[
    '社区矫正对象',
    '残疾人士',
    '残疾居民',
    '残疾老人',
    '残疾人',
    '独居老人',
    '空巢老人',
    '孤寡老人',
  ],
  ...['高龄老人', '失能老人', '失独老人', '失独家庭', '贫困老人', '困难老人', '患病老人', '孤老'],
  ...[
    '服务对象',
    '帮扶对象',
    '慰问对象',
    '走访对象',
    '结对对象',
    '关爱对象',
    '救助对象',
    '优抚对象',
    '受助对象',
    '受助家庭',
    '受助者',
    '受助人',
    '受助',
  ],
  ...['烈属', '军属', '烈士家属', '五保老人', '孤残儿童'],
  ...['低保户', '低保家庭', '低保对象', '低保居民', '低保边缘户', '五保户', '特困人员', '特困户'],
  ...[
    '困难群众',
    '困难居民',
    '困难户',
    '困难家庭',
    '困难职工',
    '困难学生',
    '困难党员',
    '贫困户',
    '贫困母亲',
  ],
  ...['单亲母亲', '单亲家庭', '留守儿童', '留守老人', '困境儿童', '事实孤儿', '孤儿', '自闭症儿童'],
  ...[
    '求助者',
    '求助人',
    '求助居民',
    '咨询者',
    '来访者',
    '当事人',
    '信访人',
    '患者',
    '病人',
    '戒毒人员',
  ],
  ...['社区居民', '辖区居民', '居民', '住户', '业主', '群众', '老人家', '老人', '大病家庭'],
];

/** What follows a surname when somebody is spoken of. */
const titles =
  '某{1,2}|[大老小]?(?:爷爷|奶奶|大爷|大妈|大娘|大叔|大婶|大伯|老伯|伯伯|阿姨|阿婆|阿公|婆婆|公公|叔叔|婶婶|嫂|姐|哥|先生|女士|太太|师傅|老太太|老太|老汉|老师|同学|小朋友|老人|老两口|夫妇|夫妻|家)';

/** What stands between the word and the name: 服务对象“李某”, 低保户：王…, 独居的张奶奶. */
const between = '[\\s“”"‘’《》（(：:—-]{0,3}(?:的|是|叫|名叫|名为)?[“”"‘’]?';
const surname = `(?:${doubleSurnames}|[${frequentSurnames}])`;

const titled = new RegExp(
  `(?:${recipients.join('|')})${between}((?:老|小)?${surname}(?:${titles}))`,
  'gu',
);
const called = new RegExp(
  `(?:${recipients.join('|')})${between}((?:老|小)${surname})(?!\\p{Script=Han})`,
  'gu',
);

/** What follows a whole name. Without it, 居民方便 and 患者康复 would be names. */
const after =
  '(?=$|[\\s，。、；：！？,.;:!?（(）)“”"》]|说|表示|告诉|感动|激动|高兴地|今年|年过|年近|现年|患有|因病|家住|家中|家里|家的|家(?!\\p{Script=Han})|一家|的家|拉着|握着|握住|在家|是一[名位]|等\\d|等人|称赞|连连|送去|送上|收到|领到)';
const bare = new RegExp(
  `(?:${recipients.join('|')})${between}(${surname}\\p{Script=Han}{1,2}?)${after}`,
  'gu',
);

/** Words that begin as surnames do. */
const noNames =
  /^(?:安全|安置|安心|安宁|包括|包容|成员|成长|方便|方面|高兴|高龄|关爱|关怀|关系|关心|和谐|康复|康养|满意|明白|平安|平等|齐心|全部|任何|时间|时刻|常年|常常|常见|万家|温暖|向上|幸福|许多|严重|应急|范围|范例|于|余人|马上|单独|支持|解答|解决|解难|左右|和|都|从|金秋|花甲|文化|文明|路边|路上|白天|石|水|江|家|申请|申报|祝福|祝愿|游玩|明显|元旦|连续|乐|党员|代表|代办|车|房|门|管理|管|计|谈|毕竟|喻|陆续|龙|艾|华|柴|庄|饶|时|连|黄昏|成功|成为|童年|童话|章|解放|钱|雷锋|孔|易|汤|倪|段|计划|谢谢|谢|尚|尤其|纪念|梅|符合|牛奶|温馨|柳|滕|万人|万余|路|苗)/u;

/** What stands for the name of a volunteer in a text that is checked: it must not stand where a recipient’s would. */
const namePlaceholder = '■';
const marked = new RegExp(`(?:${recipients.join('|')})${between}${namePlaceholder}`, 'gu');

/** Where a name stands in a text, in UTF-16 units, and where the word before it begins. */
export interface RecipientName {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Where a text names somebody after a word for people who are served: 独居老人张奶奶, 服务对象李某, 低保户王强.
 * A name that no such word precedes is not found, nor one with a rare surname. In the order of the text.
 */
export const recipientNamesIn = (text: string): readonly RecipientName[] =>
  [titled, called, marked, bare]
    .flatMap((pattern) => [...text.matchAll(pattern)].map((match) => ({ pattern, match })))
    .filter(({ pattern, match }) => pattern !== bare || !noNames.test(match[1] ?? ''))
    .map(({ match: { 0: whole, 1: name, index } }) => {
      const to = index + whole.length;
      return { at: index, from: to - (name?.length ?? 1), to };
    })
    .sort((one, other) => one.at - other.at);
