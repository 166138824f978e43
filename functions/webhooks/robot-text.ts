import type { DomainEvent } from '../../events/catalogue.ts';
import type { Story } from '../../events/publicity.ts';
import type { Locale } from '../refusals/problem-types.ts';

/** The events of which robots tell. */
export const robotTypes = [
  'ActivityPublished',
  'ActivityCancelled',
  'RecordsOverdue',
  'StoryPublished',
  'WebhookFailing',
  'WebhookDisabled',
] as const;
export type RobotEvent = DomainEvent<(typeof robotTypes)[number]>;

export const isForRobots = (event: DomainEvent): event is RobotEvent =>
  (robotTypes as readonly string[]).includes(event.type);

/** The names of what an event names by id. */
export interface Names {
  readonly area: string;
  readonly organisation: string;
}

/** How a published text is announced, in Chinese and in English. */
const storyNews: Readonly<Record<Story['kind'], readonly [string, string]>> = {
  story: ['新宣传报道', 'New story'],
  'practice-note': ['新经验做法', 'New practice note'],
  exemplar: ['先进典型公示', 'Public notice of an exemplar'],
};

const daysOf = (startsOn: string, endsOn: string, until: string): string =>
  startsOn === endsOn ? startsOn : `${startsOn}${until}${endsOn}`;

/** What a group is told of an event, in lines. Activities are public; nobody is named. */
export const robotTextOf = (event: RobotEvent, names: Names, locale: Locale): string => {
  const zh = locale === 'zh-CN';
  if (event.type === 'ActivityPublished' || event.type === 'ActivityCancelled') {
    const { title, startsOn, endsOn, risk } = event.data.activity;
    const days = daysOf(startsOn, endsOn, zh ? '至' : ' to ');
    if (event.type === 'ActivityCancelled') {
      const { reason } = event.data;
      return zh
        ? `活动取消：${title}\n原定时间：${days}\n原因：${reason}`
        : `Cancelled: ${title}\nWas planned for: ${days}\nReason: ${reason}`;
    }
    return zh
      ? `新活动：${title}\n时间：${days}\n区域：${names.area}\n主办：${names.organisation}\n注意事项：${risk.notice}`
      : `New activity: ${title}\nWhen: ${days}\nArea: ${names.area}\nRun by: ${names.organisation}\nPlease note: ${risk.notice}`;
  }
  if (event.type === 'RecordsOverdue') {
    const { lines, sheets, oldest } = event.data.overdue;
    const where = zh
      ? `${names.organisation}（${names.area}）`
      : `${names.organisation} (${names.area})`;
    return zh
      ? `超期未办：${where}${lines} 条记录\n签到表：${sheets} 份\n最早服务日期：${oldest}\n须在十个工作日内查验，异议须在十个工作日内答复。`
      : `Overdue: ${lines} records of ${where}\nSheets: ${sheets}\nOldest service day: ${oldest}\nThey are verified, and objections answered, within ten working days.`;
  }
  if (event.type === 'StoryPublished') {
    const { kind, content } = event.data.story;
    const [inChinese, inEnglish] = storyNews[kind];
    // Neither title nor summary names anybody.
    return zh
      ? `${inChinese}：${content.title}\n${content.summary}\n区域：${names.area}\n单位：${names.organisation}`
      : `${inEnglish}: ${content.title}\n${content.summary}\nArea: ${names.area}\nTold by: ${names.organisation}`;
  }
  const { webhook, problem } = event.data;
  const which = `${webhook.description}（${webhook.host}）`;
  if (event.type === 'WebhookDisabled')
    return zh
      ? `推送订阅已停用：${which}\n原因：${problem}`
      : `Webhook disabled: ${which}\nReason: ${problem}`;
  return zh
    ? `推送订阅持续失败：${which}\n距停用已过 ${event.data.percent}%\n原因：${problem}`
    : `Webhook failing: ${which}\n${event.data.percent}% of the way to being disabled\nReason: ${problem}`;
};

/** What a test says. */
export const robotTest: Readonly<Record<Locale, string>> = {
  'zh-CN': '测试消息：推送订阅已接通。',
  en: 'A test: the webhook works.',
};
