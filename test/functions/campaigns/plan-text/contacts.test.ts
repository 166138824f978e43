import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { notesOf } from '../../../../functions/campaigns/plan-notes.ts';
import { withoutPersonal } from '../../../../functions/campaigns/plan-text/personal.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';
import { proposeCampaign } from '../../../../functions/campaigns/propose-campaign.ts';
import * as plans from './plans.ts';

const families = ['张', '李', '王', '刘', '陈', '欧阳', '司马', '于', '温', '文', '尉迟', '钱'];
const given = ['小明', '红', '秀兰', '志强', '静', '建国', '雨桐'];
const parted = ['古丽·买买提', '阿依古丽·艾合买提', '扎西·多吉'];
const name = fc.oneof(
  fc.tuple(fc.constantFrom(...families), fc.constantFrom(...given)).map((parts) => parts.join('')),
  fc.constantFrom(...parted),
);
const mobile = fc
  .integer({ min: 1_300_000_000, max: 1_999_999_999 })
  .map((value) => `${value}${value % 10}`);
const digits = fc.integer({ min: 20_000_000, max: 89_999_999 }).map(String);
const number = fc.oneof(
  mobile,
  mobile.map((value) => `${value.slice(0, 3)} ${value.slice(3, 7)} ${value.slice(7)}`),
  digits.map((value) => `0431-${value}`),
  digits.map((value) => `（010）${value}`),
  digits.map((value) => `0431—${value}`),
);
const blank = fc.constantFrom(' ', '  ', '　', '　　', '，', '；', '、');
const person = fc.constantFrom(
  ...[
    '联系人',
    '联 系 人',
    '负责人',
    '负责同志',
    '联络员',
    '活动联系人',
    '街道文明办联系人',
    '带队老师',
  ],
);
const call = fc.constantFrom('电话', '联系电话', '手机', '联系方式', '报名电话');

/** A line with two people and a number, in one of the forms in which plans name them. */
const line = fc
  .record({ one: name, other: name, number, blank, person, call })
  .chain(({ one, other, number: of, blank: gap, person: label, call: by }) =>
    fc.constantFrom(
      ...[
        `${label}：${one}${gap}${by}：${of}`,
        `${label}：${one} ${of}；${other} ${of}`,
        `${label}：${one}、${other}${gap}${by}：${of}`,
        `${label}:${one}(${of})`,
        `${label}（${one}，${of}）`,
        `${label} ${one} ${of}`,
        `${label}\t${one}\t${by}\t${of}`,
        `${label}：\t${one}\t${by}：\t${of}`,
        `${label}：\n${one}\n`,
        `${by}：${one} ${of}`,
        `${by}：${of}（${one}）`,
        `${one} ${by}：${of}`,
        `${one}${by}：${of}`,
        `${one}(${of})、${other}(${of})`,
        `${one}：${of}`,
        `请与${one}联系，电话${of}`,
        `姓名\t职务\t电话\n${one}\t网格员\t${of}\n${other}\t组员\t${of}`,
      ].map((text) => ({ text, secrets: [one, other, of].filter((each) => text.includes(each)) })),
    ),
  );

const hosts = [plans.labelled, plans.byMonth, plans.digitsLost, plans.running, plans.deadlines];
/** A contact line between two lines of a plan. */
const placed = fc
  .tuple(fc.constantFrom(...hosts), fc.nat(), line)
  .map(([host, at, { text, secrets }]) => {
    const lines = host.split('\n');
    return { text: lines.toSpliced(at % lines.length, 0, text).join('\n'), secrets };
  });

/** The parts of a name, and the digits of a number, however they are parted. */
const traces = (secret: string): readonly string[] =>
  /\d/.test(secret) ? [secret.replace(/\D/g, '').slice(-7)] : secret.split('·');

