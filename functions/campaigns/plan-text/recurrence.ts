const weekday = '(?:周|星期|礼拜)[一二三四五六日天末]';

/** How often something is done, where it begins with that: 每周三、周六下午, 每月第一个星期六, 节假日. */
export const recurring = `(?:每个?(?:${weekday}(?:[、和及至到-](?:(?:周|星期|礼拜)?[一二三四五六日天]))*|周|星期|月(?:(?:第[一二三四]|最后一)个${weekday}|\\d{1,2}[日号]|[上中下]旬|[底初末])?|天|日|季度?|工作日|逢?(?:周末|双休日|节假日))|节假日|双休日|周末|寒暑假|常年|全年|长期|平时|日常)(?:期间)?(?:上午|下午|中午|晚上?|早上?|早晚高峰|早高峰|晚高峰|傍晚)?`;

/** What goes on all year, before what it is called. */
export const goesOn =
  '(?:常态化?|常规(?:性|化)?|日常(?:性|化)?|经常性|长期性?|全年性?|常年性?|固定|长效|持续性|平时)';

const section = new RegExp(
  `^${goesOn}(?:开展|的)?(?:学雷锋|志愿|便民|文明|实践|公益|为民|惠民|关爱|社区)*(?:服务|活动|项目|工作|任务|岗位|行动|安排|清单|内容)+$`,
);

/** 常态化服务, 日常志愿服务项目: whether a heading is that of services without a month. */
export const isRoutineSection = (heading: string): boolean =>
  heading.length <= 16 && section.test(heading);
