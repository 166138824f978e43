import type { WrittenText } from '../../events/reports.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { annexes } from './annexes.ts';
import { countedParagraph } from './counted.ts';
import type { Material } from './material.ts';
import { totals } from './metric-tables.ts';
import { organisation } from './organisation.ts';
import { overall } from './overall.ts';
import { dayWords, periodWords, statusWords } from './period-words.ts';
import { date, type Figure, name, ordinal, type Pieces, sentence, textOf } from './pieces.ts';
import { dataQuality } from './quality.ts';
import { services, servicesByArea } from './services.ts';
import type { Table } from './tables.ts';
import { themeParagraphs, themesOf } from './themes.ts';
import { createWriter, type Writer } from './writer.ts';
import { nextYearFacts, problemFacts, writtenParagraphs } from './written.ts';

/** A numbered part of the text. */
export interface ReportPart {
  readonly key: string;
  readonly title: string;
  readonly paragraphs: readonly Pieces[];
  readonly tables: readonly Table[];
  /** Only of a part that people write: what somebody wrote, and facts for whoever writes it. */
  readonly written: { readonly text: WrittenText | null; readonly facts: readonly Pieces[] } | null;
}

/** A report or bulletin in one language, before it is given a form. */
export interface Report {
  readonly period: string;
  readonly language: Locale;
  readonly title: Pieces;
  readonly status: Material['status'];
  readonly version: number | null;
  readonly root: string | null;
  readonly asOf: string | null;
  /** Status, date, version and source: every page says them. */
  readonly head: readonly Pieces[];
  readonly parts: readonly ReportPart[];
  readonly annexes: readonly Table[];
  readonly totals: Table;
  /** Characters of the text without its annexes, without spaces. */
  readonly length: Figure;
}

/** The areas that have a row: those with none below them, and others with figures of their own. */
const areasOf = ({ tree, figures }: Material): readonly string[] => {
  const all = new Set([...tree.childrenOf(null).flatMap(tree.within), ...figures.areas]);
  return [...all]
    .sort()
    .filter(
      (areaId) =>
        tree.childrenOf(areaId).length === 0 ||
        Object.keys(figures.at({ areaId, alone: true, theme: null })).length > 0,
    );
};

const head = (material: Material, { say }: Writer): readonly Pieces[] => {
  const status = { text: say(...statusWords[material.status]), kind: 'text' } as const;
  const asOf = material.asOf
    ? say(
        sentence`，数据截至${dayWords(material.asOf, { say })}`,
        sentence`; figures as of ${date(material.asOf)}`,
      )
    : [];
  const version = material.closed
    ? say(
        sentence`，数据版本${date(String(material.closed.version))}`,
        sentence`; data version ${date(String(material.closed.version))}`,
      )
    : [];
  return [
    say(
      sentence`${periodWords(material.period, { say })}，${status}${asOf}${version}。`,
      sentence`${periodWords(material.period, { say })}, ${status}${asOf}${version}.`,
    ),
    say(
      sentence`数据来源：本区志愿服务系统中经他人查验的记录；估计数单列，无数据不等于零。`,
      sentence`Source: entries in the district’s own system that somebody else has verified; estimates stand apart, and no data is not zero.`,
    ),
    say(
      sentence`时长以小时计，保留一位小数；各项相加与合计可能因四舍五入略有出入。`,
      sentence`Time is in hours, rounded to one decimal: parts may add up to slightly more or less than their sum.`,
    ),
    ...(material.closed
      ? [
          say(
            sentence`校验根：${name(material.closed.root)}`,
            sentence`Root of the closed figures: ${name(material.closed.root)}`,
          ),
        ]
      : []),
  ];
};

const numerals = [...'一二三四五六七八九', '十', '十一'];

type Unnumbered = Pick<ReportPart, 'key' | 'paragraphs'> &
  Partial<Pick<ReportPart, 'tables' | 'written'>> & {
    readonly title: readonly [string, string];
  };

