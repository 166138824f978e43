import { expect, test } from '@jest/globals';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const unitsOf = (text: string) =>
  readPlanText(text).themes.map(({ units }) => units.map(({ name }) => name));
const head = '青石街道2026年学雷锋计划\n';

test('a bracket behind an activity names its unit, and what the activity is called names none', () => {
  expect(
    unitsOf(
      `${head}3月：学雷锋社区清扫（党建办）\n4月：文明祭扫宣传（民政办、各社区）\n5月：“助残日”走访（残联）`,
    ),
  ).toEqual([['党建办'], ['民政办', '各社区'], ['残联']]);
});

test.each(['3次', '重点路段', '下午', '示范社区', '河口村', '志愿者', '各2小时', '星期日'])(
  'a bracket with %s names no unit',
  (written) => {
    expect(unitsOf(`${head}3月：清扫楼道（${written}）\n4月：文明祭扫宣传\n5月：慰问老人`)).toEqual(
      [[], [], []],
    );
  },
);

const plan = `${head}一、活动内容\n1.便民集市。3月，在广场设点。\n2.文明祭扫。4月，在公园宣传。`;
const isCut = (text: string): boolean =>
  readPlanText(text).warnings.some(({ code }) => code === 'TRUNCATED');

test.each([
  '责任单位：党建办',
  '\n责任单位：党建办',
  '\n牵头部门：民政办、各社区',
  '\n青石街道办事处\n2026年2月10日\n抄送：区文明办，区民政局',
  '\n青石街道党政办公室 2026年2月10日印发',
  '\n（此件公开发布）',
  '\n联系人 张小明 李红',
  '\n党建办联系人：张小明',
  '\n联系方式：社区服务中心，电话见公告栏',
  '\n三、5月\n助残走访活动',
])('a plan that ends with %j is whole', (end) => {
  expect(isCut(`${plan}${end}\n`)).toBe(false);
});

test.each(['1.敬老\n2.助残', '第三季度：助残走访\n上半年：完成志愿者登记'])(
  'a list whose lines have no sign at their ends is whole: %j',
  (list) => {
    expect(isCut(`${head}${list}\n`)).toBe(false);
  },
);

test.each([
  '责任单位：党建办、',
  '\n责任单位：党建办和',
  '各社区要组织志愿者',
  '\n印发后，各社区要',
  '\n3.参加人',
  '\n3.志愿者必须在当日',
  '\n联系人要在',
])('a plan that ends with %j is not', (end) => {
  expect(isCut(`${plan}${end}\n`)).toBe(true);
});
