import { describe, expect, test } from '@jest/globals';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';
import { proposeCampaign } from '../../../../functions/campaigns/propose-campaign.ts';

const read = (text: string) => {
  const draft = readPlanText(text);
  expect(checkDraft(text, draft)).toEqual([]);
  return draft;
};
const saidOf = (text: string) =>
  read(text).themes.map(({ title, content, audience }) => [
    title,
    content?.text ?? null,
    audience?.text ?? null,
  ]);
const head = '松岭镇2026年志愿服务方案\n一、活动安排\n';

describe('what is done', () => {
  test('is in the sentences below a heading, without labels', () => {
    const text = `${head}（一）3月便民集市\n组织志愿者为居民理发。邀请医生义诊。\n责任单位：团委\n（二）5月助残走访\n责任单位：残联\n`;
    expect(saidOf(text)).toEqual([
      ['便民集市', '组织志愿者为居民理发。邀请医生义诊。', null],
      ['助残走访', null, null],
    ]);
  });

  test('is behind its label, and so is for whom', () => {
    const text = `${head}（一）5月助残走访\n服务对象：残疾人家庭\n活动内容：上门打扫卫生。陪他们聊天。\n责任单位：残联\n（二）9月敬老茶话会\n`;
    expect(saidOf(text)[0]).toEqual(['助残走访', '上门打扫卫生。陪他们聊天。', '残疾人家庭']);
  });

  test('is in the columns of a table for it', () => {
    const text =
      '序号\t时间\t活动名称\t活动内容\t服务对象\t责任单位\n1\t3月\t便民集市\t理发、磨剪刀、修家电。\t社区居民\t团委\n2\t5月\t助残走访\t上门打扫卫生\t残疾人\t残联\n3\t9月\t敬老茶话会\t\t\t老协\n';
    expect(saidOf(text)).toEqual([
      ['便民集市', '理发、磨剪刀、修家电。', '社区居民'],
      ['助残走访', '上门打扫卫生', '残疾人'],
      ['敬老茶话会', null, null],
    ]);
  });

  test('is in a sentence that says more than the name, and in the tasks of an activity', () => {
    expect(
      saidOf('松岭镇2026年安排\n3月：组织志愿者开展便民集市，为居民理发。\n5月：助残走访\n'),
    ).toEqual([
      ['便民集市', '组织志愿者开展便民集市，为居民理发。', null],
      ['助残走访', null, null],
    ]);
    expect(
      saidOf(
        `${head}（一）3月：“邻里情”集中行动\n1.为独居老人理发；\n2.清理楼道杂物。\n责任单位：民政办\n`,
      ),
    ).toEqual([['邻里情', '1.为独居老人理发； 2.清理楼道杂物。', null]]);
  });

  test('is not the name once more with the verb before it and who does it behind it', () => {
    const text = `${head}1.3月，开展“邻里一家亲”主题活动（宣传部牵头）\n2.5月，助残走访\n`;
    expect(saidOf(text).map(([, content]) => content)).toEqual([null, null]);
  });

  test('does not begin with the name alone', () => {
    const text =
      '松岭镇2026年志愿服务方案\n（一）4月：清明祭扫\n组织青少年到烈士陵园献花。\n责任单位：团委\n（二）5月：助残走访\n上门打扫卫生。\n责任单位：残联\n';
    expect(saidOf(text).map(([, content]) => content)).toEqual([
      '组织青少年到烈士陵园献花。',
      '上门打扫卫生。',
    ]);
  });

  test('has no goals and nobody’s name', () => {
    const text = `${head}（一）3月便民集市\n组织志愿者为居民理发，至少服务50人。\n（二）5月助残走访\n不少于20人参加。上门打扫卫生。\n（三）9月敬老茶话会\n由李小红老师带队演出。演出后一起包饺子。\n（四）10月护河巡查\n沿河捡拾垃圾，联系人：张小明 13800138000\n`;
    const draft = read(text);
    expect(draft.themes.map(({ content }) => content?.text)).toEqual([
      '组织志愿者为居民理发',
      '上门打扫卫生。',
      '演出后一起包饺子。',
      '沿河捡拾垃圾',
    ]);
    expect(JSON.stringify(draft)).not.toMatch(/李小红|张小明|1380013/);
  });

  test('ends with a sentence where there is more than fits', () => {
    const sentence = '组织志愿者走进社区为老人做好事。';
    const [theme] = read(`${head}1.3月便民集市\n${sentence.repeat(40)}\n2.5月助残走访\n`).themes;
    const text = theme?.content?.text ?? '';
    expect(text).toBe(sentence.repeat(Math.floor(200 / sentence.length)));
  });

  test('of one long sentence are its first clauses', () => {
    const [theme] = read(
      `${head}1.3月便民集市\n${'为老人理发，'.repeat(90)}\n2.5月助残走访\n`,
    ).themes;
    const text = theme?.content?.text ?? '';
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text).toMatch(/^(?:为老人理发，)+为老人理发$/);
  });
});

test('it is proposed as a campaign takes it', () => {
  const { proposal } = proposeCampaign(
    read(
      `${head}（一）5月助残走访\n服务对象：残疾人家庭\n活动内容：上门打扫卫生。\n（二）9月敬老茶话会\n`,
    ),
  );
  expect(proposal.themes).toMatchObject([
    { content: '上门打扫卫生。', audience: '残疾人家庭' },
    { content: '', audience: '' },
  ]);
});
