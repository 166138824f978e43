import { createHash } from 'node:crypto';
import { serviceQualities } from '../../events/records.ts';
import type { Render } from '../http/answer.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { records } from './contract.ts';
import { html, type Markup } from './html.ts';
import type { Basic, RecordAnswer } from './record-answer.ts';
import { categoryWords, inLanguage, sexWords, statusWords, type Word } from './words.ts';

const style = `
@page { size: A4; margin: 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 180mm; font: 10.5pt/1.5 "Songti SC", SimSun, serif; color: #000; }
h1 { margin: 8mm 0 2mm; text-align: center; font-size: 18pt; }
h2 { margin: 6mm 0 2mm; font-size: 12pt; break-after: avoid; }
p { margin: 1mm 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.2mm solid #000; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: bold; background: #eee; }
.voided { text-decoration: line-through; }
footer { margin-top: 6mm; font-size: 9pt; }
`;

/** Allows only the style sheet above: no scripts, images, forms, frames or requests. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Say = (zh: string, en: string) => string;

const sayIn =
  (locale: Locale): Say =>
  (zh, en) =>
    inLanguage(locale, { zh, en });

type Cell = string | Markup | null;

const row = (cells: readonly Cell[], struck = false): Markup => {
  const shown = cells.map((cell) => html`<td>${cell ?? '—'}</td>`);
  return struck ? html`<tr class="voided">${shown}</tr>` : html`<tr>${shown}</tr>`;
};

const table = (headings: readonly string[], rows: readonly Markup[]): Markup =>
  html`<table><thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;

const section = (heading: string, ...content: readonly Markup[]): Markup =>
  html`<section><h2>${heading}</h2>${content}</section>`;

/** A table, or a note that it is empty, and a note when there are more rows. */
const list = (
  say: Say,
  headings: readonly string[],
  rows: readonly Markup[],
  next: string | null,
): Markup =>
  html`${rows.length > 0 ? table(headings, rows) : html`<p>${say('无', 'None')}</p>`}${
    next === null ? null : html`<p>${say('后续条目见下一页。', 'More on the next page.')}</p>`
  }`;

