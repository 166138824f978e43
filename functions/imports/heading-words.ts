/** The columns and their headings, without blanks, punctuation and notes in brackets. */
export const headings = {
  name: [
    '姓名',
    '名字',
    '志愿者姓名',
    '志愿者',
    '志愿者名字',
    '真实姓名',
    '中文姓名',
    '人员姓名',
    '队员姓名',
    '成员姓名',
    '报名人',
    '报名人姓名',
    '本人姓名',
    '姓名中文',
    'name',
    'fullname',
    'volunteer',
    'volunteername',
  ],
  sex: ['性别', '男女', 'sex', 'gender'],
  birthDate: [
    '出生日期',
    '生日',
    '出生年月日',
    '出生时间',
    '出生',
    'birthdate',
    'dateofbirth',
    'birthday',
    'dob',
  ],
  birthMonth: ['出生年月', '出生月份', 'birthmonth'],
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
    '证件号码',
    '证件号',
    '证件编号',
    '有效证件号码',
    '身份证件号码',
    '身份证件号',
    '身份证',
    '身份证号',
    '身份证号码',
    '身份证编号',
    '身份号码',
    '居民身份证',
    '居民身份证号',
    '居民身份证号码',
    '公民身份证号码',
    '公民身份号码',
    '二代身份证号',
    '身分证号',
    '身分证号码',
    '志愿者身份证号',
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
    '手机',
    '手机号',
    '手机号码',
    '电话',
    '电话号码',
    '联系电话',
    '联系电话号码',
    '联系手机',
    '联系手机号',
    '联系手机号码',
    '联系方式',
    '联络电话',
    '联络方式',
    '联系号码',
    '移动电话',
    '本人电话',
    '本人手机',
    '本人手机号',
    '志愿者电话',
    '志愿者手机号',
    '志愿者联系电话',
    '手机电话',
    '电话手机',
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
  address: [
    '住址',
    '地址',
    '家庭住址',
    '家庭地址',
    '居住地址',
    '居住地',
    '现住址',
    '现居住地',
    '现居住地址',
    '现住地址',
    '常住地址',
    '详细地址',
    '详细住址',
    '通讯地址',
    '联系地址',
    '居住详细地址',
    'address',
    'homeaddress',
  ],
  area: [
    '居住区域',
    '所在区域',
    '所属区域',
    '区域',
    '社区',
    '社区名称',
    '居住社区',
    '所属社区',
    '所在社区',
    '服务社区',
    '社区村',
    '村社区',
    '村',
    '村居',
    '居村',
    '所属村居',
    '所在村居',
    '所属村社区',
    '居委会',
    '所属居委会',
    'area',
    'areaid',
    'community',
  ],
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
  skills: ['特长', '技能', '专长', '个人特长', '专业特长', '服务特长', '技能特长', 'skills'],
  tags: ['标签', 'tags'],
  guardianName: [
    '监护人',
    '监护人姓名',
    '监护人名字',
    '法定监护人',
    '法定监护人姓名',
    '家长',
    '家长姓名',
    'guardian',
    'guardianname',
    'parentname',
  ],
  guardianPhone: [
    '监护人电话',
    '监护人电话号码',
    '监护人手机',
    '监护人手机号',
    '监护人手机号码',
    '监护人联系电话',
    '监护人联系方式',
    '法定监护人电话',
    '法定监护人联系电话',
    '家长电话',
    '家长手机',
    '家长手机号',
    '家长手机号码',
    '家长联系电话',
    '家长联系方式',
    'guardianphone',
    'parentphone',
  ],
  guardianRelation: [
    '监护人关系',
    '与监护人关系',
    '监护人与本人关系',
    '监护关系',
    '与本人关系',
    '与志愿者关系',
    '家长关系',
    'guardianrelation',
    'relation',
  ],
  guardianNumber: [
    '监护人身份证',
    '监护人身份证号',
    '监护人身份证号码',
    '监护人证件号码',
    '监护人证件号',
    '家长身份证号',
    '家长身份证号码',
    'guardianidnumber',
  ],
  /** A running number, which is not read. */
  ordinal: ['序号', '编号', '序', '号', '行号', 'no', '#', 'sn', 'index'],
} as const;
export type Column = keyof typeof headings;

