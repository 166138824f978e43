/**
 * The columns and headings that no grammar makes, without blanks, punctuation, notes in brackets,
 * and words that only say that the column is about the person in the row. `nouns` has the others.
 */
export const headings = {
  name: [
    '志愿者',
    '义工',
    '报名人',
    '报名者',
    '申请人',
    '申请者',
    '学生',
    '中文名',
    '志愿者名称',
    'name',
    'fullname',
    'volunteer',
    'volunteername',
  ],
  sex: ['男女', 'sex', 'gender'],
  birthDate: ['birthdate', 'dateofbirth', 'birthday', 'dob'],
  birthMonth: ['birthmonth'],
  /** Read only to find children whose birth date is not in the list. */
  age: ['年龄', '周岁', '岁数', '现年', '年纪', 'age'],
  documentType: [
    '证件类型',
    '证件类别',
    '证件种类',
    '证件名称',
    '有效证件类型',
    '身份证件类型',
    'documenttype',
    'idtype',
  ],
  documentNumber: [
    'idnumber',
    'idno',
    'id',
    'idcard',
    'idcardnumber',
    'idcardno',
    'documentnumber',
    'documentno',
  ],
  phone: [
    'phone',
    'phonenumber',
    'phoneno',
    'mobile',
    'mobilephone',
    'mobilenumber',
    'mobileno',
    'tel',
    'telephone',
    'cellphone',
    'cell',
    'contactnumber',
  ],
  address: ['address', 'homeaddress'],
  area: ['area', 'areaid', 'community'],
  street: [
    '街道',
    '所属街道',
    '所在街道',
    '街道名称',
    '居住街道',
    '街道乡镇',
    '乡镇街道',
    '镇街',
    '街镇',
    '所属街镇',
    '所属乡镇街道',
    'street',
    'subdistrict',
  ],
  serviceCategories: [
    '服务类别',
    '志愿服务类别',
    '服务类型',
    '志愿服务类型',
    'servicecategories',
    'categories',
  ],
  skills: ['特长', '技能', '专长', '专业特长', '服务特长', '技能特长', 'skills'],
  tags: ['标签', 'tags'],
  guardianName: ['guardian', 'guardianname', 'parentname'],
  guardianPhone: ['guardianphone', 'parentphone'],
  guardianRelation: ['监护关系', 'guardianrelation', 'relation'],
  guardianNumber: ['guardianidnumber'],
  /** A running number, which is not read. */
  ordinal: ['序号', '编号', '序', '号', '行号', 'no', '#', 'sn', 'index'],
} as const;

/**
 * The nouns of headings that another person can have too, as patterns. Each may stand behind words
 * that say whose it is: 监护人 + 联系电话, 配偶 + 姓名.
 */
export const nouns = {
  name: '(?:真实|中文|常用)?(?:姓名|名字)(?:中文|全称)?',
  sex: '性别',
  birthDate: '出生(?:日期|年月日|时间)?|生日',
  birthMonth: '出生(?:年月|月份)',
  documentNumber:
    '(?:有效|公民|居民|中国|第?二代)*(?:(?:身份证|身分证)(?:件?(?:号码?|编号|no))?|身份号码?|证件(?:号码?|编号|no))',
  phone:
    '(?:(?:联系|联络|常用|报名|注册|预留|通讯|通信|绑定|移动|个人)*(?:手机|电话|移动电话|手机电话|电话手机)(?:号[码吗]?|no)?|(?:联系|联络|通讯|通信)(?:方式|号码?))',
  address:
    '(?:现|家庭|常住|居住|详细|通讯|通信|联系|目前|实际)*(?:住址|地址)|(?:现|目前|实际)?(?:居住地|住所|家庭住所)',
  relation: '关系|称谓',
} as const;

/** Words before 社区 that say nothing but that the person lives, serves or is registered there. */
export const areaHeading =
  /^(?:现|常|目前|居住地?|服务|报名|归属|所属|所在地?|街道|的)*(?:社区|社区名称|区域|村|村居|居村|社区村|村社区|居委会|村委会|社区居委会|村居委会)$/;

/**
 * The nouns at the end of headings in lists of offices that are not read. They are about the person
 * in the row, and name nobody else.
 */
export const unread = new RegExp(
  `(?:${[
    '民族 国籍 籍贯 户籍 户口 户籍地 户口所在地 属地 面貌 是否.* 党派 入党 学历 学位 文化 程度 学校 院校 班级 年级 院系 学院',
    '专业 学号 学籍号 工号 卡号 证号 单位 公司 企业 部门 科室 处室 职务 职位 职称 职级 职业 工种 岗位 身份 类别 类型 种类 性质 组别 小组 分组 组',
    '组织 团体 团队 [^领]队 队伍 支部 党委 党支部 协会 网格 小区 楼栋 楼号 楼 栋 幢 单元 室 户号 门牌 门牌号 房号 房间号 省 省份 市 区 区县 县 镇 乡 庄',
    '微信 微信号 qq qq号 邮箱 邮件 email 邮编 邮政编码 座机 固话 婚姻 婚否 状况 情况 状态 血型 身高 体重 尺码 码数 服装 爱好 兴趣',
    '信仰 时间 日期 时长 时段 年限 工龄 党龄 时数 小时 次数 人数 积分 星级 等级 级别 分数 成绩 金额 意向 意愿 意见 要求 项目 内容 活动 领域',
    '方向 地点 位置 场所 来源 渠道 方式 途径 平台 经历 经验 简历 简介 事迹 荣誉 获奖 表彰 证书 资格 资质 培训 语言 口号 编码 编号 代码 账号 名称',
    '照片 签到 签退 签名 签字 盖章 备注 说明 附件 注 其他 其它 户数 人口 车牌 车牌号 角色 曾用名 英文名 拼音 昵称 网名 称呼 房屋 车辆 房产',
    'remarks? notes? ethnicity occupation employer',
  ]
    .join(' ')
    .replaceAll(
      ' ',
      '|',
    )})(?:信息)?$|^(?:中共|是否|困难)*(?:党员|团员|退役军人|军人|残疾人?|低保户?|残疾类别)$`,
);

