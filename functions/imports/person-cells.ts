import { readResidentId } from '../people/resident-id.ts';

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由';
const places =
  /(?:社区|街道|[村庄路街道巷号楼栋苑园区镇乡县市省组队院校司厂局店部所站馆处室班级族会社团科系])$/;
const name = new RegExp(
  `^(?:[${surnames}]|欧阳|上官|司马|诸葛|东方|皇甫|尉迟)[\\p{Script=Han}·]{1,3}$`,
  'u',
);
const mark = /^(?:是|否|有|无|√|✓|✔|×|○|●|y|n|yes|no|true|false|\d{1,2})$/i;

/** Whether more than half of the cells are such, and there are any. */
export const isMost = (cells: readonly string[], is: (cell: string) => boolean): boolean =>
  cells.length > 0 && cells.filter(is).length * 2 > cells.length;

/** Whether most cells look like the names of people. A place can look so too: 张家村 does not. */
export const holdsNames = (cells: readonly string[]): boolean =>
  isMost(cells, (cell) => {
    const text = cell.normalize('NFKC').replace(/[\s\d]|\([^)]*\)/g, '');
    return name.test(text) && !places.test(text);
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
