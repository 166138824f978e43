import type { Part } from './titles.ts';

/** What the title of a plan ends with, besides 活动. */
export const planForms =
  '(?:方案|(?:计划|安排|任务|活动|日程|进度|一览|规划)一?览?表|计划|安排|策划书?|要点|指引|规划|[年月日]历|(?:任务|项目)?清单)';
const named = new RegExp(`^.{0,60}?(?:${planForms}|通知|活动)(?=\\n|$|[\\d篇(])`, 'm');

/** 关于印发《…方案》的通知, 关于转发…计划的通知: what the notice brings is the plan. */
const enclosed = new RegExp(
  `关于(?:印发|转发|下发|发布)(?:《([^》]{4,80}${planForms})》|([^《》。;\\n]{4,60}?${planForms}))的?通知`,
);

/** 附件1: a word before the title of a plan that is sent with a notice. */
const annex = /^(?:附件?|附表)[\d一二三四五六七八九十]{0,2}[:、]\n?/;

/** The first line that names a plan: …方案, …计划表, …活动. */
export const planTitle = (chars: string): Part | undefined => {
  const lead = annex.exec(chars)?.[0].length ?? 0;
  const title = lead > 0 ? planTitle(chars.slice(lead)) : undefined;
  if (title) return { from: title.from + lead, to: title.to + lead };
  const notice = enclosed.exec(chars.slice(0, 200));
  const brought = notice?.[1] ?? notice?.[2];
  if (notice && brought !== undefined) {
    const from = notice.index + notice[0].indexOf(brought);
    return { from, to: from + brought.length };
  }
  const found = named.exec(chars.slice(0, 200));
  if (!found || /[。:;]/.test(found[0]) || found[0].length < 4) return undefined;
  // A numbered heading is that of a part.
  if (/^(?:\(?[一二三四五六七八九十\d]{1,3}[)、.])/.test(found[0])) return undefined;
  const from = found.index + (found[0].startsWith('【') ? 1 : 0);
  return { from, to: found.index + found[0].length };
};

/** The same at the beginning of a text that has lost its lines. */
const headTitle = (chars: string): Part | undefined => {
  const found = /^[^。,;:\n]{2,40}?(?:方案|策划书?)/.exec(chars.slice(0, 60));
  return found ? { from: 0, to: found[0].length } : undefined;
};

/** A line that is the title of a plan of a year. */
const titleLine =
  /(?<=^|\n)(?!附)[^\n,。;:]{0,30}20\d\d年[^\n,。;:]{2,30}(?:方案|计划|安排|策划书?)(?=\n)/g;

/** The lines that are titles of plans; not of one that is sent with the plan (附件). */
export const planTitles = (chars: string): readonly Part[] =>
  [...chars.matchAll(titleLine)]
    .filter(
      ({ index }) =>
        !/附件?[\d一二三四五六七八九十]{0,2}:?\n$/.test(chars.slice(Math.max(0, index - 8), index)),
    )
    .map(({ index, 0: written }) => ({ from: index, to: index + written.length }));

const frames = new RegExp(`(?:的?(?:通知|(?:工作|实施|策划|执行)?${planForms}))*$`);

const events =
  '(?:活动|行动|比赛|大赛|竞赛|晚会|演出|仪式|运动会|讲座|义诊|植树|大扫除|游园会|联欢会|文化节|艺术节|志愿服务)';
/** 决定开展…活动: what the preamble says is done. */
const announced = new RegExp(
  `(?:开展|举办|举行|组织|启动)(?:好|了)?(?:以[^。;\\n]{2,30}为(?:主题|内容)的)?([^,。;:\\n]{2,40}?${events})(?=[,。;!\\n(]|$)`,
  'g',
);

/**
 * The name of the one activity that a plan is for: what the preamble says is done, or the plan's title
 * without 方案.
 * @param begins where the preamble ends
 */
export const activityOf = (chars: string, begins: number): Part | undefined => {
  const preamble = chars.slice(0, Math.min(begins, 600));
  for (const match of preamble.matchAll(announced)) {
    const name = match[1] ?? '';
    const clause = preamble.slice(Math.max(0, match.index - 30), match.index);
    const isPlanned = /(?:决定|定于|拟|将|计划|特|现|于|在)[^。;\n]*$/.test(clause);
    if (!isPlanned || /^(?:的|本次|此次|各项|各类|一系列|系列|相关)*(?:活动|志愿服务)$/.test(name))
      continue;
    const to = match.index + match[0].length;
    return { from: to - name.length, to };
  }
  const title = planTitle(chars) ?? headTitle(chars);
  if (!title) {
    const named = /“[^”\n]{2,20}”[^,。;:\n”]{0,8}?(?:活动|行动|仪式)/.exec(preamble);
    return named ? { from: named.index, to: named.index + named[0].length } : undefined;
  }
  const frame = frames.exec(chars.slice(title.from, title.to));
  const to = title.to - (frame?.[0].length ?? 0);
  return to - title.from >= 4 ? { from: title.from, to } : undefined;
};
