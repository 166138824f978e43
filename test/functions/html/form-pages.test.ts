import { describe, expect, test } from '@jest/globals';
import { campaignEvents } from '../../../events/campaigns.ts';
import {
  campaignOf,
  fieldsOfProposal,
  planForm,
  revisionForm,
  revisionOf,
} from '../../../functions/campaigns/plan-form.ts';
import { markedText } from '../../../functions/campaigns/plan-marks.ts';
import { planKeys, renderDraft, renderPlanForm } from '../../../functions/campaigns/plan-page.ts';
import { renderRevise, reviseKey } from '../../../functions/campaigns/revise-page.ts';
import type { Refusal, View } from '../../../functions/html/view.ts';
import { withoutWords, wordsOf } from '../../../functions/http/field-words.ts';
import { givenIn, valueOfForm } from '../../../functions/http/forms.ts';
import { closeKey, type Prepared, renderClose } from '../../../functions/periods/close-page.ts';
import { sentBy } from '../../support/browsing.ts';

const viewOf = (path: string, refusal?: Refusal): View => ({
  ...{ locale: 'zh-CN', year: 2025, path, query: {}, refusal },
  hasSession: true,
  roles: ['district-admin'],
  signedIn: {
    roles: ['district-admin'],
    tokenFor: (key, action) => `token of ${key} at ${action}`,
  },
});

