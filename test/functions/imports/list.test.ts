import { describe, expect, test } from '@jest/globals';
import { columnFor } from '../../../functions/imports/heading-words.ts';
import { openList } from '../../../functions/imports/list.ts';
import { readSheet } from '../../../functions/imports/read-sheet.ts';
import type { Problem } from '../../../functions/refusals/problem.ts';
import { residentIdOf } from '../../support/people.ts';

const open = (text: string) => openList(readSheet(Buffer.from(text)));
const columnsOf = (text: string) => open(text).columns.map(({ column }) => column ?? null);
const rowsOf = (text: string) => open(text).rows.map(({ number }) => number);
const refusalOf = (text: string): string => {
  try {
    open(text);
  } catch (error) {
    const { zh, en } = (error as Problem).params;
    return `${zh} ${en}`;
  }
  throw new Error('nothing was refused');
};

describe('a heading', () => {
  test.each([
    ['姓名', 'name'],
    ['姓 名', 'name'],
    ['姓　　名', 'name'],
    ['*姓名', 'name'],
    ['姓名：', 'name'],
    ['姓名\n（必填）', 'name'],
    ['1.姓名', 'name'],
    ['姓名必填', 'name'],
    ['志愿者姓名', 'name'],
    ['姓名/Name', 'name'],
    ['姓名 Full Name', 'name'],
    ['Name 姓名', 'name'],
    ['﻿姓名', 'name'],
    ['（姓名）', 'name'],
    ['手机号码（11位）', 'phone'],
    ['手机\n号码', 'phone'],
    ['联系方式【必填】', 'phone'],
    ['手机/电话', 'phone'],
    ['聯繫電話', 'phone'],
    ['Mobile No.', 'phone'],
    ['身份证', 'documentNumber'],
    ['公民身份号码', 'documentNumber'],
    ['身份证号/护照号', 'documentNumber'],
    ['证件类型', 'documentType'],
    ['出生年月', 'birthMonth'],
    ['所属社区', 'area'],
    ['村（社区）', 'area'],
    ['街道（乡镇）', 'street'],
    ['电话（监护人）', 'guardianPhone'],
    ['监护人联系电话', 'guardianPhone'],
    ['电话（单位）', undefined],
    ['紧急联系人/电话', undefined],
    ['与监护人关系', 'guardianRelation'],
    ['序号', 'ordinal'],
    ['备注', undefined],
    ['民族', undefined],
    ['政治面貌', undefined],
    ['1、您的姓名：', 'name'],
    ['请填写您的姓名', 'name'],
    ['第2题 您的姓名是', 'name'],
    ['学生姓名', 'name'],
    ['申请人', 'name'],
    ['姓名②', 'name'],
    ['姓名 ↓', 'name'],
    ['监护人姓名', 'guardianName'],
    ['学生家长姓名', 'guardianName'],
    ['父亲姓名', undefined],
    ['紧急联系人姓名', undefined],
    ['二、党员志愿者', undefined],
    ['您的联系电话（手机）', 'phone'],
    ['手机号码/微信', 'phone'],
    ['手机/座机', 'phone'],
    ['手机1', 'phone'],
    ['志愿者手机号11位', 'phone'],
    ['微信', undefined],
    ['座机', undefined],
    ['学校/姓名', undefined],
    ['constructor', undefined],
    ['（'.repeat(2_000), undefined],
    ['', undefined],
  ])('%j is %s', (heading, column) => {
    expect(columnFor(heading)).toBe(column);
  });
});

