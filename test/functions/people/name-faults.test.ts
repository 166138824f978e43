import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameFault } from '../../../functions/people/name-faults.ts';

test.each([
  '白一',
  '甲',
  '欧阳娜娜',
  '李〇',
  '𠮷田',
  '王　芳',
  '王\n芳',
  '欧阳 娜娜',
  '阿卜杜热合曼·买买提',
  '阿依古丽．吐尔逊',
  '迪丽热巴 迪力木拉提',
  '才让卓玛',
  'John Smith',
  'Wang \t Fang',
  'Mary-Ann O’Brien',
  "Jean-Luc d'Artagnan",
  'J. R. R. Tolkien',
  'Zoë Müller',
  'Нурсултан Абаев',
  'محمد علي',
  'ནོར་བུ',
  '김철수',
  'さくら',
  'Null Smith',
  '无为',
  '男生',
  '白\ue863',
  '白?',
  '白一2',
  'Volunteer 12',
  'vol_1',
  '志愿者0001',
  '王老',
  '李生',
  '师傅明',
  '陈院',
  '长孙长',
])('%j is a name', (name) => {
  expect(nameFault(name)).toBeUndefined();
});

/** Names of real forms: rare and compound surnames, words within names, ethnic, Japanese and Latin names. */
const realNames = [
  '某三 某文远 单雄信 仇英 区寄 盖叫天 查良镛 解缙 尉迟恭 万俟卨 长孙无忌 呼延灼 澹台灭明 公冶长 端木赐 令狐冲 独孤求败',
  '欧阳修 欧阳与倩 司马相如 诸葛亮 上官婉儿 慕容复 皇甫嵩 夏侯惇 东方朔 宇文泰 司徒美堂 南宫适 第五伦 赫连勃勃 拓跋珪 完颜阿骨打',
  '和珅 和平 李和平 王和 张和谐 郑和 和士开 及第 及松 与非 王与之 张同 王平等 李平等 年羹尧 一然 丁一 卜一 乜一 鱼一 难一',
  '王一家 李全家 张家人 杨家全 付家和 孙夫 张夫人 王子 王子文 李子 梁子女 口天 王口天',
  '山口 江口 井口 山口百惠 川口能活 野口英世 田口 高桥和也 长谷川 佐佐木希 小野寺 铃木一朗 水谷隼 二宫和也',
  '阿卜杜热合曼·买买提 古丽娜尔·阿不都热依木·吐尔逊 阿卜杜拉-买买提 买买提和加 阿帕克和卓 宝音和西格 那仁和希格 巴图和日',
  '扎西次仁 才旦卓玛 洛桑江村 布小林 乌兰图雅 爱新觉罗·溥仪 叶赫那拉·那英 J·K·罗琳 约翰·史密斯 弗拉基米尔',
  '李〇 张〇一 王乂 丁丨 𠮷田一 㛃一 𫖯生 後藤 陳大文 歐陽震華 張與之 李兄弟 白一2 张伟A 王芳B 甲一〇〇 志愿者0001',
]
  .flatMap((names) => names.split(' '))
  .concat(
    'Max',
    'Alex Cox',
    'Xi Xi',
    'Rex X',
    'Oscar O',
    'Malcolm X',
    'Nguyễn Văn A',
    'Otto Maddox',
    'O’Brien Liam',
  )
  .concat(
    'Smith-Jones',
    'Anna–Marie Roux',
    'Martin Luther King Jr.',
    'J. R. R. Tolkien',
    'Maria del Carmen',
    'Xx Yy',
  );

test('names of real forms are names', () => {
  expect(new Set(realNames).size).toBeGreaterThan(120);
  const refused = realNames.filter((name) => nameFault(name) !== undefined);
  expect(refused).toEqual([]);
});

