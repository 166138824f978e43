import type { PlanText } from './characters.ts';

/** The role in which a unit takes part. */
export type UnitRole = 'lead' | 'responsible' | 'cooperating' | 'participating';

export type FieldKind =
  | { readonly field: 'time' | 'person' | 'organiser' | 'title' | 'place' | 'content' | 'audience' }
  | { readonly field: 'unit'; readonly role: UnitRole };

/** What somebody does with a paper before it is sent: 签发, 审核, 制表. */
export const paperVerb =
  '(?:签[发批]|[初二三终]审|审[核批定签稿校阅读]|复[核审]|核稿|[拟撰供组统投]稿|校[对审]|[制填][表报]|编[制审辑写]|责编|美编|起草|撰写|录入|排版|[供制]图)';
/** Whom somebody is for an activity: 联系人, 负责同志. */
export const personNoun = `(?:(?:联系|联络|负责|责任|主持|主讲|授课|带队|带班|值班|经办|对接|领队|报名|咨询|组织|召集|牵头|${paperVerb}|制定|填写|统计|批准|报送|承办)人(?:员|姓名)?|(?:联系|负责|责任|带队|对接|分管|牵头)同志|(?:带队|指导|负责|主讲|辅导|授课|值班|值日|联系|责任|分管)(?:老师|教师|领导|干部)|联络员|(?:副|总)?[组队班]长)`;
/** How a person is reached. */
export const contactNoun =
  '(?:(?:联系|咨询|报名|办公|值班|服务|固定|移动|监督|举报|投诉)*(?:电话|手机号?码?|号码|热线)|(?:电子)?邮箱|微信号?|QQ号?|传真|身份证号?|联系方式)';
const contactLabel = new RegExp(`(?:${personNoun}(?:[及和与]?${contactNoun})?|${contactNoun})$`);

/** What a unit is called where a label or a column asks for it. */
const unitNoun =
  '(?:单位|部门|机构|[科处股]室|党?组织|团队|主体|[党团]?支部|社团|院系|[年班]级|[站院]所|队伍|方)';
const fields: readonly (readonly [RegExp, FieldKind])[] = [
  [
    new RegExp(`^(?:牵头|主办|组织|主管|发起|主要负责|总牵头)${unitNoun}$`),
    { field: 'unit', role: 'lead' },
  ],
  [
    new RegExp(
      `^(?:责任|承办|负责|实施|组织实施|落实|执行|具体(?:责任|组织|承办|实施|负责)|责任落实|承担)${unitNoun}$`,
    ),
    { field: 'unit', role: 'responsible' },
  ],
  [
    new RegExp(`^(?:配合|协办|协助|协作|协同|支持|指导)${unitNoun}$`),
    { field: 'unit', role: 'cooperating' },
  ],
  [
    new RegExp(
      `^(?:参与|参加|受邀|参会|参演|参赛)(?:${unitNoun}|人员|对象|者|人|队伍)$|^(?:活动|志愿)(?:人员|队伍|对象)$|^(?:活动)?服务队伍?$`,
    ),
    { field: 'unit', role: 'participating' },
  ],
  [/^(?:活动)?(?:主办|牵头)$/, { field: 'unit', role: 'lead' }],
  [
    /^(?:活动)?(?:承办|责任|负责|(?:具体|组织|负责)实施|(?:具体|组织)负责)$/,
    { field: 'unit', role: 'responsible' },
  ],
  [/^(?:活动)?(?:协办|配合|协助|支持)$/, { field: 'unit', role: 'cooperating' }],
  [/^(?:参与|参加)$/, { field: 'unit', role: 'participating' }],
  [/^(?:活动)?(?:组织者|组织)$/, { field: 'organiser' }],
  [
    /^(?!发布|发表|报名|报送|上报|截[至止]|集合|业余|课余|休息|其他|更新|编[制写]|制[定表]|印发|填[报表写]|审[核批]|提交|公[布示]|发文|成文|修订|打印|创建|上传|投稿|整理)[\p{Script=Han}]{0,4}(?:时间|时限|日期|期间)(?:安排)?$/u,
    { field: 'time' },
  ],
  [contactLabel, { field: 'person' }],
  [
    /方面$|^(?:总负责|成员|名单|组员|总指挥|主讲|主持|领队|讲师|主讲嘉宾|姓名)$/,
    { field: 'person' },
  ],
  [
    /^(?:活动|项目)?(?:主题|名称|项目)$|^(?:志愿)?(?:服务|活动|项目|行动|课程|节目|板块)(?:项目|活动)?(?:名称|主题|题目)$/,
    { field: 'title' },
  ],
  [/^(?:活动|集合|集中|服务|举办)?地[点址]$/, { field: 'place' }],
  [/^(?:服务|受益|面向|帮扶|慰问|关爱)(?:对象|人群|群体)$/, { field: 'audience' }],
  [/^(?:活动|服务|主要|具体)?(?:内容|形式|要求|目的|流程)$/, { field: 'content' }],
];