describe('the page of a draft', () => {
  const proposal = {
    year: 2025,
    title: '2025年"学雷锋"<方案>',
    slogan: '',
    themes: [
      {
        ...{ key: 'THEME_01', title: '义诊', months: [3, 10], dates: ['2025-03-05'] },
        ...{ audience: '社区居民', content: '量血压，测血糖。' },
        units: [{ name: '卫生中心', role: 'lead' as const }],
      },
      {
        ...{ key: 'THEME_02', title: '送法律', months: [7], dates: [], units: [] },
        ...{ audience: '', content: '' },
      },
    ],
    routines: [{ key: 'ROUTINE_01', title: '文明交通' }],
  };
  const text = '一、义诊\n"3月" & 10月 <b>';
  const fields = fieldsOfProposal(proposal, text);
  const reading = { notes: [], marked: markedText(text, []) };
  const parsed = (page: string) => planForm.parse(valueOfForm(sentBy(page)));

  test('sends the whole draft back, and the text with it, as a campaign', () => {
    const page = renderDraft(fields, reading, viewOf('/pages/plans')).text;
    const sent = sentBy(page);
    expect(sent.get('form')).toBe(`token of ${planKeys.confirm} at /pages/plans/confirm`);
    expect(parsed(page).text).toBe(text);
    expect(campaignOf(parsed(page))).toEqual({
      ...{ year: 2025, title: proposal.title, slogan: '' },
      ...{ responsibleId: null, responsibleUnit: null, routines: proposal.routines },
      themes: proposal.themes.map(({ units, ...each }) => ({
        ...each,
        units: units.map((unit) => ({ ...unit, organisationId: null })),
      })),
    });
  });

  test('shows the text beside it, escaped and marked, and what a person must look at', () => {
    const marked = markedText(text, [
      { start: 2, end: 4 },
      { start: 3, end: 4 },
    ]);
    const page = renderDraft(fields, { notes: ['年份有 <两> 个'], marked }, viewOf('/pages')).text;
    expect(page).toContain('一、<mark>义诊</mark>\n&quot;3月&quot; &amp; 10月 &lt;b&gt;</pre>');
    expect(page).toContain('年份有 &lt;两&gt; 个');
    expect(page).not.toMatch(/<b>|<方案>|<script/);
  });

  const refused = async (
    changes: Record<string, string[]>,
    faults: Record<string, string>,
    isTooLarge = false,
  ) => {
    const given = new Map<string, readonly string[]>([...fields, ...Object.entries(changes)]);
    const own = {
      ...{ code: 'invalid-request', title: '', detail: '' },
      faults: new Map(Object.entries(faults)),
    };
    const refusal = { ...own, given, isTooLarge };
    return (await renderPlanForm({}, undefined, viewOf('/pages/plans', refusal))).text;
  };

  test('keeps what was put in when it is refused, with the words at the field', async () => {
    const page = await refused(
      { 'themes.0.months[]': [], 'themes.0.title': ['义诊 2'] },
      { 'themes.0.months': '请选择月份' },
    );
    expect(page).toContain('<p class="fault" id="f-themes-0-months-fault">请选择月份</p>');
    expect(sentBy(page).get('themes.0.title')).toBe('义诊 2');
    expect(sentBy(page).getAll('themes.0.months[]')).toEqual([]);
    expect(sentBy(page).getAll('themes.1.months[]')).toEqual(['7']);
    expect(sentBy(page).get('text')).toBe(text);
  });

  test('is shown again without what was emptied, so that faults are at their rows', async () => {
    const page = await refused(
      { 'themes.0.title': [''] },
      { 'themes.0.dates.0': '日期有误', 'themes.0.key': '重复' },
    );
    expect(sentBy(page).get('themes.0.title')).toBe('送法律');
    expect(page).toContain('<p class="fault" id="f-themes-0-dates-fault">日期有误</p>');
    // The key is hidden, so what is wrong with it stands at the top of the form.
    expect(page).toContain('<p>重复</p>');
  });

  test('that is too large keeps the draft, and is small enough without the text', async () => {
    const page = await refused({ 'themes.0.title': ['义诊 2'] }, {}, true);
    expect(sentBy(page).get('themes.0.title')).toBe('义诊 2');
    expect(sentBy(page).get('text')).toBe('');
    expect(page).toContain('原文过长，不再附上');
    expect(page).not.toContain('<mark>');
  });

  test('of a draft without its text says nothing of a text', async () => {
    const page = await refused({ text: [''] }, { year: '必填' });
    expect(page).not.toContain('未识别出活动');
  });

  test('before it, a text that is too long is shown again with what to do', async () => {
    const given = new Map([['text', [text]]]);
    const own = {
      ...{ code: 'body-too-large', title: '', detail: '', faults: new Map(), isTooLarge: true },
    };
    const shown = async (refusal: Refusal) =>
      (await renderPlanForm({}, undefined, viewOf('/pages/plans', refusal))).text;
    const page = await shown({ ...own, given });
    expect(page).toMatch(/<p class="fault" id="f-text-fault">[^<]*28,000 字[^<]*\.docx/);
    expect(page).toContain('10月 &lt;b&gt;</textarea>');
    // More than a page gives back: the same words, and an empty field.
    expect(await shown({ ...own, given: undefined })).toMatch(/id="f-text-fault".*\n<\/textarea>/);
  });

  test.each([
    ['', '必填'],
    ['  ', '必填'],
    ['二〇二五', '须为四位数字的年份，如 2026'],
    ['1999', '不得小于 2000'],
  ])('a year “%s” is refused with %s', (year, words) => {
    const sent = sentBy(renderDraft(fields, reading, viewOf('/pages/plans')).text);
    sent.set('year', year);
    const { error } = planForm.safeParse(valueOfForm(sent), { error: withoutWords });
    expect(error?.issues.map((issue) => [issue.path, wordsOf(issue).zh])).toEqual([
      [['year'], words],
    ]);
  });

  test('a theme needs a month or a day; one without a title is left out', () => {
    const checked = (themes: object[]) =>
      planForm.safeParse({ year: '2025', title: '方案', themes });
    const faults = (themes: object[]) => checked(themes).error?.issues.map(({ path }) => path);
    expect(faults([{ title: '义诊' }])).toEqual([['themes', 0, 'months']]);
    expect(faults([{ key: 'CLINIC' }])).toEqual([['themes']]);
    expect(faults([{ key: 'CLINIC' }, { title: '义诊', months: ['13'] }])).toEqual([
      ['themes', 0, 'months', 0],
    ]);
    expect(faults([{ title: '义诊', dates: '2025-03-05、3月' }])).toEqual([
      ['themes', 0, 'dates', 1],
    ]);
    const { data } = checked([
      { title: '义诊', dates: '2025-03-05' },
      { key: 'THEME_01', title: '送法律', months: ['7'] },
    ]);
    expect(data && campaignOf(data).themes.map(({ key }) => key)).toEqual(['THEME_02', 'THEME_01']);
  });

  test('the page before it asks for the text', async () => {
    const page = (await renderPlanForm({}, undefined, viewOf('/pages/plans'))).text;
    expect(page).toContain(`token of ${planKeys.read} at /pages/plans`);
    expect(page).toContain('name="text"');
  });
});

