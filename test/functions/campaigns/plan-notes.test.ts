import { expect, test } from '@jest/globals';
import { notesOf } from '../../../functions/campaigns/plan-notes.ts';
import { readPlanText } from '../../../functions/campaigns/plan-text/read-plan-text.ts';

const notesFor = (text: string): readonly string[] =>
  notesOf(readPlanText(text), [], text, (zh) => zh);

test('a note quotes all that it is about', () => {
  const notes = notesFor(
    '2024年志愿服务计划\n1、清洁家园\n清理楼道。\n2、5月义诊\n每月不少于4场。\n3、6月义诊\n4、12月总结表彰大会\n5、农历九月初九敬老',
  );
  for (const note of [
    '含指标数字，不予导入：“每月不少于4场”',
    '活动未写明月份：“清洁家园”',
    '活动名称重复：“义诊”',
    '会议或评比表彰，不计志愿服务：“总结表彰大会”',
    '农历日期或清明：“农历九月初九”',
  ])
    expect(notes).toContain(note);
});

test('the end of a text is quoted by its last words', () => {
  expect(notesFor('1、3月5日义诊。\n2、5月12日组织志愿者到各社区开展防灾减灾')).toContain(
    '结尾缺失：“5月12日组织志愿者到各社区开展防灾减灾”',
  );
});

test('a note on personal data quotes nothing, not even quotation marks', () => {
  const notes = notesFor('1、3月5日义诊\n联系人：张小明 电话：13800138000\n2、5月植树\n');
  expect(notes).toContain('含个人信息，已略去。');
  expect(notes.join()).not.toContain('“”');
});