describe('headings are found', () => {
  test('below a title, notes and blank rows, and rows keep the numbers they have in the file', () => {
    const list = open('某街道志愿者登记表,,\n,,\n填表单位：红旗街道,,\n序号,姓名,手机\n1,白一,1\n');
    expect(list.headingRows).toEqual([4]);
    expect(list.rows.map(({ number }) => number)).toEqual([5]);
  });

  test('in two rows, where a group stands over its columns', () => {
    const text = '序号,姓名,监护人信息,,联系方式,\n,,姓名,电话,手机,住址\n1,白一,白父,2,3,某路\n';
    expect(columnsOf(text)).toEqual([
      'ordinal',
      'name',
      'guardianName',
      'guardianPhone',
      'phone',
      'address',
    ]);
    expect(rowsOf(text)).toEqual([3]);
  });

  test('and a column of another person is not taken for the volunteer’s', () => {
    expect(columnsOf('姓名,手机,紧急联系人,\n,,姓名,电话\n')).toEqual([
      'name',
      'phone',
      null,
      null,
    ]);
  });

  test.each([
    ['姓名,监护人,联系电话\n', ['name', 'guardianName', 'guardianPhone']],
    [
      '姓名,手机,家长姓名,与本人关系,电话\n',
      ['name', 'phone', 'guardianName', 'guardianRelation', 'guardianPhone'],
    ],
    ['姓名,手机,紧急联系人,联系电话\n', ['name', 'phone', null, null]],
    ['姓名,紧急联系人,本人电话\n', ['name', null, 'phone']],
    ['姓名,紧急联系人,手机,紧急联系电话\n', ['name', null, 'phone', null]],
    [
      '姓名,身份证号,监护人,身份证号\n',
      ['name', 'documentNumber', 'guardianName', 'guardianNumber'],
    ],
    [
      '姓名,监护人,身份证号,监护人电话\n',
      ['name', 'guardianName', 'documentNumber', 'guardianPhone'],
    ],
    ['姓名,监护人,手机,监护人电话\n', ['name', 'guardianName', 'phone', 'guardianPhone']],
  ])('and a phone after a name is of whom the name is: %j', (text, columns) => {
    expect(columnsOf(text)).toEqual(columns);
  });

  test('the first ones, whatever others say, and each person is read by those above', () => {
    const list = open(
      '姓名,手机\n前一,1\n监护人姓名,监护人电话,姓名,手机\n父乙,2,乙二,3\n\n姓名,手机\n后一,4\n',
    );
    expect(list.headingRows).toEqual([1, 3, 6]);
    expect(list.rows.map(({ number }) => number)).toEqual([2, 4, 7]);
    const nameOf = (row: number) => list.columnsOf(row).find(({ column }) => column === 'name')?.at;
    expect([2, 4, 7].map(nameOf)).toEqual([0, 2, 0]);
  });

  test('again in two rows, or in other words', () => {
    const two = '姓名,监护人,\n,姓名,电话\n';
    expect(open(`${two}白一,白父,1\n${two}白二,白母,2\n`).passedOver).toEqual([
      { row: 4, reason: 'headings' },
      { row: 5, reason: 'headings' },
    ]);
    const words = open('姓名,身份证号,手机\n白一,1,2\n志愿者姓名,证件号码,联系电话\n白二,3,4\n');
    expect(words.passedOver).toEqual([{ row: 3, reason: 'headings' }]);
  });

  test('and people above them are told', () => {
    expect(open('志愿者登记表,\n白一,13900000001\n姓名,手机\n白二,1\n').passedOver).toEqual([
      { row: 1, reason: 'title' },
      { row: 2, reason: 'above-headings' },
    ]);
  });

  test('beside columns that are not read', () => {
    expect(columnsOf('姓名,民族,手机,备注\n')).toEqual(['name', null, 'phone', null]);
  });

  test.each([
    ['白一,13900000001', /20 行中找不到表头.*no headings in the first 20 rows/],
    ['手机,住址\n1,2', /第 1 行的表头中缺少“姓名”.*row 1 have no column for the name/],
    ['姓名,手机,手机\n', /B 列“手机”与 C 列“手机”含义相同.*columns B and C/],
    ['姓名,手机,联系电话\n', /B 列“手机”与 C 列“联系电话”含义相同/],
    ['姓名,身份证号,紧急联系人,联系电话\n', /看不出 D 列“联系电话”.*“本人电话”或“紧急联系人电话”/],
    ['姓名,手机,监护人,身份证号\n', /看不出 D 列“身份证号”.*“本人身份证号”或“监护人身份证号”/],
    ['姓名,手机,姓名,手机\n', /A 列与 C 列都是姓名.*上下排成一列/],
    ['姓名,手机\n白一,1\n手机,住址,社区\n13900000001,某路,红旗\n', /第 3 行的表头中缺少“姓名”/],
    ['姓名,白一,性别,女\n身份证号,1,手机,2\n', /第 1 行起像是一人一份的登记表/],
    ['填表说明\n1、姓名（必填）\n2、手机\n', /登记表|找不到表头/],
    ['', /没有内容/],
  ])('or refused in words that say what to do: %j', (text, said) => {
    expect(refusalOf(text)).toMatch(said);
    expect(refusalOf(text)).not.toMatch(/白一|139/);
  });
});

