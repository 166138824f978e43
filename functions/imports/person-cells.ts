import { readResidentId } from '../people/resident-id.ts';

/** Surnames that are frequent. Rare ones are also the first characters of other words. */
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤';
const places =
  /(?:社区|街道|[村庄路街道巷号楼栋苑园区镇乡县市省组队院校司厂局店部所站馆处室班级族会社团科系])$/;
/** Places, and other common words, that begin like names. */
const words = new RegExp(
  `^(?:${[
    '安徽 江西 江苏 云南 海南 甘肃 吉林 宁夏 贵州 福建 黑龙江 河南 广西 浙江 湖南 山东 香港 澳门 内蒙古 石河子',
    '安庆 安阳 安康 安顺 鞍山 常州 常德 成都 郑州 金华 金昌 温州 徐州 武汉 马鞍山 黄山 黄石 黄冈 江门 江阴 石家庄 石嘴山 莫斯科',
    '孟买 龙岩 林芝 秦皇岛 焦作 毕节 唐山 邢台 邯郸 万州 汤阴 洛阳 宁波 宁德 吕梁 梁山 梅州 柳州 莆田 康定 文山 丹东 葛洲坝 陆丰',
    '黄河 长江 金牛 白羊 金融 商务 安全 安宁 安静 高新 高级 高中 温馨 温暖 华为 华北 华东 华南 雷锋 方便 白色 黄色 金色 万科 文明 文艺 文体 和谐 康乐 康复 红旗',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
);
const name = new RegExp(
  `^(?:(?:[${surnames}]|欧阳|上官|司马|诸葛|东方|皇甫|尉迟)\\p{Script=Han}{1,3}|\\p{Script=Han}{1,8}(?:[·•・‧]\\p{Script=Han}{1,8})+)$`,
  'u',
);
const isName = (text: string): boolean =>
  name.test(text) && !places.test(text) && !words.test(text);
const mark = /^(?:是|否|有|无|√|✓|✔|×|○|●|y|n|yes|no|true|false|\d{1,2})$/i;

/** Whether more than half of the cells are such, and there are any. */
export const isMost = (cells: readonly string[], is: (cell: string) => boolean): boolean =>
  cells.length > 0 && cells.filter(is).length * 2 > cells.length;

/** Rows from which on repeated names tell nothing: each row has data of its own right of them. */
const manyRows = 5;

/**
 * Whether most cells look like the names of people, one or several in a cell, and most names are
 * different. A place can look so too: 张家村 does not.
 */
export const holdsNames = (cells: readonly string[]): boolean =>
  (cells.length < manyRows || new Set(cells).size * 2 > cells.length) &&
  isMost(cells, (cell) => {
    const text = cell.normalize('NFKC').replace(/[\s\d]|\([^)]*\)/g, '');
    return text.split(/[、,;/]/).every(isName);
  });

/** Whether the cells only say yes or no. */
export const holdsMarks = (cells: readonly string[]): boolean =>
  cells.length > 0 && cells.every((cell) => mark.test(cell.normalize('NFKC')));

const digits = (cell: string): string => cell.normalize('NFKC').replace(/[^\dXx]/g, '');

/** Whether a cell is a resident ID number, with the right check digit. */
export const isResidentId = (cell: string): boolean =>
  /^\D{0,2}[\d\s-]{17,22}[\dXx]\D{0,2}$/.test(cell.normalize('NFKC')) &&
  typeof readResidentId(digits(cell), '9999-12-31') === 'object';

/** Whether a cell is a mobile number of the mainland. */
export const isMobile = (cell: string): boolean =>
  cell.length < 30 && /^(?:0{0,2}86)?1[3-9]\d{9}$/.test(digits(cell));
