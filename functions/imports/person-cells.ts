import { readResidentId } from '../people/resident-id.ts';
import { doubleSurnames, frequentSurnames } from '../people/surnames.ts';

/** Surnames. Rare ones are left out, because they are also the first characters of other words. */
const surnames = `${frequentSurnames}萧傅阎颜兰舒蒙房牟`;
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
  `^(?:(?:[${surnames}]|${doubleSurnames})\\p{Script=Han}{1,3}|\\p{Script=Han}{1,8}(?:[·•・‧]\\p{Script=Han}{1,8})+)$`,
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
