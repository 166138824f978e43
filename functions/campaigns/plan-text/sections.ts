/** What a section of a plan is for, by its heading. */
export type SectionKind = 'slogan' | 'window' | 'content' | 'organisers' | 'other';

/** What is about the plan as a whole, and no activity. */
const others = [
  /^(?:活动|工作|计划|项目|方案|总体|本次|志愿服务)*(?:目的|背景|意义|宗旨|原则|目标|前言|引言|背景资料|现状|现状分析|主旨|依据)(?:[和及与、](?:目的|背景|意义|宗旨|原则|目标|要求|任务)|意义)*$/,
  /指导思想|(?:总体|工作|基本|指导|活动|相关|有关|具体|几点|几项)(?:要求|思路|目标|原则|意见|纪律)$|^(?:要求|纪律)$/,
  /组织(?:领导|机构|保障|实施|架构|纪律|分工|管理)|领导小组|筹备组|工作小组|工作专班|保障(?:措施)?$|措施保障/,
  /注意事项|^(?:参与|报名|参加|联系|招募)(?:方式|办法|条件|须知|程序)|^附件|^备注|说明$/,
  /^(?:活动|项目|服务|参与|参加|实施|面向|主要|适用)*(?:对象|范围)$|^(?:参[加与]|活动|出席|工作|服务|志愿|组织|参会|主要)*人员(?:安排|分工)?$/,
  /^(?:活动|工作)?总结(?:与评估|评估|反馈|及?宣传|提升|上报)?$|宣传(?:报道|推广|工作)$|^(?:信息|资料)(?:报送|上报)/,
  /^(?:活动|项目)?(?:经费|预算|费用|资金)|^(?:活动|项目|集合|集中|实施|服务)?(?:地点|场地|地址)(?:安排)?$/,
  /^(?:前期|活动|物资|物料|会前|后勤)(?:准备|清单|保障)|^后期(?:工作|安排)?$|^应急|^考核|^奖励|^预期(?:效果|成果)|^(?:活动)?效果|^风险|^安全(?:保障|要求|事项|提示|预案|须知)/,
  /^(?:联系|咨询)(?:人|方式|电话)|^(?:工作|任务|职责|人员)分工$|^(?:工作|长效|激励|管理)(?:机制|制度|保障)$|^(?:活动|实施)?(?:步骤)?分解$/,
];

const kinds: readonly (readonly [SectionKind, readonly RegExp[]])[] = [
  [
    'slogan',
    [/^(?:本次|此次)?(?:活动|项目|行动|宣传|服务|志愿服务)?(?:主题|口号|主题口号)(?:名称)?$/],
  ],
  [
    'window',
    [
      /^(?:本次|此次)?(?:活动|项目|计划|实施|开展|服务|工作|集中|举办|组织)*(?:时间|时限|日期|期间|期程)(?:安排|步骤|期程|节点|[及和、与]?地点|跨度)*$/,
    ],
  ],
  [
    'organisers',
    [
      /^(?:活动)?(?:主办|承办|协办|组织|责任|牵头|参与|参加|指导|实施|协作|支持|活动)(?:单位|部门|机构|方)$/,
    ],
  ],
  ['other', others],
  [
    'content',
    [
      /^.{0,8}(?:内容|安排|一览|工作|项目|日程|活动|任务|措施|方案|计划|形式|方式|步骤|流程|进度|做法)(?:(?:安排|形式|时间|地点|要求|步骤|方法|流程|分工|措施|内容|重点|项目|设置|[和及与、]|表)*)(?:如下)?$/,
    ],
  ],
];
/** Words that make a heading with 活动 or 计划 at its end a section and not an activity. */
const frame =
  /^(?:每月|各月|逐月|按月|本年|一览|常规|配套|本次|此次|具体|主要|重点|系列|主题|各项|工作|实施|年度|全年|活动|总体|详细|任务|时间|地点|志愿|服务|学雷锋|方法|组织|内容|推进|步骤|月度|日程|进度|阶段|年|的|和|及|与|、|以下|如下|项目|目标|措施|形式|方式|方案|安排|计划|流程|做法|设置|要求|分工|重点|名称|表)+$/;

/** What a plan demands of those who carry it out: 加强组织领导, 统一思想、提高认识. */
const demand =
  /^(?:要|切实|进一步|全面|扎实|统一|突出|明确|深化|提高|提升|强化|加强|加大|落实|严格|严明|严肃|精心|认真|广泛|大力|积极|注重|高度|加快|健全|完善|建立|营造|密切|及时|做好|抓好|狠抓|抓|确保|务求|周密|层层|责任到|结合|注意|把握|坚持){1,3}(?:思想|认识|主题|重点|结对|组织|领导|责任|宣传|重视|发动|动员|纪律|氛围|实施|部署|协作|协调|配合|合作|保障|督导|督查|检查|指导|总结|引导|舆论|报道|力度|落实|安全|制度|机制|队伍|管理|实效|创新|实际|推广|策划|准备|参与|统筹|推进|考核|分工|意识|人|质量|标准|信息|报送|工作|引领|阵地|品牌|建设|作风|自身|和|与|,|、|统一|突出|明确|提高|强化|加强|落实|精心|认真|广泛|大力|营造|确保|周密|良好|浓厚|高度)+$/;

export const isDemand = (heading: string): boolean => demand.test(heading);

const aspectOfAny =
  /^\p{Script=Han}{2,4}(?:对象|范围|方式|方法|办法|条件|标准|规则|要求|原则|目的|意义|须知|理念|奖项|名单|经费|预算|地点|人员|人数)$/u;

/** The kind of a section, by its short heading; undefined when it may be an activity. */
export const sectionKindOf = (heading: string): SectionKind | undefined => {
  if (heading.length > 16 || /[“《\d]/.test(heading)) return undefined;
  const kind = kinds.find(([, all]) => all.some((is) => is.test(heading)))?.[0];
  // 实践内容, 比赛流程: whatever it is the content of.
  if (/^\p{Script=Han}{2,4}(?:内容|日程|流程|任务)(?:安排)?$/u.test(heading) && kind !== 'other')
    return 'content';
  if (kind !== undefined && (kind !== 'content' || frame.test(heading))) return kind;
  // 慰问对象, 评选标准: whatever they are those of.
  return aspectOfAny.test(heading) ? 'other' : undefined;
};

/** Headings of sections that stand before their text without a sign between, where lines are lost. */
const aspects =
  '(?:活动|工作|服务|主要|具体|总体|基本|有关|相关|重点|实施|指导|计划|方法|注意|保障|参[加与]|集[中合]|组织|时间|预期|现状)';
const runIn = new RegExp(
  `^(?:${aspects}{1,2}(?:时间|主题|内容|目的|宗旨|背景|意义|思想|地点|对象|要求|领导|人员|安排|步骤|任务|措施|形式|方式|流程|口号|总结|目标|事项|分析|原则|范围)|活动开展时间|(?:主办|承办|协办|参[与加]|指导|支持|组织|责任)(?:单位|部门|机构))(?:(?:[及与和])?(?:意义|内容|地点|要求|目标|时间节点|对象|目的|措施|方式|安排))?(?=[^的,。;:、\\n])`,
);

/** How many characters of a text are such a heading; 0 when it begins with none. */
export const runInLength = (text: string): number => runIn.exec(text)?.[0].length ?? 0;
