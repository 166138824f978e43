import { serviceCategories, volunteerTags } from '../../events/volunteers.ts';
import { documentTypes } from '../people/person.ts';
import { type SheetRow, unreadable } from './sheet.ts';

/** What a column may hold, and its headings: as they are written less spaces, stars and brackets. */
const headings = {
  name: ['姓名', '志愿者姓名', 'name'],
  sex: ['性别', 'sex', 'gender'],
  birthDate: ['出生日期', '生日', '出生年月日', 'birthdate', 'dateofbirth'],
  documentType: ['证件类型', '证件种类', 'documenttype', 'idtype'],
  documentNumber: [
    '证件号码',
    '证件号',
    '身份证号',
    '身份证号码',
    '居民身份证号码',
    'idnumber',
    'documentnumber',
  ],
  phone: ['手机', '手机号', '手机号码', '电话', '联系电话', '联系方式', 'phone', 'mobile'],
  address: ['住址', '地址', '家庭住址', '居住地址', 'address'],
  area: ['居住区域', '所在区域', '区域', '社区', '居住社区', '所属社区', 'area', 'areaid'],
  serviceCategories: ['服务类别', '志愿服务类别', 'servicecategories', 'categories'],
  skills: ['特长', '技能', '专长', 'skills'],
  tags: ['标签', 'tags'],
  guardianName: ['监护人', '监护人姓名', 'guardian', 'guardianname'],
  guardianPhone: ['监护人电话', '监护人手机', '监护人手机号', '监护人联系电话', 'guardianphone'],
  guardianRelation: ['监护人关系', '与监护人关系', 'guardianrelation'],
  guardianNumber: ['监护人身份证号', '监护人身份证号码', '监护人证件号码', 'guardianidnumber'],
  /** A running number: not read. */
  ordinal: ['序号', '编号', 'no', '#'],
} as const;
export type Column = keyof typeof headings;

const byHeading: ReadonlyMap<string, Column> = new Map(
  Object.entries(headings).flatMap(([column, names]) =>
    names.map((name): [string, Column] => [name, column as Column]),
  ),
);

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s*_-]/g, '')
    .toLowerCase();

/**
 * Which column stands where, by the first row. A heading that is not known is named by its place:
 * where the headings were forgotten it is a person's name.
 * @throws Problem `unreadable-file`
 */
export const columnsOf = (first: SheetRow | undefined): readonly (Column | undefined)[] => {
  if (!first) throw unreadable('文件中没有内容。', 'There is nothing in the file.');
  const columns = first.cells.map((cell, at) => {
    const heading = typeof cell === 'string' ? plain(cell) : undefined;
    if (heading === '') return undefined;
    const column = heading === undefined ? undefined : byHeading.get(heading);
    if (!column)
      throw unreadable(
        `第 ${first.number} 行第 ${at + 1} 列的表头无法识别；第一行须为表头，如 姓名、证件号码、手机、社区。`,
        `The heading in row ${first.number}, column ${at + 1} is not known; the first row holds headings, as name, idNumber, phone, area.`,
      );
    return column;
  });
  const named = columns.filter((column) => column !== undefined);
  const twice = named.find((column, at) => named.indexOf(column) !== at);
  if (twice)
    throw unreadable(
      `表头“${headings[twice][0]}”出现两次。`,
      `Two columns have the heading ${headings[twice].at(-1)}.`,
    );
  if (!named.includes('name'))
    throw unreadable('缺少“姓名”一列。', 'There is no column for the name.');
  return columns;
};

const words = <T extends string>(
  codes: readonly T[],
  names: Readonly<Partial<Record<T, readonly string[]>>>,
): ReadonlyMap<string, T> =>
  new Map(
    codes.flatMap((code) =>
      [code, ...(names[code] ?? [])].map((name): [string, T] => [plain(name), code]),
    ),
  );

/** Words for what is kept as a code. The codes themselves do too. */
const vocabularies = {
  sex: words(['female', 'male'], { female: ['女', '女性', 'f'], male: ['男', '男性', 'm'] }),
  documentType: words(documentTypes, {
    'resident-id': ['身份证', '居民身份证', '二代身份证'],
    passport: ['护照'],
    'hk-macau-permit': ['港澳居民来往内地通行证', '港澳通行证', '回乡证'],
    'taiwan-permit': ['台湾居民来往大陆通行证', '台胞证'],
    'foreign-permanent-resident-id': ['外国人永久居留身份证', '外国人永久居留证'],
  }),
  tags: words(volunteerTags, {
    'party-member': ['党员', '中共党员'],
    youth: ['青年'],
    'role-model': ['模范', '先进模范'],
  }),
  serviceCategories: words(serviceCategories, {
    civility: ['文明实践'],
    community: ['社区服务'],
    delivery: ['便民送货'],
    traffic: ['文明交通'],
    legal: ['法律服务'],
    counselling: ['心理疏导'],
    medical: ['医疗健康'],
    'women-and-children': ['妇女儿童关爱'],
    elderly: ['为老服务'],
    disability: ['助残服务'],
    environment: ['环境保护'],
    safety: ['平安安全'],
    culture: ['文化体育'],
    education: ['教育辅导'],
    emergency: ['应急救援'],
    recruitment: ['志愿者招募'],
    other: ['其他'],
  }),
  guardianRelation: words(['parent', 'grandparent', 'sibling', 'other'], {
    parent: ['父母', '父亲', '母亲', '父', '母', '爸爸', '妈妈'],
    grandparent: ['祖父母', '外祖父母', '爷爷', '奶奶', '外公', '外婆', '姥姥', '姥爷'],
    sibling: ['兄弟姐妹', '哥哥', '姐姐', '兄', '姐'],
    other: ['其他', '其他监护人'],
  }),
} as const;

type Vocabulary = typeof vocabularies;

/** The code that a word stands for, or undefined. */
export const codeFor = <K extends keyof Vocabulary>(
  column: K,
  word: string,
): (Vocabulary[K] extends ReadonlyMap<string, infer Code> ? Code : never) | undefined =>
  vocabularies[column].get(plain(word)) as never;
