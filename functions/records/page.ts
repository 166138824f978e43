import { serviceQualities } from '../../events/records.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { durationText, factList, type Row, type TableContent, table } from '../html/parts.ts';
import { starWords } from '../html/star-words.ts';
import { addressOf, type View } from '../html/view.ts';
import { inLanguage, type Say, sayIn, type Word } from '../html/words.ts';
import type { Render } from '../http/answer.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { records } from './contract.ts';
import type { Basic, Block, RecordAnswer } from './record-answer.ts';
import { categoryWords, sexWords, statusWords } from './words.ts';

const section = (heading: string, ...content: readonly Markup[]): Markup =>
  html`<section><h2>${heading}</h2>${content}</section>`;

/** What the blocks are shown for. */
interface Shown {
  readonly say: Say;
  readonly locale: Locale;
  readonly view: View;
}

/** A table, or a note that it is empty, and the way to more rows. */
const list = (
  { say, view }: Shown,
  block: Block,
  { next, ...content }: TableContent & { readonly next: string | null },
): Markup => {
  const shown = content.rows.length > 0 ? table(content) : html`<p>${say('无', 'None')}</p>`;
  const more = say('更多条目', 'More entries');
  if (next === null) return shown;
  return view.signedIn
    ? html`${shown}<p><a href="${addressOf(view, { block, cursor: next })}">${more}</a></p>`
    : html`${shown}<p>${say('后续条目见下一页。', 'More on the next page.')}</p>`;
};

const basicBlock = (basic: Basic, { say, locale }: Shown): Markup => {
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
  return section(say('一、基本信息', '1. Basic information'), factList(fields));
};

const serviceBlock = (
  { items, next, totals }: NonNullable<RecordAnswer['service']>,
  shown: Shown,
): Markup => {
  const { say, locale } = shown;
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
  const rows = (counted: boolean): readonly Row[] =>
    items
      .filter(({ status }) => (status === 'verified') === counted)
      .map((line) => ({
        cells: [
          line.activity,
          line.date,
          line.area ?? line.areaId,
          line.content,
          line.onDuty
            ? say('在岗，不计时长', 'on duty, no hours')
            : durationText(line.minutes, say),
          line.organisation,
          line.responsibleId,
          inLanguage(locale, statusWords[line.status]) +
            (line.objected ? say('（有异议）', ' (objected to)') : ''),
        ],
        struck: line.status === 'voided',
      }));
  const others = rows(false);
  return section(
    say('二、服务信息', '2. Service'),
    totals
      ? html`<p>${say(
          `累计服务时长 ${durationText(totals.verified.minutes, say)}（${totals.verified.entries} 条）；待核 ${durationText(totals.pending.minutes, say)}（${totals.pending.entries} 条），不计入。`,
          `${durationText(totals.verified.minutes, say)} of verified service (${totals.verified.entries} entries); ${durationText(totals.pending.minutes, say)} (${totals.pending.entries} entries) wait and do not count.`,
        )}</p>`
      : nothing,
    list(shown, 'service', {
      caption: say('计入累计的服务，最近的在前', 'Service that counts, newest first'),
      headings,
      rows: rows(true),
      next,
    }),
    others.length > 0
      ? table({ caption: say('以下不计入服务时长', 'These do not count'), headings, rows: others })
      : nothing,
  );
};

const struck = ({ status, voidReason }: { status: string; voidReason: string | null }, say: Say) =>
  status === 'voided' ? say(`已作废：${voidReason}`, `struck out: ${voidReason}`) : '';

const trainingBlock = (
  { items, next }: NonNullable<RecordAnswer['trainings']>,
  shown: Shown,
): Markup => {
  const { say } = shown;
  return section(
    say('三、培训信息', '3. Training'),
    list(shown, 'trainings', {
      caption: say('参加的培训', 'Trainings'),
      headings: [
        say('名称', 'Name'),
        say('日期', 'Date'),
        say('内容', 'Content'),
        say('学时', 'Study time'),
        say('组织者', 'Organiser'),
        say('备注', 'Note'),
      ],
      rows: items.map(
        (entry): Row => ({
          cells: [
            entry.name,
            entry.date,
            entry.content,
            durationText(entry.studyMinutes, say),
            entry.organiser ?? entry.organisation,
            struck(entry, say),
          ],
          struck: entry.status === 'voided',
        }),
      ),
      next,
    }),
  );
};