/** The parts of both: what was done, and how true it is. */
const partsOf = (material: Material, writer: Writer, areas: readonly string[]) => {
  const { requests, publicity, recognition, texts } = material;
  const { say } = writer;
  const isYear = material.period.length === 4;
  const ofYear = (...parts: readonly Unnumbered[]): readonly Unnumbered[] => (isYear ? parts : []);
  const parts: readonly Unnumbered[] = [
    {
      key: 'overall',
      title: ['总体情况', 'Overall'],
      paragraphs: overall(material, writer),
    },
    ...ofYear({
      key: 'organisation',
      title: ['组织与队伍', 'Organisations and teams'],
      paragraphs: organisation(material, writer),
    }),
    {
      key: 'themes',
      title: ['分主题开展情况', 'Theme by theme'],
      paragraphs: themeParagraphs(material, writer, themesOf(material)),
    },
    {
      key: 'routines',
      title: ['日常服务', 'Routine services'],
      paragraphs: themeParagraphs(material, writer, material.routines),
    },
    {
      key: 'requests',
      title: ['居民点单', 'Residents’ requests'],
      paragraphs: [
        countedParagraph(
          requests,
          say(
            sentence`本系统暂不登记居民点单。`,
            sentence`Residents’ requests are not recorded in this system yet.`,
          ),
          writer,
        ),
      ],
    },
    {
      key: 'services',
      title: ['法律、义诊等专业服务', 'Legal, medical and other professional services'],
      paragraphs: services(material, writer),
      tables: servicesByArea(material, writer, areas),
    },
    {
      key: 'publicity',
      title: ['宣传', 'Publicity'],
      paragraphs: [
        countedParagraph(
          publicity,
          say(
            sentence`本期没有登记宣传稿件；宣讲场次、宣传资料等产出见${ordinal('附表4')}。`,
            sentence`No publications are recorded for the period; talks and leaflets are among the outputs in ${ordinal('annex 4')}.`,
          ),
          writer,
        ),
      ],
    },
    ...ofYear({
      key: 'recognition',
      title: ['激励与典型', 'Recognition and exemplars'],
      paragraphs: [
        countedParagraph(
          recognition,
          say(
            sentence`本年未出具志愿服务记录证明，未授予星级，未确认先进典型，未登记表彰奖励。`,
            sentence`No certificates of service were issued, no stars granted, no exemplars confirmed, and no commendations entered.`,
          ),
          writer,
        ),
      ],
    }),
    {
      key: 'quality',
      title: ['数据质量说明', 'How true the figures are'],
      paragraphs: dataQuality(material, writer),
    },
    ...ofYear(
      {
        key: 'problems',
        title: ['存在的问题', 'Problems'],
        paragraphs: writtenParagraphs(texts.problems, texts.lateOn.problems, writer),
        written: { text: texts.problems, facts: problemFacts(material, writer, areas) },
      },
      {
        key: 'next-year',
        title: ['下一年度计划', 'Next year'],
        paragraphs: writtenParagraphs(texts.nextYear, texts.lateOn.nextYear, writer),
        written: { text: texts.nextYear, facts: nextYearFacts(material, writer) },
      },
    ),
  ];
  return parts.map(({ key, title: [zh, en], paragraphs, tables = [], written = null }, at) => ({
    key,
    title: writer.say(`${numerals[at]}、${zh}`, `${at + 1}. ${en}`),
    paragraphs: paragraphs.filter(({ length }) => length > 0),
    tables,
    written: written && {
      ...written,
      facts: written.facts.filter(({ length }) => length > 0),
    },
  }));
};

const titleOf = ({ place, period }: Material, { say }: Writer): Pieces => {
  const when = periodWords(period, { say });
  return period.length === 4
    ? say(
        sentence`${name(place)}${when}度学雷锋志愿服务工作总结`,
        sentence`${name(place)}: summary of the volunteer service of ${when}`,
      )
    : say(
        sentence`${name(place)}${when}学雷锋志愿服务工作简报`,
        sentence`${name(place)}: bulletin of the volunteer service of ${when}`,
      );
};

/**
 * The report of a year, or the bulletin of a month, in one language. Pure: every number in it is a figure of
 * the material, and both languages have the same.
 */
export const buildReport = (material: Material, locale: Locale): Report => {
  const writer = createWriter(material, locale);
  const areas = areasOf(material);
  const title = titleOf(material, writer);
  const parts = partsOf(material, writer, areas);
  const text = [title, ...parts.flatMap(({ paragraphs }) => paragraphs)].map(textOf);
  const characters = [...[...text, ...parts.map((part) => part.title)].join('')].filter(
    (character) => character.trim() !== '',
  );
  return {
    period: material.period,
    language: locale,
    title,
    status: material.status,
    version: material.closed?.version ?? null,
    root: material.closed?.root ?? null,
    asOf: material.asOf,
    head: head(material, writer),
    parts,
    annexes: annexes(material, writer, areas),
    totals: totals(material, writer),
    length: writer.inText(
      writer.other('characters', characters.length, 'listed', { unit: 'characters' }),
    ),
  };
};
