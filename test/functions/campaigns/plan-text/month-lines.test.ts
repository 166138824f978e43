import { describe, expect, test } from '@jest/globals';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const names = [
  ...['学雷锋志愿服务启动仪式', '创文明树新风', '送货上门', '公交车站大清洁', '送法律'],
  ...['巾帼奉献', '注册志愿者宣传', '义诊', '反诈宣传', '全面总结'],
];
const window = '学雷锋志愿服务活动从3月初持续到12月底\n';

const heads: readonly (readonly [string, string])[] = [
  ['no title', window],
  ['a title', `青石街道2024年学雷锋活动方案\n${window}`],
  [
    'numbered sections',
    '青石街道2024年学雷锋活动方案\n一、活动时间\n3月初持续到12月底\n二、活动内容\n',
  ],
];
/** The form of a line: with its name and its place in the list, from 0. */
const forms: readonly (readonly [string, (name: string, at: number) => string])[] = [
  ['a blank', (name) => `月份 ${name}`],
  ['a colon', (name) => `月份：${name}`],
  ['nothing', (name) => `月份${name}`],
  ['a sign before and a blank', (name) => `• 月份 ${name}`],
  ['a sign before and a colon', (name) => `● 月份：${name}`],
  ['a sign and blanks around 月', (name) => `·  月  ${name}`],
  ['a number before', (name, at) => `${at + 1}、月份${name}`],
  ['a number in brackets before', (name, at) => `（${at + 1}）月份 ${name}`],
  ['its digits', (name, at) => `${at + 3}月 ${name}`],
  ['its digits and 份', (name, at) => `${at + 3}月份${name}`],
];
const tails: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['demands in a line', '要求：\n一、高度重视。二、注重实效。三、及时报送信息。\n'],
  ['demands in lines', '要求：\n一、高度重视。\n二、注重实效。\n三、及时报送信息。\n'],
  [
    'sentences with numbers',
    '工作要求\n1.加强领导，各单位要明确专人负责。\n2.各社区要及时报送活动照片。\n',
  ],
  [
    'organisation',
    '组织保障：\n（一）成立领导小组。组长由书记担任。\n（二）各单位每月报送总结。\n',
  ],
  ['a section with a number', '二、活动要求\n1、高度重视\n2、广泛宣传\n'],
  ['two sections', '一、组织领导\n成立领导小组。\n二、工作要求\n各单位高度重视。\n'],
  ['a sentence', '各单位要高度重视，认真组织。\n'],
  ['a contact', '附件：报名表\n联系人：张小明 电话：13800138000\n'],
];

describe.each(heads)('a list of months below %s', (_, head) => {
  describe.each(forms)('of lines with a month and %s', (__, form) => {
    test.each(tails)('is all that is listed, before %s', (___, tail) => {
      const draft = readPlanText(`${head}${names.map(form).join('\n')}\n${tail}`);
      expect(draft.themes.map(({ title, when }) => [title, when])).toEqual(
        names.map((name, at) => [name, { months: [at + 3] }]),
      );
      const codes = draft.warnings.map(({ code }) => code);
      for (const code of ['PDF_SPACES', 'TRUNCATED_HEAD', 'TRUNCATED'])
        expect(codes).not.toContain(code);
    });
  });
});

test.each(['月饼义卖', '月末大扫除', '月季养护', '月嫂培训'])('%s has lost no month', (name) => {
  const { themes, warnings } = readPlanText(
    `社区活动\n1、${name}\n时间：9月3日\n2、植树\n时间：3月12日\n`,
  );
  expect(themes.map(({ title }) => title)).toEqual([name, '植树']);
  expect(warnings.map(({ code }) => code)).not.toContain('DIGITS_LOST');
});

test('月份: with a month behind it is a label', () => {
  const { themes, warnings } = readPlanText('1、义诊\n月份：3月\n2、植树\n月份：4月\n');
  expect(themes.map(({ title }) => title)).toEqual(['义诊', '植树']);
  expect(warnings.map(({ code }) => code)).not.toContain('DIGITS_LOST');
});

test('an activity of its own below the list, with its time, is listed too', () => {
  const lines = names.slice(0, 3).map((name, at) => `${at + 1}、${at + 3}月${name}`);
  const { themes } = readPlanText(
    `${lines.join('\n')}\n要求：各社区认真组织。\n4、8月防溺水巡查\n`,
  );
  expect(themes.map(({ title }) => title)).toEqual([...names.slice(0, 3), '防溺水巡查']);
});

test('blanks within the words of a scan, and a text without its first section, are told', () => {
  const codes = (text: string) => readPlanText(text).warnings.map(({ code }) => code);
  expect(codes('社 区 志 愿 服 务 活 动\n1、3 月 5 日 开 展 义 诊 活 动\n')).toContain(
    'PDF_SPACES',
  );
  expect(codes('二、活动内容\n1、3月5日义诊\n2、4月5日植树\n三、活动要求\n高度重视。\n')).toContain(
    'TRUNCATED_HEAD',
  );
});