test.each<readonly [fault: string, ...texts: string[]]>([
  [
    '没有姓名',
    '无',
    '—',
    '/',
    '.',
    '〃',
    '々',
    '同上',
    '待定',
    '不详',
    'null',
    'N/A',
    '\u200b',
    '***',
    '😀',
  ],
  ['数字', '110101196006061016', '13912345678', '110101196006061016白一', '白一 13912345678'],
  ['数字', '2025-03-05', '3月5日', '1', '１', '①', '白123456'],
  [
    '遮盖',
    '王**',
    '王×',
    '王＊',
    '王○○',
    '王某',
    '王某某',
    '某某',
    '某人',
    '李某甲',
    '李XX',
    '李xx',
    '李ＸＸ',
  ],
  [
    '遮盖',
    '王X',
    '张Ⅹ',
    '李O',
    '李0',
    '李X明',
    '李口',
    '王口口',
    '赵□',
    '钱■',
    '孙●',
    '吴__',
    '林_一',
    '刘＿',
  ],
  ['遮盖', '郑--', '郑—', '王..', '张··三', '王…', '李〇〇', 'XXX'],
  [
    '一个人',
    '张三和李四',
    '张三同李四',
    '张三与李四',
    '张三及李四',
    '张三、李四',
    '张三-李四',
    '张三—李四',
    '张三/李四',
  ],
  [
    '一个人',
    '欧阳一和司马二',
    '張三與李四',
    '张三 和 李四',
    '张三及家人',
    '张三和妻子',
    '张三与其母亲',
    '张三携子女',
  ],
  [
    '一个人',
    '张三等',
    '张三等人',
    '张三等2人',
    '张三等三人',
    '张三夫妇',
    '张三夫妻',
    '张三一家',
    '张三一家三口',
    '张三全家',
  ],
  [
    '多余',
    '张三。',
    '李.',
    '·张',
    '张·',
    '.张三',
    '01蒋一',
    '3.14钱',
    '1.张三',
    '①张三',
    'A吴一',
    'x张三',
  ],
  [
    '一个人',
    '夫甲\n妻甲',
    '夫乙  妻乙',
    '白六/白七',
    '白六／白七',
    '白八、白九',
    '白八，白九',
    '白八\r\n白九一',
  ],
  ['列是否对齐', '填表人', '负责人', '合计', '本人', '组长'],
  ['列是否对齐', '男', '女', '男性', 'TRUE', '新华社区', '红旗街道', '新华社区居民委员会'],
  ['括号', '白二（组长）', '白三(已故)', '白四【党员】', '白二（组长'],
  ['符号', '白一!', 'a@b', '白一：', '=白一'],
])('%s: %j', (part, ...texts) => {
  for (const text of texts)
    expect([text, nameFault(text)?.[0]]).toEqual([text, expect.stringContaining(part)]);
});

test('names of letters are names, with a digit too, and with a number not', () => {
  const word = fc
    .stringMatching(/^\p{L}{2,8}$/u)
    // Letters that stand for others beside Chinese characters are in the table of masked names.
    .filter((text) => /^[\p{L}--[xXoO口某等和]]+$/v.test(text.normalize('NFKC')));
  const between = fc.constantFrom(' ', '·', '-', '’', '. ');
  fc.assert(
    fc.property(
      fc.constantFrom('李', 'Abel ', 'Ли'),
      word,
      between,
      word,
      fc.nat(9),
      (first, one, sign, other, digit) => {
        const name = `${first}${one}${sign}${other}`;
        expect(nameFault(name)).toBeUndefined();
        expect(nameFault(`${name}${digit}`)).toBeUndefined();
        const number = String(digit).repeat(11);
        expect(nameFault(`${name}${number}`)).toBeDefined();
        expect(nameFault(`${number}${name}`)).toBeDefined();
      },
    ),
  );
});

test.each(['张老师', '李女士', '陈先生', '王大爷', '欧阳主任', '赵书记', '孙队长', 'X', 'x'])(
  '%j is no name but a form of address, or a letter for a name',
  (text) => {
    expect(nameFault(text)).toBeDefined();
  },
);
