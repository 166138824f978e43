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

/** Words that begin as surnames do: the beginning of each, and the characters that follow it. */
const words = [
  '安[全置心宁装排抚享慰居顿度检家稳葬定眠防]|白[天内发血领菜费色衣酒鞋求]',
  '包[括容粽饺馄饨扎书汤子裹装含邮办干住片户联保好抄围场车揽完起]|毕[竟业生]|曾[经多在任参获是祖孙有]',
  '陈[旧列述设年]|成[员长功为果人年熟绩交效群本品家全了就]|程[度序]|戴[上好口着眼帽手]|丁[香]|董[事]',
  '杜[绝]|范[围例本]|方[便面向法式案言位可能形针]|符[合号]|付[款出费钱给诸]|甘[甜于蔗草愿]',
  '高[兴龄血位度校处声效质温考低级铁速空热潮烧层脂尿压]|葛[根]|耿[直]|顾[虑问家及客]',
  '关[爱怀系心节注于键照闭上门好灯水护联切停工]|管[理道护网控好家辖线住委教]|韩[语国]|何[时处地种人去必况]',
  '贺[卡年岁信寿喜词]|胡[子同琴萝乱须]|黄[昏色瓜金豆土]|霍[乱]|季[度节末初]|纪[念律录委实要检]|贾[市]',
  '姜[汤茶片水]|焦[虑急点灼]|解[放决答难说除释读困忧暑渴闷闭开压疑惑乏冻]|金[秋额融牌色属钱银婚鱼点]',
  '康[复养庄]|蓝[天色图]|雷[锋雨电达]|黎[明]|李[子]|林[地区木间]|凌[晨乱空]|陆[续地路军]',
  '骆[驼]|马[上路桶甲铃力虎]|毛[衣毯巾线笔病豆裤绒孩]|莫[大过名要急忘]|宁[静可愿]|欧[洲元]|庞[大]',
  '齐[心全唱聚动备诵抓声]|秦[腔]|曲[艺目折线]|屈[指服]|任[何务意教职性选]|单[独亲位程身车元间一杠项据次日人]',
  '申[请报领诉办购]|盛[大赞情会典开装]|施[工救策行以肥展教药粥]|史[料实册]|苏[醒打]|孙[子女辈儿]',
  '唐[诗筛装]|陶[瓷艺冶器醉]|田[间地园埂径]|童[年话趣谣心装书声车]|涂[抹色料鸦药改油漆]',
  '万[家人余元户众一分事物能千]|汪[汪]|温[暖馨情水度饱习泉柔室]|文[化明艺具体件字物书娱案旅创凭]',
  '武[术装警侠校功]|夏[天季日令至装衣]|向[上社他居党我老志着周全后好往导街其每学困孩下]|肖[像]|谢[意绝幕]',
  '辛[苦勤劳酸]|熊[猫]|徐[徐]|许[多愿久诺]|严[重格密肃禁厉寒防]|叶[子片]|殷[切勤]',
  '游[玩园戏客览泳艺学走乐]|尤[其]|余[人名户次场件热款额年下地]|喻[为]|岳[父母]|张[罗贴望嘴灯]|郑[重]',
  '钟[表情头爱点楼]|周[末二三四五六日边围到年期全转岁]|朱[红]|祝[福愿寿贺您你词酒好]|左[右手侧邻脚腿眼耳]',
].join('|');
/** After these a name is rare, and a word is frequent. */
const noSurnames = '于和都从石水江家乐车房门管计谈龙艾华柴庄饶时连章钱孔易汤倪段谢尚梅柳滕苗路';
const noNames = new RegExp(`^(?:[${noSurnames}]|牛奶|${words})`, 'u');

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