describe('below the headings', () => {
  test.each([
    ['姓名,手机', 'headings'],
    [' 姓 名 ,手机', 'headings'],
    ['合计,35', 'footer'],
    ['合　计：35人,', 'footer'],
    ['共 35 人,', 'footer'],
    ['填表人：王芳,审核人：李四', 'footer'],
    ['说明：一、如实填写,', 'footer'],
    ['备注：,', 'footer'],
    ['例：张三,13900000000', 'example'],
    ['张三（示例）,13900000000', 'example'],
    ['（必填）,（11位）', 'example'],
    ['红旗街道第二页,红旗街道第二页', 'title'],
    ['和平社区,', 'title'],
    ['第一组,', 'title'],
    ['新华社区（共 3 人）,', 'title'],
    ['第二组：,', 'title'],
    ['二、党员志愿者,', 'title'],
    ['社区负责人,13900000000', 'footer'],
    ['联系电话,13900000000', 'footer'],
    ['经办人 李四,13900000000', 'footer'],
    ['分管领导,13900000000', 'footer'],
    ['以下空白,', 'footer'],
    ['第 1 页 共 1 页,', 'footer'],
  ])('%j is passed over, and said', (row, reason) => {
    const list = open(`姓名,手机\n白一,1\n${row}\n白二,2\n`);
    expect(list.rows.map(({ number }) => number)).toEqual([2, 4]);
    expect(list.passedOver).toEqual([{ row: 3, reason }]);
  });

  test('a row with a running number and nothing else is as good as blank', () => {
    const list = open('序号,姓名,手机\n1,白一,1\n2,,\n3,,\n');
    expect([list.rows.length, list.passedOver]).toEqual([1, []]);
  });

  test.each([
    ['填表人,王五,,', 'footer'],
    ['联系人,王五,,8623', 'footer'],
    ['组长,王五,,', 'footer'],
    ['示例,王五,,13900000000', 'example'],
    [',（如有请填）,,', 'example'],
    ['第一组,,,', 'title'],
    ['红旗社区,,,', 'title'],
    ['二、党员志愿者,,,', 'title'],
    ['其他,,,', 'title'],
    ['以下空白,,,', 'footer'],
  ])('%j is passed over where a running number stands', (row, reason) => {
    const list = open(`序号,姓名,身份证号,手机\n1,白一,,1\n${row}\n2,白二,,2\n`);
    expect(list.rows.map(({ number }) => number)).toEqual([2, 4]);
    expect(list.passedOver).toEqual([{ row: 3, reason }]);
  });

  const number = residentIdOf('1985-05-05', 1);
  test.each([
    `负责人,李四,${number},13900000000`,
    `填表人,李四,${number},`,
    '填表人,李四,,13900000000',
    '组长,李四,,13900000000',
    `,(李四),${number},13900000000`,
    ',【赵六】,,139-0000-0000',
    `,（王五）,${number.slice(0, -1)},`,
    `注：队长,李四,'${number},`,
    `,填表人,${number},`,
    `合计,李四,${number},`,
  ])('%j has a number of its own, and is a person', (row) => {
    const list = open(`序号,姓名,身份证号,手机\n1,白一,,1\n${row}\n2,白二,,2\n`);
    expect(list.rows.map(({ number: at }) => at)).toEqual([2, 3, 4]);
  });

  test('the office of a volunteer has a column of its own, and makes nobody a signatory', () => {
    expect(rowsOf('职务,姓名,手机\n组长,白一,1\n登记员,白二,2\n')).toEqual([2, 3]);
  });

  test('a row with something only where nothing is read is passed over, and said', () => {
    const list = open('序号,姓名,备注\n1,白一,\n,,以下空白\n');
    expect(list.passedOver).toEqual([{ row: 3, reason: 'nothing-read' }]);
  });

  test.each(['合欢', '单一', '共和', '注平', '例外', '楼长青', '白村'])('%s is a name', (name) => {
    expect(rowsOf(`姓名,手机\n${name},1\n`)).toEqual([2]);
  });

  test('10,000 people are taken, and one more is not', () => {
    const people = (count: number) => `姓名\n${'王芳\n'.repeat(count)}合计\n`;
    expect(open(people(10_000)).rows).toHaveLength(10_000);
    expect(refusalOf(people(10_001))).toMatch(/10000/);
  });
});
