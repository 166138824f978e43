import { expect, test } from '@jest/globals';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const read = (...lines: readonly string[]) => {
  const { themes, routines } = readPlanText(
    `青石医院2026年志愿服务安排\n各科室：\n现将安排印发如下。\n${lines.join('\n')}\n`,
  );
  return {
    themes: themes.map(({ title, when, units }) => [title, when, ...units.map(({ name }) => name)]),
    routines: routines.map(({ title, recurrence }) => [title, recurrence]),
  };
};
const counted = ['序号', '活动名称', '活动时间', '牵头科室', '参与科室', '备注'];
const clinic = ['义诊进社区', { dates: ['2026-03-24'] }, '内科', '护理部', '药剂科'];
const course = ['暑期急救小课堂', { months: [7, 8] }, '急诊科', '儿科'];

test('a table with a cell a line, whatever its columns call a unit', () => {
  expect(
    read(
      ...[...counted, '1', '义诊进社区', '3月24日', '内科', '护理部、药剂科', '院外'],
      ...['2', '导诊岗', '每个工作日', '门诊部', '院团委', '院内'],
      ...['3', '暑期急救小课堂', '7月—8月', '急诊科', '儿科', '院内'],
      '院志愿服务小组',
    ),
  ).toEqual({ themes: [clinic, course], routines: [['导诊岗', '每个工作日']] });
});

test('rows whose empty cells have left no line, and cells of two lines', () => {
  expect(
    read(
      ...[...counted, '1', '义诊', '进社区', '3月24日', '内科', '护理部、药剂科'],
      ...['2', '暑期急救小课堂', '7月—8月', '急诊科', '儿科', '家长可到场'],
      ...['3', '控烟劝导', '5月', '健康科', '院内'],
    ).themes,
  ).toEqual([['义诊 进社区', ...clinic.slice(1)], course, ['控烟劝导', { months: [5] }, '健康科']]);
});

test('rows that begin with the name, or with a month that is merged down', () => {
  const names = [...'ab'].map((letter) => `${letter}栋清扫楼道`);
  expect(
    read(
      '活动名称',
      '时间',
      '责任科室',
      names[0] ?? '',
      '4月',
      '内科',
      names[1] ?? '',
      '5月',
      '儿科',
    ).themes,
  ).toEqual([
    [names[0], { months: [4] }, '内科'],
    [names[1], { months: [5] }, '儿科'],
  ]);
  expect(
    read(
      ...['月份', '活动主题', '责任科室', '3月', '便民集市', '内科', '义务植树', '儿科'],
      ...['5月', '控烟劝导', '健康科', '注：以上由院团委统筹。'],
    ).themes,
  ).toEqual([
    ['便民集市', { months: [3] }, '内科'],
    ['义务植树', { months: [3] }, '儿科'],
    ['控烟劝导', { months: [5] }, '健康科'],
  ]);
});

test('a time beside the label that only says how often makes a service without a month', () => {
  const { themes, routines } = readPlanText(`青石镇2026年志愿服务方案
一、活动内容
（一）“老友到家”助老行动
上门探望高龄老人。
时间安排：全年
牵头单位：镇民政办
（二）“清水入河”护河行动
打捞漂浮物。
时间安排：4月
牵头单位：镇河长办
`);
  expect(themes.map(({ title }) => title)).toEqual(['“清水入河”护河行动']);
  expect(routines).toMatchObject([{ title: '“老友到家”助老行动', recurrence: '全年' }]);
});
