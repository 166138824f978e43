import type { Locale, ProblemCode } from './problem-types.ts';

type Text = Readonly<Record<Locale, string>>;

interface PageWords {
  readonly title?: Text;
  readonly detail: Text;
}

const words = (zh: string, en: string): PageWords => ({ detail: { 'zh-CN': zh, en } });

/**
 * What a page says in place of a problem's own words, where these name what only programs know: headers, fields of the
 * answer, parameters, routes.
 */
export const pageWords: Readonly<Partial<Record<ProblemCode, PageWords>>> = {
  'invalid-request': words(
    '请更正下列各项后重试。',
    'Correct what is listed below, and try again.',
  ),
  'reason-required': words(
    '查阅个人信息须说明事由；每次查阅均会留痕，本人可见。',
    'Reading personal data takes a reason; each reading is logged, and the person can see it.',
  ),
  'staff-only': words(
    '按组织或服务队的数据不公开。',
    'Figures by organisation or team are not public.',
  ),
  'report-not-final': words(
    '{period} 尚未关账，正式文本在关账后公布；工作人员登录后从“我的事项”查看初稿。',
    '{period} is not closed, and its final text is published after that; staff find the draft under “My tasks” after signing in.',
  ),
  'answer-too-large': words(
    '文件超过 4 MB，无法一次下载；请改为下载各月工作简报的文件。',
    'The file is larger than 4 MB and cannot be sent at once: take the files of the monthly bulletins.',
  ),
  'invalid-cursor': words(
    '这一页的地址已失效；请从第一页重新打开。',
    'The address of this page is not good any more: begin with the first page.',
  ),
  'idempotency-key-reused': {
    title: { 'zh-CN': '表单已提交过', en: 'The form was sent before' },
    ...words(
      '这张表单已提交过，内容与这次不同。请核对以下内容，再次提交。',
      'This form was sent before, with another content. Check what is below, and send it again.',
    ),
  },
  internal: words(
    '请稍后重试；如仍失败，请将下面的编号告知管理员。',
    'Try again later; if it fails again, tell the operator the number below.',
  ),
  'record-unreadable': words(
    '密钥不可用，未作任何更改；请将下面的编号告知管理员。',
    'They cannot be read now, and nothing was changed; tell the operator the number below.',
  ),
  unavailable: words('请稍后重试。', 'Try again shortly.'),
};
