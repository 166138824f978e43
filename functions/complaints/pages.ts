import type * as z from 'zod';
import { field, refusalNote } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { factList, links, note } from '../html/parts.ts';
import { ticketField, type View } from '../html/view.ts';
import { inLanguage, sayIn } from '../html/words.ts';
import type { complaints } from './contract.ts';

type Answer<R extends keyof typeof complaints> = z.output<(typeof complaints)[R]['answer']>;

const trailOf = ({ locale }: View) => [
  { href: '/pages/complaints', text: sayIn(locale)('投诉与意见', 'Complaints and suggestions') },
];

/** A form of a page without a session: its ticket says when it was shown. */
const openForm = (
  { locale }: View,
  {
    action,
    ticket,
    submit,
    body,
  }: { action: string; ticket: string; submit: string; body: Markup },
): Markup =>
  html`<form class="box" method="post" action="${action}?lang=${locale}"><input type="hidden" name="${ticketField}" value="${ticket}">${body}<button>${submit}</button></form>`;

export const renderForm = (
  { ticket, page, areas, workingDays, keptDays }: Answer<'complaintForm'>,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  const [first] = areas;
  const isChosen = view.query.areaId !== undefined && first?.id === view.query.areaId;
  const nowhere = { value: '', text: say('不限', 'No area in particular') };
  const choices = areas.map(({ id, name }) => ({ value: id, text: name }));
  const { refusal } = view;
  const from = refusal?.given?.get('page')?.[0] ?? page;
  // What was refused is sent again with its own ticket, of which the seconds have passed, unless it is too old.
  const kept = refusal?.code === 'form-expired' ? undefined : refusal?.given?.get(ticketField)?.[0];
  return pageOf(view, {
    title: say('投诉与意见', 'Complaints and suggestions'),
    body: html`${refusalNote(view)}<p class="lead">${say(
      `不需要账号。提交后得到编号和查询码，${workingDays}个工作日内答复。`,
      `No account is needed. You get a number and a secret part, and an answer within ${workingDays} working days.`,
    )}</p>
${openForm(view, {
  action: '/pages/complaints',
  ticket: kept || ticket,
  submit: say('提交', 'Send'),
  body: html`${from === null || from === '' ? nothing : html`<input type="hidden" name="page" value="${from}">`}${field(
    view,
    {
      name: 'text',
      label: say('要反映的情况或建议', 'What you want to say'),
      hint: say(
        '5 至 2000 字。内容加密保存，只有区级工作人员能读，读取留痕。',
        '5 to 2,000 characters. It is kept encrypted; only the district’s staff can read it, and each reading is logged.',
      ),
      kind: 'text',
      required: true,
    },
  )}${field(view, {
    name: 'contact',
    label: say('联系方式（可不填）', 'How to reach you (may be left empty)'),
    hint: say(
      '只用于答复。不填也会答复，凭编号和查询码查看。',
      'For the answer only. Without it you still get an answer, by number and secret part.',
    ),
  })}${field(view, {
    name: 'areaId',
    label: say('涉及的区域', 'The area that it is about'),
    kind: { choices: isChosen ? [...choices, nowhere] : [nowhere, ...choices] },
  })}<div class="skip" aria-hidden="true"><label for="f-website">${say('请勿填写', 'Leave this empty')}</label><input type="text" id="f-website" name="website" tabindex="-1" autocomplete="off"></div>`,
})}
${links([{ href: '/pages/complaints/state', text: say('查询办理情况', 'Where your complaint stands') }])}`,
    facts: [
      say(
        `填写的内容至多保存 ${keptDays} 天，办结后更早删除。`,
        `What you write is kept for ${keptDays} days at most, and erased earlier once the matter is closed.`,
      ),
    ],
  });
};

/** The number and the secret part, shown once. */
export const renderReceipt = (
  { number, secret, dueOn }: Answer<'sendComplaint'>,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('已收到', 'Received'),
    trail: trailOf(view),
    body: html`${note('good', say('请抄下编号和查询码：查询码只在这里显示一次。', 'Write down both parts: the secret part is shown here only.'))}
${factList([
  [say('编号', 'Number'), html`<code>${number}</code>`],
  [say('查询码', 'Secret part'), html`<code>${secret.replace(/(.{4})(?=.)/g, '$1-')}</code>`],
  [say('最迟答复日', 'Answered by'), dueOn],
])}
${links([{ href: '/pages/complaints/state', text: say('查询办理情况', 'Where it stands') }])}`,
  });
};

export const renderStateForm = ({ ticket }: Answer<'complaintState'>, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('查询办理情况', 'Where a complaint stands'),
    trail: trailOf(view),
    body: html`${refusalNote(view)}${openForm(view, {
      action: '/pages/complaints/state',
      ticket,
      submit: say('查询', 'Ask'),
      body: html`${field(view, { name: 'number', label: say('编号', 'Number'), required: true })}${field(view, { name: 'secret', label: say('查询码', 'Secret part'), required: true })}`,
    })}`,
  });
};

const statusWords = {
  received: { zh: '已收到，等待受理', en: 'Received' },
  handling: { zh: '正在办理', en: 'Being dealt with' },
  answered: { zh: '已答复', en: 'Answered' },
  closed: { zh: '已办结', en: 'Closed' },
} as const;

export const renderState = (
  {
    number,
    status,
    receivedOn,
    dueOn,
    takenOn,
    answer,
    answeredOn,
    closedOn,
    isOverdue,
  }: Answer<'askState'>,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  const late = isOverdue ? say('（已超期）', ' (late)') : '';
  return pageOf(view, {
    title: say('办理情况', 'Where your complaint stands'),
    trail: trailOf(view),
    body: html`${factList([
      [say('编号', 'Number'), html`<code>${number}</code>`],
      [say('状态', 'State'), inLanguage(view.locale, statusWords[status])],
      [say('收到', 'Received'), receivedOn],
      [say('受理', 'Taken up'), takenOn],
      [say('最迟答复日', 'Due'), `${dueOn}${late}`],
      [say('答复', 'Answered'), answeredOn],
      [say('办结', 'Closed'), closedOn],
    ])}${
      answer === null
        ? nothing
        : html`<h2>${say('答复', 'Answer')}</h2>${answer
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => html`<p>${line}</p>`)}`
    }`,
  });
};