describe('the page of a revision', () => {
  const { campaign } = campaignEvents.CampaignPlanned.example;
  const [clinic] = campaign.themes;
  if (!clinic) throw new Error('the example has a theme');
  const law = { ...clinic, key: 'LAW', title: '送法律', content: '一、讲座\n二、咨询' };
  const current = { ...campaign, themes: [clinic, law], version: 4 };
  const path = `/pages/campaigns/${current.year}/revise`;
  const shown = (refusal?: Refusal): string =>
    renderRevise(current, undefined, viewOf(path, refusal)).text;
  const revision = (sent: URLSearchParams) =>
    revisionOf(revisionForm.parse(valueOfForm(sent)), current);
  /** What the form says once these fields have other values. */
  const changed = (changes: Readonly<Record<string, string>>) => {
    const sent = sentBy(shown());
    for (const [name, value] of Object.entries(changes)) sent.set(name, value);
    return revision(sent);
  };

  test('sends the plan as it is, with the organisations of its units and all lines of its texts', () => {
    const sent = sentBy(shown());
    expect(sent.get('form')).toBe(`token of ${reviseKey} at ${path}`);
    expect(revisionForm.parse(valueOfForm(sent)).version).toBe(4);
    const { title, slogan, responsibleUnit, themes, routines } = current;
    expect(revision(sent)).toEqual({ title, slogan, responsibleUnit, themes, routines });
  });

  test('a unit that gets another name is another unit', () => {
    const { themes, responsibleUnit } = changed({
      ...{ 'themes.0.units.0.name': '司法所', responsible: '平安街道办事处' },
    });
    expect(themes[0]?.units[0]).toEqual({ name: '司法所', role: 'lead', organisationId: null });
    expect(themes[1]?.units).toEqual(clinic.units);
    expect(responsibleUnit).toEqual({ name: '平安街道办事处', organisationId: null });
    expect(changed({ responsible: ' ' }).responsibleUnit).toBeNull();
  });

  test('what is added gets a key that the plan had for nothing else', () => {
    const own = { ...current, themes: [{ ...clinic, key: 'THEME_01' }] };
    const sent = sentBy(renderRevise(own, undefined, viewOf(path)).text);
    sent.set('themes.0.title', '');
    sent.set('themes.1.title', '敬老');
    sent.append('themes.1.months[]', '10');
    const { themes } = revisionOf(revisionForm.parse(valueOfForm(sent)), own);
    expect(themes.map(({ key, title }) => [key, title])).toEqual([['THEME_02', '敬老']]);
  });

  const refusedWith = (faults: Record<string, string>, changes: Record<string, string>) => {
    const sent = sentBy(shown());
    for (const [name, value] of Object.entries(changes)) sent.set(name, value);
    const given = givenIn(sent);
    return shown({
      ...{ code: 'theme-in-use', title: '', detail: '' },
      faults: new Map(Object.entries(faults)),
      ...{ given, isTooLarge: false },
    });
  };

  test('a theme that must stay is back at its place, with the words in the form', () => {
    const page = refusedWith(
      { themes: '“义诊”须保留' },
      { 'themes.0.title': '', slogan: '新口号' },
    );
    expect(page).toContain('<p>“义诊”须保留</p>');
    const { themes, slogan } = revision(sentBy(page));
    expect([themes, slogan]).toEqual([current.themes, '新口号']);
  });

  test('a theme that was taken out stays out when something else is wrong', () => {
    const page = refusedWith({ slogan: '过长' }, { 'themes.0.title': '' });
    expect(revision(sentBy(page)).themes.map(({ key }) => key)).toEqual(['LAW']);
    expect(page).not.toContain('有人修订了方案');
  });

  test('says so when somebody revised the plan meanwhile', () => {
    const page = refusedWith({}, { version: '3' });
    expect(page).toContain('有人修订了方案');
    expect(sentBy(page).get('version')).toBe('4');
  });
});

describe('the page of a close', () => {
  const none = {
    ...{ waitingEntries: 0, waitingMinutes: 0, openObjections: 0, activitiesNotCompleted: 0 },
    ...{ activitiesNotVerified: 0, overdueRecords: 0 },
  };
  const prepared: Prepared = {
    ...{ period: '2025-10', status: 'open', open: none, stopped: false, progress: null },
    isOver: true,
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
      '<th scope="row">待查验的条目</th><td><a href="/pages/months/2025-10/open?what=waitingEntries" aria-label="待查验的条目 3">3（查看）</a></td><td>请查验或退回</td>',
    );
    // Nothing of these is open, so there is no list of them.
    expect(page).not.toContain('what=openObjections');
    expect(page).toContain('待查验时长 1.5 小时');
    expect(page).toContain('name="acceptOpen" value="true"');
    // Nobody accepts it without ticking it.
    expect(sentBy(page).has('acceptOpen')).toBe(false);
  });

  test.each([
    [{ status: 'closing', progress: { step: 'reading', rows: 1234 } }, '已核对 1,234 条记录'],
    [{ status: 'closed' }, '本月已关账。'],
    [{ status: 'restated' }, '之后有更正'],
    [{ isOver: false }, '本月尚未结束'],
  ] as const)('%j has no form', (changed, words) => {
    const page = shown(changed);
    expect(page).toContain(words);
    expect(page).not.toContain('<form');
  });

  test('says that the last close stopped', () => {
    expect(shown({ stopped: true })).toContain('上次关账已停止');
  });
});