/** What a label before a colon stands for; undefined when it is no label. */
export const fieldKindOf = (label: string): FieldKind | undefined =>
  label.length > 8 ? undefined : fields.find(([is]) => is.test(label))?.[1];

export interface Field {
  readonly kind: FieldKind;
  readonly start: number;
  /** Where its value begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** What may be a label, with its colon. */
const labelled = /([\p{Script=Han}Q]{2,8})(?:\([^()\n:]{1,8}\))?】?:/gu;
const isLetter = /[\p{L}\p{N}]/u;

/**
 * The labelled values in a part of a text: from the colon to the end of the line, to the end of the
 * bracket, or to the next label.
 */
export const findFields = (
  { chars, hasGap }: Pick<PlanText, 'chars' | 'hasGap'>,
  from: number,
  to: number,
): readonly Field[] => {
  const found: { kind: FieldKind; start: number; from: number; to: number }[] = [];
  for (const match of chars.slice(from, to).matchAll(labelled)) {
    const written = match[1] ?? '';
    const wordsFrom = from + match.index;
    // What stands before the label may run into it, where blanks are gone.
    const valueFrom = wordsFrom + match[0].length;
    // 张三 联系电话, 文明办联系人: what stands before the label is no part of it.
    const contact = contactLabel.exec(written);
    if (contact) {
      found.push({
        kind: { field: 'person' },
        start: wordsFrom + contact.index,
        from: valueFrom,
        to,
      });
      continue;
    }
    for (let skip = 0; skip <= written.length - 2; skip += 1) {
      const start = wordsFrom + skip;
      if (start > from && !hasGap(start) && isLetter.test(chars[start - 1] ?? '')) continue;
      const label = written.slice(skip);
      const kind = fieldKindOf(label);
      if (!kind) continue;
      // 四、组织实施: is a section of the plan; 组织实施: alone says who does it.
      if (
        /实施$/.test(label) &&
        /[一二三四五六七八九十][、)]$/.test(chars.slice(Math.max(0, start - 2), start))
      )
        continue;
      found.push({ kind, start, from: valueFrom, to });
      break;
    }
  }
  for (const [index, field] of found.entries()) {
    const limit = Math.max(field.from, found[index + 1]?.start ?? to);
    // A label alone in its cell or its line: its value is the next one.
    if (chars[field.from] === '\t') field.from += 1;
    if (below.test(chars.slice(field.from, Math.min(limit, field.from + 44)))) field.from += 1;
    field.to = endOfValue(chars, field.from, limit);
  }
  return found;
};

/** A short line that is no heading and has no label. */
const below =
  /^\n(?!\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.)](?!\d)|[①-⑳【●■◆·])[^\n:]{2,40}(?:\n|$)/;

/** The end of a value: of its line, its sentence or its bracket. */
const endOfValue = (chars: string, from: number, limit: number): number => {
  let depth = 0;
  for (let at = from; at < limit; at += 1) {
    const character = chars[at] as string;
    if (character === '(') depth += 1;
    else if (character === ')') {
      if (depth === 0) return at;
      depth -= 1;
    } else if (/[\n\t]/.test(character) || (depth === 0 && /[。;]/.test(character))) return at;
  }
  return limit;
};