const byHeading: ReadonlyMap<string, Column> = new Map(
  Object.entries(headings).flatMap(([column, names]) =>
    names.map((name): [string, Column] => [name, column as Column]),
  ),
);

/** Characters of headings as written in Hong Kong, Macau and Taiwan, each with its simplified form. */
const traditional: ReadonlyMap<string, string> = new Map(
  [
    '機机',
    '電电',
    '話话',
    '聯联',
    '繫系',
    '絡络',
    '號号',
    '碼码',
    '證证',
    '類类',
    '別别',
    '區区',
    '關关',
    '監监',
    '護护',
    '願愿',
    '務务',
    '長长',
    '屬属',
    '在在',
    '編编',
    '戶户',
    '種种',
    '歲岁',
    '鎮镇',
    '鄉乡',
    '間间',
  ].map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)]),
);

const bracketed = /[([【〔「《<{][^)\]】〕」》>}]*[)\]】〕」》>}]/g;
/** Notes that give a column another meaning: it is about another person, or for another purpose. */
const ofOthers = /监护|家长|紧急|单位|办公|父|母|配偶|家属|子女/;

/** A text in the form in which headings and vocabulary words are compared. */
const compared = (text: string): string =>
  [...text.normalize('NFKC').replace(/\p{Cf}/gu, '')]
    .map((character) => traditional.get(character) ?? character)
    .join('')
    .toLowerCase();

const squeezed = (text: string): string =>
  text
    .replace(/必填项?|选填项?|required|optional/g, '')
    .replace(/[\s*:：_·.、,;/|\p{Pd}]|^\d+(?=\D)/gu, '');

/** A word in the form of the vocabularies: without blanks, punctuation and notes in brackets. */
export const plain = (text: string): string => squeezed(compared(text).replace(bracketed, ''));

/** The column of a heading with several words or two languages, if all its known parts agree. */
const columnOfParts = (text: string): Column | undefined => {
  const parts = text.split(
    /[/|、,\n]|(?<=\p{Script=Han})\s*(?=[a-z])|(?<=[a-z])\s*(?=\p{Script=Han})/u,
  );
  const known = parts
    .map(squeezed)
    .filter((part) => part !== '')
    .map((part) => ({ column: byHeading.get(part), isLatin: /^[a-z\d]+$/.test(part) }));
  const [column, ...others] = new Set(known.map((part) => part.column).filter((each) => each));
  const isClear = known.every((part) => part.column !== undefined || part.isLatin);
  return others.length === 0 && isClear ? column : undefined;
};

/** The column with this heading, or undefined. */
export const columnFor = (heading: string): Column | undefined => {
  const text = compared(heading);
  const bare = text.replace(bracketed, '');
  const notes = (text.match(bracketed) ?? []).map((note) => note.slice(1, -1));
  const others = notes.filter((note) => ofOthers.test(note));
  if (others.length > 0) return byHeading.get(squeezed(others.join('') + bare));
  if (squeezed(bare) === '') return byHeading.get(squeezed(notes.join('')));
  return byHeading.get(squeezed(bare)) ?? columnOfParts(bare);
};

/** Words over a group of columns that do not change what the columns mean. */
const groups = new Set([
  '',
  '基本',
  '个人',
  '个人基本',
  '志愿者',
  '志愿者基本',
  '人员',
  '人员基本',
  '本人',
  '身份',
  '证件',
  '身份证件',
  '联系',
  '联系方式',
  '服务',
  '居住',
  '户籍',
  '所属',
]);

/** The column with a heading that has another heading above it, as with merged cells. */
export const columnForBoth = (upper: string, lower: string): Column | undefined => {
  if (plain(lower) === '' || plain(upper) === plain(lower)) return columnFor(upper);
  if (plain(upper) === '') return columnFor(lower);
  const group = plain(upper).replace(/信息|情况|资料|栏/g, '');
  return (
    columnFor(`${group}${lower}`) ??
    (groups.has(group) ? columnFor(lower) : undefined) ??
    (columnFor(lower) === undefined ? columnFor(upper) : undefined)
  );
};