test('neither a contact’s name nor the number is in text, draft, proposal or notes', () => {
  fc.assert(
    fc.property(placed, ({ text, secrets }) => {
      const shown = withoutPersonal(text);
      const draft = readPlanText(text);
      const { proposal, questions } = proposeCampaign(draft);
      const notes = notesOf(draft, questions, shown, (zh) => zh);
      const all = [shown, JSON.stringify([draft, proposal, notes])];
      for (const trace of secrets.flatMap(traces))
        for (const each of all)
          expect(/\d/.test(trace) ? each.replace(/[\s—-]/g, '') : each).not.toContain(trace);
    }),
    { numRuns: 500 },
  );
});

describe('people behind a word for who they are are masked, with a warning', () => {
  test.each([
    ['帮扶对象：杨秀英，78岁，家住新华社区3号楼2单元501室。', ['杨秀英', '3号楼', '501']],
    ['慰问烈属朱桂兰家。', ['朱桂兰']],
    ['看望困难户韩大爷', ['韩大爷']],
    ['走访对象 王强 78岁', ['王强']],
    ['编辑：何大伟', ['何大伟']],
    ['老师：吴十', ['吴十']],
    ['领队 孙八', ['孙八']],
    ['由街道陈志强同志带队', ['陈志强']],
    ['书记褚卫国带头参加', ['褚卫国']],
    ['书记钱国强、主任卫建华负责', ['钱国强', '卫建华']],
    ['志愿者代表：许三多、伍六一', ['许三多', '伍六一']],
    ['讲解员：阿依古丽·买买提', ['古丽', '买买提']],
    ['Contact: Zhang San', ['Zhang', 'San']],
    ['由志愿者骨干赵春梅带队。', ['赵春梅']],
    ['邀请老党员马玉珍讲党史。', ['马玉珍']],
    ['劳模郭大义作报告。', ['郭大义']],
    ['邀请退休教师王淑兰讲课', ['王淑兰']],
    ['邀请非遗传承人周巧云为居民演示，木匠鲁大爷教做板凳。', ['周巧云', '鲁大爷']],
    ['请维修能手邓建军和汪海上门', ['邓建军', '汪海']],
    ['邀请王淑兰讲课', ['王淑兰']],
    ['与社区工作人员孙立伟联系', ['孙立伟']],
    ['审稿：钱学文 编辑：何大伟', ['钱学文', '何大伟']],
    ['校对：于文静、张红  制图：冯远', ['于文静', '张红', '冯远']],
    ['初审：梁小龙 终审：温玉', ['梁小龙', '温玉']],
  ])('%s', (written, secrets) => {
    const text = `2025年计划\n3月：义务植树\n活动内容：植树五十棵。${written}\n4月：清洁家园\n`;
    const draft = readPlanText(text);
    const { proposal } = proposeCampaign(draft);
    const all = JSON.stringify([withoutPersonal(text), draft, proposal]);
    for (const secret of secrets) expect(all).not.toContain(secret);
    expect(draft.themes.map(({ title }) => title)).toEqual(['义务植树', '清洁家园']);
    expect(draft.warnings).toContainEqual(expect.objectContaining({ code: 'PERSONAL_DATA' }));
  });
});

describe('numbers and accounts are masked, however they are written', () => {
  test.each([
    '138.0013.8000',
    '138/0013/8000',
    '138·0013·8000',
    '138_0013_8000',
    '138，0013，8000',
    '138*0013*8000',
    '138：0013：8000',
    '138、0013、8000',
    '138~0013~8000',
    '110101.19900307.0011',
    '110101：19900307：0011',
    '1-3-8-0-0-1-3-8-0-0-0',
    '1380.013.8000',
    '138\t00138000',
    '1380013\n8000',
    '一三八零零一三八零零零',
    '一三八〇〇一三八〇〇〇',
    '0451—8888—6666',
    '0451/88886666',
    '𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎',
    '①③⑧⓪⓪①③⑧⓪⓪⓪',
    '١٣٨٠٠١٣٨٠٠٠',
    '138oo138ooo',
    'l38-ool3-8ooo',
    '230102.19900307.775X',
    'zhangsan(at)example.com',
    'zhangsan[at]example[dot]com',
    'VX：abc123',
    'weixin:abc123',
  ])('%j', (number) => {
    const text = `2025年计划\n3月：义务植树\n活动内容：植树五十棵，可询${number}。\n4月：清洁家园\n`;
    const shown = withoutPersonal(text);
    expect(shown).toBe(text.replace(number, number.replace(/\S/g, '＊')));
    expect(JSON.stringify(readPlanText(text))).not.toContain(JSON.stringify(number).slice(1, -1));
  });
});

