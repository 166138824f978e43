import { describe, expect, test } from '@jest/globals';
import { withoutPersonal } from '../../../../functions/campaigns/plan-text/personal.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const codesOf = (text: string): readonly string[] =>
  readPlanText(text).warnings.map(({ code }) => code);
const themesOf = (text: string) =>
  readPlanText(text).themes.map(({ title, when }) => [title, when]);

describe('the title of a notice is that of the plan that it brings', () => {
  const items = '一、活动内容\n1.3月，开展义诊。\n2.4月，开展植树。\n';
  test.each([
    ['关于印发《松岭区2026年志愿服务实施方案》的通知\n各镇：\n', '松岭区2026年志愿服务实施方案'],
    ['松岭区文明办关于转发《2026年学雷锋活动计划》的通知\n', '2026年学雷锋活动计划'],
    ['关于印发松岭区2026年志愿服务工作要点的通知\n', '松岭区2026年志愿服务工作要点'],
    [
      '关于印发《松岭区2026年志愿服务方案》的通知\n各镇：\n现予印发。\n松岭区2026年志愿服务方案\n',
      '松岭区2026年志愿服务方案',
    ],
    ['关于开展2026年金秋助学活动的通知\n', '关于开展2026年金秋助学活动的通知'],
    ['松岭社区2026年志愿服务月历\n', '松岭社区2026年志愿服务月历'],
  ])('%s', (head, title) => {
    expect(readPlanText(head + items).title?.text).toBe(title);
  });
});

describe('a sum is no activity, and ends a table', () => {
  const rows =
    '2026年志愿服务计划表\n序号\t时间\t活动名称\t责任单位\n1\t3月\t义诊\t卫生院\n2\t5月\t助残走访\t残联\n';
  const listed = [
    ['义诊', { months: [3] }],
    ['助残走访', { months: [5] }],
  ];
  test.each(['合计\t2项\n', '总计\t\t共2项\t\n', '合 计：2项\n'])('%s', (sum) => {
    expect(themesOf(rows + sum)).toEqual(listed);
    expect(codesOf(rows + sum)).not.toContain('TRUNCATED');
  });

  test('rows go on below the sum of a part', () => {
    expect(themesOf(`${rows}小计\t\t2项\t\n3\t10月\t敬老茶话会\t民政办\n`)).toEqual([
      ...listed,
      ['敬老茶话会', { months: [10] }],
    ]);
  });

  test('in a table of one cell a line', () => {
    const text =
      '序号\n时间\n活动名称\n责任单位\n1\n3月\n义诊\n卫生院\n2\n5月\n助残走访\n残联\n合计\n2项\n';
    expect(themesOf(text)).toEqual(listed);
    expect(codesOf(text)).not.toContain('TRUNCATED');
  });
});

describe('months in Chinese numerals without a sign between them', () => {
  test.each([
    ['七八月', [7, 8]],
    ['三四月份', [3, 4]],
    ['九十月', [9, 10]],
    ['十一十二月', [11, 12]],
    ['十一二月', [11, 12]],
    ['六七八月', [6, 7, 8]],
    ['十一、十二月', [11, 12]],
    ['十一月', [11]],
    ['2026年七八月', [7, 8]],
  ])('%s', (written, months) => {
    const text = `松岭社区志愿服务安排\n二月：义诊\n${written}：暑期托管\n12月：慰问老人\n`;
    expect(themesOf(text)[1]).toEqual(['暑期托管', { months }]);
  });

  test('those of the lunar calendar are no months of the year', () => {
    expect(
      themesOf('松岭社区志愿服务安排\n1.农历七八月开展祭扫。\n2.9月开展敬老活动。\n')[0]?.[1],
    ).toBeNull();
  });
});

describe('who made a paper is masked, and ends it', () => {
  test.each([
    ['签发人：魏长林', '魏长林'],
    ['审核人：贾 宁', '贾'],
    ['制表人:丁小雨 填表人:宗伟', '丁小雨'],
    ['制表：丁小雨 审核：贾宁', '贾宁'],
    ['拟稿：方一舟', '方一舟'],
    ['审批人：胡月', '胡月'],
  ])('%s', (line, name) => {
    const text = `松岭社区2026年志愿服务安排\n3月：义诊\n5月：助残走访\n9月：敬老茶话会\n${line}\n`;
    expect(withoutPersonal(text)).not.toContain(name);
    expect(JSON.stringify(readPlanText(text))).not.toContain(name);
    expect(codesOf(text)).toContain('PERSONAL_DATA');
    expect(codesOf(text)).not.toContain('TRUNCATED');
  });

  test.each(['审核：区文明办', '编制：各社区', '审核人员要认真负责'])('%s names nobody', (line) => {
    expect(withoutPersonal(line)).toBe(line);
  });
});

describe('the number of a public service reaches nobody', () => {
  test.each(['火警电话：119', '报警电话：110', '急救电话：120。', '服务热线：12345'])(
    '%s',
    (number) => {
      const text = `松岭社区2026年志愿服务安排\n3月：消防宣传，${number}\n5月：助残走访\n`;
      expect(withoutPersonal(text)).toBe(text);
      expect(codesOf(text)).not.toContain('PERSONAL_DATA');
      expect(themesOf(text)[0]).toEqual(['消防宣传', { months: [3] }]);
    },
  );

  test('a name behind it, and a longer number do', () => {
    expect(withoutPersonal('火警电话：119、张小明')).toBe('火警电话：119、＊＊＊');
    expect(withoutPersonal('联系电话：1191234')).toBe('联系电话：＊＊＊＊＊＊＊');
  });
});

test.each(['5月：义诊', '主要有：义诊（3月）、助残走访（5月）、慰问独居老人和困难家庭（10月）'])(
  'a list may end so: %s',
  (line) => {
    expect(codesOf(`松岭社区2026年志愿服务安排\n3月：植树\n4月：慰问\n${line}\n`)).not.toContain(
      'TRUNCATED',
    );
  },
);

test.each(['王芳', '欧阳雪', '李小红老师'])('%s, by whom something is done, is masked', (name) => {
  const text = `松岭社区2026年计划\n1.3月便民集市，由${name}负责。\n2.5月助残走访，由金融办负责。\n3.6月巡河，由高淳区牵头。\n`;
  expect(withoutPersonal(text)).not.toContain(name.slice(0, 2));
  expect(withoutPersonal(text)).toContain('由金融办负责。\n3.6月巡河，由高淳区牵头。');
  expect(JSON.stringify(readPlanText(text))).not.toContain(name.slice(0, 2));
  expect(themesOf(text)[0]).toEqual(['便民集市', { months: [3] }]);
});
