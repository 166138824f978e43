import { describe, expect, test } from '@jest/globals';
import { fieldsOfDraft, planForm } from '../../../functions/campaigns/plan-form.ts';
import { planKeys, renderDraft, renderPlanForm } from '../../../functions/campaigns/plan-page.ts';
import type { Refusal, View } from '../../../functions/html/view.ts';
import { valueOfForm } from '../../../functions/http/forms.ts';
import { closeKey, type Prepared, renderClose } from '../../../functions/periods/close-page.ts';

const viewOf = (path: string, refusal?: Refusal): View => ({
  ...{ locale: 'zh-CN', year: 2025, path, query: {}, refusal },
  signedIn: {
    roles: ['district-admin'],
    tokenFor: (key, action) => `token of ${key} at ${action}`,
  },
});

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** What a browser would send of the first form in a page, as it stands. */
const sentBy = (page: string): URLSearchParams => {
  const [, inForm = ''] = /<form[^>]*>([\s\S]*?)<\/form>/.exec(page) ?? [];
  const fields = new URLSearchParams();
  for (const [tag] of inForm.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    if (attribute('type') === 'checkbox' && !tag.includes(' checked')) continue;
    fields.append(attribute('name'), unescaped(attribute('value')));
  }
  return fields;
};

describe('the page of a draft', () => {
  const draft = {
    year: 2025,
    title: '2025年"学雷锋"<方案>',
    slogan: '',
    themes: [
      {
        key: 'CLINIC',
        title: '义诊',
        months: [3, 10],
        lead: '卫生中心',
        audience: '',
        content: '测血压',
      },
      { key: 'LAW', title: '送法律', months: [7], lead: '', audience: '居民', content: '' },
    ],
    routines: [{ key: 'TRAFFIC', title: '文明交通' }],
  };
  const text = '一、义诊\n"3月" & 10月 <b>';
  const fields = fieldsOfDraft(draft, text);

  test('sends the whole draft back, and the text with it', () => {
    const page = renderDraft(fields, [], viewOf('/pages/plans')).text;
    const sent = sentBy(page);
    expect(sent.get('form')).toBe(`token of ${planKeys.confirm} at /pages/plans/confirm`);
    const { themes, routines, ...rest } = planForm.parse(valueOfForm(sent));
    expect(rest).toEqual({ year: 2025, title: draft.title, slogan: '', text });
    // The spare row is empty.
    expect(themes.slice(0, 2)).toEqual(draft.themes);
    expect(themes.slice(2).every(({ title }) => title === undefined)).toBe(true);
    expect(routines).toEqual(draft.routines);
  });

  test('shows the text beside it, escaped, and what a person must look at', () => {
    const page = renderDraft(fields, ['年份有 <两> 个'], viewOf('/pages/plans')).text;
    expect(page).toContain('&quot;3月&quot; &amp; 10月 &lt;b&gt;</pre>');
    expect(page).toContain('年份有 &lt;两&gt; 个');
    expect(page).not.toMatch(/<b>|<方案>|<script/);
  });

  test('keeps what was put in when it is refused, with the words at the field', () => {
    const given = new Map([...fields, ['themes.0.months[]', []], ['themes.0.title', ['义诊 2']]]);
    const faults = new Map([['themes.0.months', '请选择月份']]);
    const refusal = { title: '', detail: '', faults, given };
    const page = renderDraft(given, [], viewOf('/pages/plans', refusal)).text;
    expect(page).toContain('<p class="fault">请选择月份</p>');
    expect(sentBy(page).get('themes.0.title')).toBe('义诊 2');
    expect(sentBy(page).getAll('themes.0.months[]')).toEqual([]);
    expect(sentBy(page).getAll('themes.1.months[]')).toEqual(['7']);
  });

  test('a theme with a title needs a month; one without is left out', () => {
    const parsed = (themes: object[]) =>
      planForm
        .safeParse({ year: '2025', title: '方案', themes })
        .error?.issues.map(({ path }) => path);
    expect(parsed([{ title: '义诊' }])).toEqual([['themes', 0, 'months']]);
    expect(parsed([{ key: 'CLINIC' }])).toBeUndefined();
    expect(parsed([{ title: '义诊', months: ['13'] }])).toEqual([['themes', 0, 'months', 0]]);
  });

  test('the page before it asks for the text', () => {
    const page = renderPlanForm(viewOf('/pages/plans')).text;
    expect(page).toContain(`token of ${planKeys.read} at /pages/plans`);
    expect(page).toContain('name="text"');
  });
});

describe('the page of a close', () => {
  const none = {
    ...{ waitingEntries: 0, waitingMinutes: 0, openObjections: 0, activitiesNotCompleted: 0 },
    ...{ activitiesNotVerified: 0, overdueRecords: 0 },
  };
  const prepared: Prepared = {
    ...{ period: '2025-10', status: 'open', open: none, stopped: false, progress: null },
  };
  const shown = (changed: Partial<Prepared>): string =>
    renderClose({ ...prepared, ...changed }, undefined, viewOf('/pages/months/2025-10')).text;

  test('lets a person close a month in which nothing is open', () => {
    const sent = sentBy(shown({}));
    expect([...sent.keys()]).toEqual(['form']);
    expect(sent.get('form')).toBe(`token of ${closeKey} at /pages/months/2025-10/close`);
  });

  test('shows what is open, and asks for it to be accepted', () => {
    const page = shown({ open: { ...none, waitingEntries: 3, waitingMinutes: 90 } });
    expect(page).toContain(
      '<th scope="row">待查验的条目</th><td class="n">3</td><td>请查验或退回</td>',
    );
    expect(page).toContain('待查验时长 1.5 小时');
    expect(page).toContain('name="acceptOpen" value="true"');
    // Nobody accepts it without ticking it.
    expect(sentBy(page).has('acceptOpen')).toBe(false);
  });

  test.each([
    [{ status: 'closing', progress: { rows: 1234 } }, '已读取 1,234 行'],
    [{ status: 'closed' }, '本月已关账。'],
    [{ status: 'restated' }, '之后有更正'],
  ] as const)('%j has no form', (changed, words) => {
    const page = shown(changed);
    expect(page).toContain(words);
    expect(page).not.toContain('<form');
  });

  test('says that the last close stopped', () => {
    expect(shown({ stopped: true })).toContain('上次关账已停止');
  });
});