/** The granted stars: one that is looked at says so. */
const starLine = (stars: RecordAnswer['stars'], say: Say): Markup => {
  if (stars === null || stars.length === 0) return nothing;
  const each = stars.map(({ level, grantedOn, underReview }) =>
    say(
      `${starWords(level).zh}（${grantedOn} 授予${underReview ? '，复核中' : ''}）`,
      `${starWords(level).en} (granted on ${grantedOn}${underReview ? ', under review' : ''})`,
    ),
  );
  return html`<p>${say('星级志愿者：', 'Star levels: ')}${each.join(say('、', ', '))}</p>`;
};

const commendationBlock = (
  { items, next }: NonNullable<RecordAnswer['commendations']>,
  stars: RecordAnswer['stars'],
  shown: Shown,
): Markup => {
  const { say } = shown;
  return section(
    say('四、表彰奖励信息', '4. Commendations'),
    starLine(stars, say),
    // Beside stars, nothing else is not nothing.
    stars && stars.length > 0 && items.length === 0
      ? nothing
      : list(shown, 'commendations', {
          caption: say('获得的表彰奖励', 'Commendations'),
          headings: [
            say('名称', 'Name'),
            say('日期', 'Date'),
            say('授予单位', 'Awarded by'),
            say('备注', 'Note'),
          ],
          rows: items.map(
            (entry): Row => ({
              cells: [
                entry.name,
                entry.date,
                entry.awardedBy ?? entry.organisation,
                struck(entry, say),
              ],
              struck: entry.status === 'voided',
            }),
          ),
          next,
        }),
  );
};

const evaluationBlock = (
  { items, next }: NonNullable<RecordAnswer['evaluations']>,
  shown: Shown,
): Markup => {
  const { say, locale } = shown;
  return section(
    say('五、评价信息', '5. Evaluation'),
    list(shown, 'evaluations', {
      caption: say('服务质量评价', 'Evaluations'),
      headings: [
        say('服务质量', 'Service quality'),
        say('日期', 'Date'),
        say('评价单位', 'Evaluated by'),
        say('活动', 'Activity'),
        say('备注', 'Note'),
      ],
      rows: items.map(
        (entry): Row => ({
          cells: [
            inLanguage(locale, serviceQualities[entry.quality]),
            entry.date,
            entry.organisation,
            entry.activity,
            struck(entry, say),
          ],
          struck: entry.status === 'voided',
        }),
      ),
      next,
    }),
  );
};

/** Notes on the person's other records, when records were merged. */
const mergeNotes = ({ mergedInto, mergedFrom }: RecordAnswer, say: Say): readonly Markup[] => [
  ...(mergedInto === null ? [] : [html`<p>${say('已并入记录', 'Merged into')} ${mergedInto}</p>`]),
  ...mergedFrom.map(
    (id) =>
      html`<p>${say('已并入本记录（其培训、表彰和评价见该记录）：', 'Merged into this one; see there for its trainings, commendations and evaluations:')} ${id}</p>`,
  ),
];

/** A service record as a page to read and to print. */
export const renderRecord = ((answer, locale, view) => {
  const say = sayIn(locale);
  const shown = { say, locale, view };
  const { basic, service, trainings, commendations, stars, evaluations } = answer;
  return pageOf(view, {
    title: say('志愿服务记录', 'Volunteer service record'),
    body: html`<p class="soft">${say('志愿者编号', 'Volunteer')} ${answer.volunteerId}</p>
${mergeNotes(answer, say)}
${basic && basicBlock(basic, shown)}
${service && serviceBlock(service, shown)}
${trainings && trainingBlock(trainings, shown)}
${commendations && commendationBlock(commendations, stars, shown)}
${evaluations && evaluationBlock(evaluations, shown)}`,
    facts: [
      say(`制表日期 ${answer.on}。`, `Made on ${answer.on}.`),
      say('本页不是志愿服务记录证明。', 'This page is not a certificate.'),
    ],
  });
}) satisfies Render<typeof records.readRecord>;