test.each([
  ['义务理发——理发师吴师傅（手艺好）上门', '义务理发'],
  ['义剪（理发师吴师傅）', '义剪'],
  ['法律进社区——邀请李明律师讲法', '法律进社区'],
  ['家电维修邀请维修能手李师傅', '家电维修'],
  ['普法讲座由李明律师主讲', '普法讲座'],
  ['与低保户王大爷结对', '结对'],
  ['邀请退休教师王淑兰讲课', '讲课'],
  ['听老党员马玉珍讲党史', '讲党史'],
  ['慰问困难户韩大爷', '慰问困难户'],
])('a title is whole without a person: %s', (written, title) => {
  const { themes } = readPlanText(`2025年计划\n3月：${written}\n4月：清洁家园\n`);
  expect(themes.map((each) => each.title)).toEqual([title, '清洁家园']);
});

test('where a heading only names a person, its month is a note', () => {
  const draft = readPlanText('2025年计划\n3月：由赵春梅带队\n4月：清洁家园\n5月：植树\n');
  expect(draft.themes.map(({ title }) => title)).toEqual(['清洁家园', '植树']);
  expect(draft.notes.map(({ text }) => text)).toEqual([expect.stringMatching(/^3月/)]);
});

describe('numbers that reach nobody stay', () => {
  test.each([
    '2025.3.5—2025.4.10 清洁家园',
    '2025/03/05 清洁家园，2024—2025学年',
    '3月1日—15日 13:00—15:00，19:30—21:00',
    '分别奖励1500、2000、300元，共1500,2000,300元',
    '①3月植树②4月读书③5月义诊',
    '二〇二五年三月五日，一三五支队',
    '138个社区，0013号文件，政发〔2025〕18号',
    '1.3.8.0 条',
  ])('%s', (text) => {
    expect(withoutPersonal(text)).toBe(text);
  });
});

describe('what is no person stays', () => {
  test.each([
    '负责人：各社区书记',
    '责任人：城关街道、各社区',
    '负责人要高度重视，认真组织',
    '联系人安排另行通知',
    '社区负责人 文明办',
    '社区广场 便民服务 3月5日',
    '服务时间 2024-03-05-2024-03-09 清洁家园',
    '序号\t活动\t地点\n1\t张贴海报\t社区广场\n',
    '书记任组长，主任高度重视，代表方队参加',
    '党员代表安排座谈，老师安全负责，困难户高兴',
    '社区卫生所长、全体劳模王进喜精神宣讲',
    '在3号楼前广场集合，居民方便，服务对象范围广',
    '3月5日开展“学雷锋·献爱心”活动，金秋助学。',
    '邀请志愿者骨干带头讲，由党员骨干包片负责，教师高兴地为学生讲课',
    '志愿者包粽子为老人送去，队员施工在路口，志愿者戴口罩到公园，志愿者夏令营开展',
    '邀请高校教师授课、江苏专家讲课、金牌讲师讲课，请师范大学在校生讲课',
    '邀请社区工作者方便时讲法，组织党员游园，或者金秋在公园，动员康复者来',
    '审阅：高度重视\n校对：各社区\n供稿：妇联',
    '邀请劳模郭明义作报告，讲雷锋故事。',
  ])('%s', (text) => {
    expect(withoutPersonal(text)).toBe(text);
  });
});

test('what stands beside a contact in the same line stays', () => {
  const text =
    '清理河道（联系人：张小明 电话：13800138000） 活动时间：3月5日\n邮箱：hao@example.cn，纸质版送到街道办事处二楼。';
  const shown = withoutPersonal(text);
  expect(shown).toContain(
    '清理河道（联系人：＊＊＊ 电话：＊＊＊＊＊＊＊＊＊＊＊） 活动时间：3月5日',
  );
  expect(shown).toContain('纸质版送到街道办事处二楼。');
});