const basicBlock = (basic: Basic, say: Say, locale: Locale): Markup => {
  const word = (known: Word | undefined, code: string) =>
    known ? inLanguage(locale, known) : code;
  const fields: readonly (readonly [string, string | null])[] = [
    [say('姓名', 'Name'), basic.name],
    [say('性别', 'Sex'), basic.sex && word(sexWords[basic.sex], basic.sex)],
    [say('出生日期', 'Date of birth'), basic.birthDate],
    [say('身份证件号码', 'ID document number'), basic.idDocument],
    [say('居住区域', 'Area of residence'), basic.area ?? basic.areaId],
    [say('联系方式', 'Contact'), basic.phone],
    [say('服务技能', 'Skills'), basic.skills.join(say('、', ', ')) || null],
    [
      say('服务类别', 'Service categories'),
      basic.serviceCategories
        .map((category) => word(categoryWords[category], category))
        .join(say('、', ', ')) || null,
    ],
    [say('注册日期', 'Registered on'), basic.registeredOn],
  ];
  return section(
    say('一、基本信息', '1. Basic information'),
    html`<table><tbody>${fields.map(
      ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value ?? '—'}</td></tr>`,
    )}</tbody></table>`,
  );
};

/** Hours and minutes, so that the lines on paper add up to their total. */
const durationOf = (minutes: number, say: Say): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return say(`${hours} 时 ${rest} 分`, `${hours} h ${rest} min`);
};

const serviceBlock = (
  { items, next, totals }: NonNullable<RecordAnswer['service']>,
  say: Say,
  locale: Locale,
): Markup => {
  const headings = [
    say('活动', 'Activity'),
    say('日期', 'Date'),
    say('地点', 'Place'),
    say('内容', 'Content'),
    say('时长', 'Time'),
    say('组织单位', 'Organised by'),
    say('负责人编号', 'In charge (id)'),
    say('状态', 'Status'),
  ];
  const rows = (counted: boolean) =>
    items
      .filter(({ status }) => (status === 'verified') === counted)
      .map((line) =>
        row(
          [
            line.activity,
            line.date,
            line.area ?? line.areaId,
            line.content,
            line.onDuty
              ? say('在岗，不计时长', 'on duty, no hours')
              : durationOf(line.minutes, say),
            line.organisation,
            line.responsibleId,
            inLanguage(locale, statusWords[line.status]) +
              (line.objected ? say('（有异议）', ' (objected to)') : ''),
          ],
          line.status === 'voided',
        ),
      );
  const others = rows(false);
  return section(
    say('二、服务信息', '2. Service'),
    totals
      ? html`<p>${say(
          `累计服务时长 ${durationOf(totals.verified.minutes, say)}（${totals.verified.entries} 条）；待核 ${durationOf(totals.pending.minutes, say)}（${totals.pending.entries} 条），不计入。`,
          `${durationOf(totals.verified.minutes, say)} of verified service (${totals.verified.entries} entries); ${durationOf(totals.pending.minutes, say)} (${totals.pending.entries} entries) wait and do not count.`,
        )}</p>`
      : html``,
    list(say, headings, rows(true), next),
    others.length > 0
      ? html`<p>${say('以下不计入服务时长：', 'These do not count:')}</p>${table(headings, others)}`
      : html``,
  );
};

const struck = ({ status, voidReason }: { status: string; voidReason: string | null }, say: Say) =>
  status === 'voided' ? say(`已作废：${voidReason}`, `struck out: ${voidReason}`) : '';

const trainingBlock = ({ items, next }: NonNullable<RecordAnswer['trainings']>, say: Say): Markup =>
  section(
    say('三、培训信息', '3. Training'),
    list(
      say,
      [
        say('名称', 'Name'),
        say('日期', 'Date'),
        say('内容', 'Content'),
        say('学时', 'Study time'),
        say('组织者', 'Organiser'),
        say('备注', 'Note'),
      ],
      items.map((entry) =>
        row(
          [
            entry.name,
            entry.date,
            entry.content,
            durationOf(entry.studyMinutes, say),
            entry.organiser ?? entry.organisation,
            struck(entry, say),
          ],
          entry.status === 'voided',
        ),
      ),
      next,
    ),
  );

const commendationBlock = (
  { items, next }: NonNullable<RecordAnswer['commendations']>,
  say: Say,
): Markup =>
  section(
    say('四、表彰奖励信息', '4. Commendations'),
    list(
      say,
      [
        say('名称', 'Name'),
        say('日期', 'Date'),
        say('授予单位', 'Awarded by'),
        say('备注', 'Note'),
      ],
      items.map((entry) =>
        row(
          [entry.name, entry.date, entry.awardedBy ?? entry.organisation, struck(entry, say)],
          entry.status === 'voided',
        ),
      ),
      next,
    ),
  );

const evaluationBlock = (
  { items, next }: NonNullable<RecordAnswer['evaluations']>,
  say: Say,
  locale: Locale,
): Markup =>
  section(
    say('五、评价信息', '5. Evaluation'),
    list(
      say,
      [
        say('服务质量', 'Service quality'),
        say('日期', 'Date'),
        say('评价单位', 'Evaluated by'),
        say('活动', 'Activity'),
        say('备注', 'Note'),
      ],
      items.map((entry) =>
        row(
          [
            inLanguage(locale, serviceQualities[entry.quality]),
            entry.date,
            entry.organisation,
            entry.activity,
            struck(entry, say),
          ],
          entry.status === 'voided',
        ),
      ),
      next,
    ),
  );

/** Notes on the person's other records, when records were merged. */
const mergeNotes = ({ mergedInto, mergedFrom }: RecordAnswer, say: Say): readonly Markup[] => [
  ...(mergedInto === null ? [] : [html`<p>${say('已并入记录', 'Merged into')} ${mergedInto}</p>`]),
  ...mergedFrom.map(
    (id) =>
      html`<p>${say('已并入本记录（其培训、表彰和评价见该记录）：', 'Merged into this one; see there for its trainings, commendations and evaluations:')} ${id}</p>`,
  ),
];

/** A service record as a page to print: A4, one language, no scripts, nothing loaded. */
export const renderRecord: Render<typeof records.readRecord> = (answer, locale) => {
  const say = sayIn(locale);
  const { basic, service, trainings, commendations, evaluations } = answer;
  const title = say('志愿服务记录', 'Volunteer service record');
  const blocks = [
    ...(basic ? [basicBlock(basic, say, locale)] : []),
    ...(service ? [serviceBlock(service, say, locale)] : []),
    ...(trainings ? [trainingBlock(trainings, say)] : []),
    ...(commendations ? [commendationBlock(commendations, say)] : []),
    ...(evaluations ? [evaluationBlock(evaluations, say, locale)] : []),
  ];
  const page = html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title><style>`;
  const body = html`</style></head><body><h1>${title}</h1>
<p>${say('志愿者编号', 'Volunteer')} ${answer.volunteerId} · ${say('制表日期', 'Made on')} ${answer.on}</p>
${mergeNotes(answer, say)}
${blocks}
<footer>${say(
    '只有经他人查验的服务时长计入累计。本页不是志愿服务记录证明。',
    'Only time that somebody else has verified is counted. This page is not a certificate.',
  )}</footer></body></html>
`;
  return {
    text: `${page.markup}${style}${body.markup}`,
    headers: {
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
    },
  };
};
