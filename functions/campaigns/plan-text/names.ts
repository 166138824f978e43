/** Surnames that begin few other words. */
const surnames =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐费廉岑薛雷贺倪汤罗毕郝安常乐傅齐康伍余顾孟黄穆萧尹姚邵汪毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮闵席季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房丁邓单洪包石崔龚程裴陆翁段侯武刘龙叶黎薄白赖卓蔺屠池乔谭申冉关简饶曾沙肖游';
/** Surnames that begin other words as well: they tell a name only beside a label or a number. */
const otherSurnames =
  '于文温易牛木米查荣古甘景詹束宣车闫阎邢代丛兰冷辛翟聂管向鲍焦佟解左谷路牟耿初匡尚竺丘苟仇巩宁隋谈欧井邬容阳晏覃晋敖楼佘应宗成从郁全班水云车仲全麻经隆师寇廖苑植蒲艾鱼鄢桂滕商娄闻迟原伏伊边底涂姬鞠亓撒燕明展桑';
const doubleSurnames =
  '(?:欧阳|司马|上官|诸葛|司徒|东方|尉迟|皇甫|令狐|慕容|宇文|长孙|轩辕|夏侯|公孙|端木|百里|呼延|南宫|独孤|澹台|闻人|申屠|钟离|鲜于|赫连|东郭|西门|公冶|太史|第五)';
const han = '\\p{Script=Han}';

/** A surname that begins few words. */
export const sureSurname = `(?:${doubleSurnames}|[${surnames}])`;
/** A person's name in a running text. */
export const sureName = `(?:${sureSurname}${han}{1,2})`;
/** A name of several parts: 阿依古丽·买买提. */
const partedName = `${han}{1,7}(?:·${han}{1,7}){1,3}`;
/** What beside a label or a number is a person's name. */
export const likelyName = `(?:${partedName}|${doubleSurnames}${han}{1,2}|[${surnames}${otherSurnames}]${han}{1,3})`;
/** What right after a label is a person's name, whatever the surname. */
export const anyName = `(?:${partedName}|${han}{2,4})`;

const alone = new RegExp(`^${sureName}$`, 'u');

/** Whether a text has the form of a person's name: 承办:李红. */
export const looksLikeName = (text: string): boolean => alone.test(text);

/** What somebody is called by, behind the name. */
export const honorific =
  '(?:同志|副?(?:市长|县长|区长|镇长|乡长|部长|主席)|老师|书记|主任|医生|医师|教授|律师|先生|女士|院长|校长|局长|科长|站长|所长|队长|经理|会长)';

/** What stands where a name may stand, and is no person: 各小组的负责人, 社区团支部. */
export const noPerson =
  /(?:单位|部门|社区|支部|委员会|[局委办部会联站所院校队组处室科]|中心|街道|负责人|书记|主任|志愿者|党员|干部|人员|居民|代表|热线|各\S*)$|^(?:周[一二三四五六日末]|安排|方式|方法|要求|无|待定|略|以?上|备注|职责)/;

/** Whom everybody may name. */
export const famous =
  /^(?:雷锋|毛泽东|周恩来|邓小平|习近|焦裕禄|郭明义|张思德|白求恩|黄继光|邱少云|王进喜)/;

/** What begins as names do and is none. */
export const commonWord =
  /^(?:安[全排心置装徽静居]|包[括含饺粽汤馄车片户村楼干装抓]|常[态务委年规]|成[员为立]|程序|戴[口红上袖手好头安]|单[位独车]|党|范[围例大学生]|方[便式面案法队阵向针可]|费用|高[兴度校龄标举质铁效考中端空温新层]|顾[问客]|关[爱怀于心注键]|管[理道]|和[谐平]|洪[涝水灾]|计划|纪[律念检委录]|季度|简[介单历报章]|江[苏西河边]|金[秋牌奖色融点婚]|康[复养乐]|乐[于器园]|连续|林[业长]|马[上路拉]|毛[主巾]|苗[木圃]|毕[业竟]|平安|齐[心抓全]|任(?:务|何|教|职|命|组|队)|沙[滩尘]|施[工行策肥]|石[榴油家板]|史[料馆]|沈阳|苏州|陶[艺瓷]|贺[卡年新岁信]|万[余人家众]|武[装警汉术]|卫[生健]|夏[季令天]|项[目时次]|谢谢|许多|严[格肃禁控]|游[园客玩泳览]|尤其|余[人名]|曾经|郑州|章程|周[一二三四五六日末边围到年]|祝[福愿贺]|童[心谣话]|白[天色]|席位|于[每各本次今明上下前后该此])/;
