import { numberOf } from './numerals.ts';
import type { Part } from './titles.ts';

export interface Target extends Part {
  /** Null for a range. */
  readonly value: number | null;
  readonly unit: string;
}

const amounts =
  /(?<![\d.第后])(\d{1,6}(?:\.\d+)?(?:[-—~至]\d{1,6})?|[一二两三四五六七八九十百]{1,4})(?:余|多)?(场次|场|人次|次|名|人|支|个小时|小时|分钟|户|份|件|篇|条|对|棵|块|种|套|节|本|幅|期|堂|位|盆|面|个(?!月|方面|阶段|重点|专题|主题|工作日|人$)|%)(?:以上|左右|及以上)?/g;
const demand =
  /至少|不少于|不低于|不得少于|不能少于|力争|达到|达[^,。;]{0,3}$|扩展到|扩大到|发展到|增加到|招募|招收|每[年月周季天日次人校村个班队组户家种处点场支镇街](?:度)?|每(?:社区|单位|支部|小组|部门|学校|班级|学院|名|位)|限(?:报|定|额)?|不超过|各$|分派|选派|推荐|抽调|派出|安排$|招满|上限|覆盖|目标|动员|确保|须包含|吸纳|新增|注册|完成[^,。;]{0,6}$|组建|培育|人数|评选|表彰|要有|必须/;
const result =
  /目前|已[^,。;]{0,10}$|累计|共开展|截[至止]|去年|上年|取得|完成了|开展了|建立了|近\d/;

/** Numbers that look like goals: with a word that demands, or 以上. What was reached is none. */
export const findTargets = (chars: string): readonly Target[] => {
  const found: Target[] = [];
  let sentenceFrom = 0;
  let scanned = 0;
  for (const match of chars.matchAll(amounts)) {
    for (; scanned < match.index; scanned += 1)
      if (/[。;\n]/.test(chars[scanned] as string)) sentenceFrom = scanned + 1;
    const before = chars.slice(Math.max(sentenceFrom, match.index - 24), match.index);
    const clause = before.slice(Math.max(before.lastIndexOf(','), before.lastIndexOf(':')) + 1);
    const isDemand =
      demand.test(clause) ||
      /以上$/.test(match[0]) ||
      /要[^,。;]{0,20}(?:开展|组织|举办)$/.test(clause) ||
      (match[2] === '场' && /[作办展演映讲]$/.test(clause));
    const isHan = /^[一二两三四五六七八九十百]/.test(match[1] ?? '');
    if (!isDemand || result.test(before)) continue;
    // 一人, 一次 and the like are words as often as numbers.
    if (
      isHan &&
      !/至少|不少于|不低于|不得少于|必须|每|限|要[^,。;]{0,20}(?:开展|组织|举办)$/.test(before)
    )
      continue;
    const written = match[1] ?? '';
    const start = demand.exec(clause)?.index ?? clause.length;
    found.push({
      from: match.index - (clause.length - start),
      to: match.index + match[0].length,
      value: /[-—~至]/.test(written) ? null : numberOrNull(written),
      unit: match[2] ?? '',
    });
  }
  return found;
};

const numberOrNull = (written: string): number | null => {
  const value = /^[\d.]+$/.test(written) ? Number(written) : numberOf(written);
  return Number.isNaN(value) ? null : value;
};