/** Contacts that share a column with a phone, as in 手机/微信, or documents with an ID number. */
export const besidePhone = /^(?:微信|微信号|qq|qq号|座机|固话|固定电话|短号|宅电)$/;
export const besideNumber =
  /^(?:护照|(?:港澳)?通行证|台胞证|回乡证|军官证|居住证|其他证件)(?:号码?)?$/;

/** Words before a heading that change nothing, because the row is about that person anyhow. */
export const ownWords =
  /^(?:请?(?:填写|输入|选择|提供)|请|[您你]的?|(?:本人|个人|自己|志愿者|义工|参与者|参与人|参加者|参加人|报名者|报名人|申请人|申请者|被登记人|队员|成员|组员|人员|学生|学员|会员|员工|职工)的?)/;

/**
 * Words of a kind of people. They are the volunteers if the list has no other column for the name:
 * 教师姓名, 党员姓名. Beside 姓名 they are somebody else.
 */
export const kinds = /^(?:孩子|儿童|小孩|教师|老师|社工|居民|村民|党员|团员|家庭成员)$/;

export const guardian = /^(?:第一|法定)?(?:监护人|家长)1?$/;

/** Whether a word, or its end, names a relative, an office or a role, and so another person. */
const relatives =
  '配偶|爱人|丈夫|妻子|老公|老婆|老伴|对象|子女|儿子|女儿|孩子|小孩|儿童|孤儿|父母|父亲|母亲|爸爸|妈妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父母?|祖母|兄弟|姐妹|哥哥|姐姐|弟弟|妹妹|亲属|亲人|亲戚|亲友|家属|家人|家庭成员|公公|婆婆|岳父|岳母|儿媳|女婿|孙子|孙女|侄子|侄女|叔叔|舅舅|姑姑|阿姨|邻居|朋友|同事|同学|同伴|搭档|伙伴|孤老|独居|空巢|困境.*|困难.*|低保户|残疾户|贫困户|特困户|.*户主';
const offices =
  '.*(?:领队|[^本个军]人|[^党团]员|者|[^特时擅身]长|主|师|医生|保姆|社工|护工|义工|对象|书记|主任|副主任|经理|领导|主管|干部|秘书|队副|教练|骨干|党员|民警|联系点|群众|户)';
export const somebody = new RegExp(
  `^(?!是否|有无|是不是)(?:[父母兄弟姐妹夫妻]|.*(?:${relatives})|${offices})\\d?$`,
);

/**
 * Words in headings that are less exact than other headings of the same column. Beside a more exact
 * one, such a column is not read: 手机 is, 报名手机号 is not.
 */
export const secondary: Readonly<Partial<Record<keyof typeof headings, RegExp>>> = {
  name: /^(?!.*(?:姓名|名字))/,
  birthDate: /生日/,
  phone: /常用|报名|注册|预留|绑定|通讯|通信/,
  address: /通讯|通信|联系/,
  area: /现|常|目前|居住|服务|报名|归属|所属|所在|街道|区域/,
  street: /所属|所在|居住/,
};

/** Ends of headings of places, groups and properties, which name nobody: 出生地, 老家, 队名. */
export const ofThings =
  /(?:[地籍屯村座宇牌点队族相]|(?<![专管当亲作])家|(?<!人)名)$|^(?:来自|从哪)/;

const needs =
  '独居|空巢|孤寡|高龄|失能|失智|失独|留守|特困|贫困|困难|困境|残疾|低保|优抚|受助|受益|受灾|受援|重点(?:关爱|帮扶|服务|关注)';
/** What is done for people, and by people: 服务老人 are served, 服务人员 are not. */
const deeds = '关爱|关怀|帮扶|帮助|服务|救助|慰问|走访|探访|结对|资助|援助';
const served = '老年?人|儿童|青少年|学生|妇女|群众|居民|家庭|户|对象';
const lists =
  '(?:信息|情况)?(?:登记|汇总|统计|一览|明细)?(?:表|名单|名册|花名册|台账|台帐|清单|名录)?';
/** A title of people who are served, and of relatives: 独居老人台账, 服务对象名单. */
export const titleOfOthers = new RegExp(
  `(?:(?:${needs})(?:${served}|人员|职工|者|人)|(?:${deeds}|重点)(?:${served})|孤老|孤儿|独居|空巢|低保|家属|亲属|配偶|子女)${lists}$`,
);
/** Words of a title that is of volunteers, whomever it names too: 困境儿童关爱服务队名单. */
export const titleOfVolunteers = /志愿|义工|服务队|报名|签到|活动|行动|成员|队员/;

/** The others whose sex, birth date and address no list asks for. */
export const contacts = /联系人|联络[人员]|监护人|家长|推荐人|介绍人|负责人|经办人/;
