import { expect, test } from '@jest/globals';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const read = (text: string) => {
  const draft = readPlanText(text);
  expect(checkDraft(text, draft)).toEqual([]);
  return {
    themes: draft.themes.map(({ title, when }) => [title, when]),
    routines: draft.routines.map(({ title, recurrence }) => [title, recurrence]),
    codes: draft.warnings.map(({ code }) => code),
  };
};
const listed = [
  ['便民集市', { months: [3] }],
  ['助残走访', { months: [5] }],
  ['敬老茶话会', { months: [10] }],
];
const months = '3月：便民集市\n5月：助残走访\n10月：敬老茶话会\n';
const sections =
  '松岭镇2026年志愿服务计划\n一、重点活动\n1.3月，便民集市。\n2.5月，助残走访。\n3.10月，敬老茶话会。\n';

test('a section of services without a month, with numbers', () => {
  const { themes, routines } = read(
    `${sections}二、常态化服务\n1.路口文明劝导，每周一早高峰开展。\n2.社区书屋管理。\n三、工作要求\n加强领导。\n`,
  );
  expect(themes).toEqual(listed);
  expect(routines).toEqual([
    ['路口文明劝导', '每周一'],
    ['社区书屋管理', ''],
  ]);
});

test('such a section in one line, and one among the activities', () => {
  expect(read(`${sections}二、日常志愿服务\n文明劝导、书屋管理、护河巡查。\n`).routines).toEqual([
    ['文明劝导', ''],
    ['书屋管理', ''],
    ['护河巡查', ''],
  ]);
  const within = read(
    `${sections}4.常态化志愿服务\n（1）平安巡逻。每晚组织志愿者巡逻。\n（2）独居老人陪护\n`,
  );
  expect(within.themes).toEqual(listed);
  expect(within.routines).toEqual([
    ['平安巡逻', ''],
    ['独居老人陪护', ''],
  ]);
});

test('a line for all year below those of the months', () => {
  const { themes, routines, codes } = read(
    `松岭社区2026年志愿服务安排\n${months}常年：文明劝导、河道巡逻\n`,
  );
  expect(themes).toEqual(listed);
  expect(routines).toEqual([
    ['文明劝导', '常年'],
    ['河道巡逻', '常年'],
  ]);
  expect(codes).not.toContain('TRUNCATED');
});

test('sentences that say how often', () => {
  const { themes, routines } = read(
    '松岭社区2026年计划\n3月5日在广场举办便民集市。5月组织助残走访。\n每周五下午组织党员志愿者开展楼道清洁。每月第一个星期六开展旧衣回收服务。\n',
  );
  expect(themes.map(([title]) => title)).toEqual(['便民集市', '助残走访']);
  expect(routines).toEqual([
    ['楼道清洁', '每周五下午'],
    ['旧衣回收服务', '每月第一个星期六'],
  ]);
});

test('an item that begins with several days of the week', () => {
  const { routines } = read(`${sections}4.每周三、周六，志愿者到书屋整理图书。\n`);
  expect(routines).toEqual([['志愿者到书屋整理图书', '每周三、周六']]);
});

test('what is demanded, and what belongs to an activity, is no service of its own', () => {
  expect(
    read(`${sections}二、工作要求\n每月至少开展一次活动。每周开展一次检查。\n`).routines,
  ).toEqual([]);
  const { themes, routines } = read(
    '松岭社区2026年计划\n一、活动安排\n1.暑期托管（7月）\n每周一至周五开展作业辅导。\n2.助残走访（5月）\n每周六上午组织志愿者上门服务。\n',
  );
  expect(themes).toEqual([
    ['暑期托管', { months: [7] }],
    ['助残走访', { months: [5] }],
  ]);
  expect(routines).toEqual([]);
});

test('who may take part is no activity', () => {
  const { themes, routines } = read(
    `${sections}4.年满14周岁即可报名。\n5.未成年人须监护人签字同意。\n`,
  );
  expect(themes).toEqual(listed);
  expect(routines).toEqual([]);
});

test('rows of a table below such a heading keep their columns', () => {
  const table =
    '活动名称\t时间\t责任单位\n一、重点活动\n便民集市\t3月\t团委\n二、常规活动\n助残走访\t5月\t残联\n书屋管理\t常年\t团委\n';
  const { themes, routines } = read(table);
  expect(themes).toEqual(listed.slice(0, 2));
  expect(routines).toEqual([['书屋管理', '常年']]);
});

test('the day of the plan below the last of them is not when it is', () => {
  const { themes, routines } = read(
    `${sections}二、常态化服务\n1.社区书屋管理\n2.全年开展护河巡查。\n松岭镇文明办\n2026年2月10日\n`,
  );
  expect(themes).toEqual(listed);
  expect(routines).toEqual([
    ['社区书屋管理', ''],
    ['护河巡查', '全年'],
  ]);
});

test('lines with a blank in place of the colon, with a sign before them or without', () => {
  const lines = months.replaceAll('：', ' ');
  for (const sign of ['', '● ']) {
    const text = `松岭社区2026年志愿服务安排\n${lines}每周六 爱心理发\n每月最后一个周日 整理书屋\n全年 护河巡查\n`;
    const { themes, routines, codes } = read(text.replaceAll(/^(?!松)(?=.)/gm, sign));
    expect(themes).toEqual(listed);
    expect(routines).toEqual([
      ['爱心理发', '每周六'],
      ['整理书屋', '每月最后一个周日'],
      ['护河巡查', '全年'],
    ]);
    expect(codes).not.toContain('TRUNCATED');
    expect(codes).not.toContain('QUOTA_FOUND');
  }
});
