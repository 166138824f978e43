import { expect, test } from '@jest/globals';
import { type Period, seasonTable, widthOf } from '../../../infra/season/print-season.ts';

const figures = (scale: number): Period['metrics'] => ({
  activitiesPublished: { value: 12 * scale },
  activitiesHeld: { value: 11 * scale },
  participations: { value: 75 * scale },
  distinctVolunteers: { value: 59 * scale },
  partyMemberParticipations: { value: 34 * scale },
  creditedMinutes: { value: 13_686 * scale },
  pendingMinutes: { value: null },
  beneficiaries: { value: 2_031 * scale, estimated: 240 * scale },
  volunteersRegistered: { value: 9 * scale },
  registeredVolunteers: { value: 132 },
  partners: { value: 0 },
  'outputs.roadSectionsCleaned': { value: 24 * scale },
  'outputs.flowerBedsCleaned': { value: 57 * scale },
  'outputs.rubbishTruckloads': { value: 0 },
});

const periods: readonly Period[] = [
  { label: ' 4月', title: '学雷锋创文明树新风志愿服务活动启动仪式', metrics: figures(1) },
  { label: '12月', title: '全面总结', metrics: figures(2) },
  { label: '全年', title: '', metrics: figures(100) },
];

test.each([40, 60, 80, 100, 120, 160, 240])('fits a terminal of %i columns', (width) => {
  const lines = seasonTable('2025', periods, width).split('\n');
  expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
  // Headings, months and year are of one width, so that the figures stand below each other.
  expect(new Set(lines.slice(0, 4).map(widthOf)).size).toBe(1);
});

test('shows the most telling figures first, and all where there is room', () => {
  const heading = (width: number): readonly string[] =>
    seasonTable('2025', periods, width).split('\n')[0]?.trim().split(/\s+/).slice(1) ?? [];
  expect(heading(60).slice(0, 4)).toEqual(['开展', '人次', '人数', '服务小时']);
  expect(heading(120).length).toBeGreaterThan(heading(80).length);
  expect(heading(160)).toHaveLength(12);
});

test('explains its columns in English, and says what each period produced', () => {
  const table = seasonTable('2025', periods, 160);
  expect(table).toContain('人次 participations');
  expect(table).toContain('12月 清扫路段 48 · 清理花坛 114');
  expect(table).not.toContain('清运垃圾车次');
});

test('what is not known is a dash, and none is a nought', () => {
  const [heading = '', april = ''] = seasonTable('2025', periods, 160).split('\n');
  const cells = april.trim().split(/\s+/).slice(2);
  const titles = heading.trim().split(/\s+/).slice(1);
  expect(cells[titles.indexOf('待核小时')]).toBe('–');
  expect(cells[titles.indexOf('共建')]).toBe('0');
  expect(cells[titles.indexOf('服务小时')]).toBe('228.10');
});
