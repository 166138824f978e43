export type Locale = 'zh-CN' | 'en';
type Text = Readonly<Record<Locale, string>>;

interface ProblemType {
  readonly status: number;
  readonly title: Text;
  /** `{name}` is replaced by the parameter of that name. */
  readonly detail: Text;
}

const problem = (
  status: number,
  zhTitle: string,
  enTitle: string,
  zhDetail: string,
  enDetail: string,
): ProblemType => ({
  status,
  title: { 'zh-CN': zhTitle, en: enTitle },
  detail: { 'zh-CN': zhDetail, en: enDetail },
});

/**
 * The refusals of deciders, with their texts. A new refusal needs only an entry here. The keys are
 * stable: they are the last part of a problem's `type`, and clients may depend on them.
 */
export const refusals = {
  forbidden: problem(
    403,
    '无权进行此操作',
    'Forbidden',
    '当前身份不能办理此事，或所指的对象不存在；请核对编号，或由有权限的人员办理。',
    'Your role may not do this, or there is no such thing: check the id, or ask someone whose role may.',
  ),
  'own-entry': problem(
    403,
    '不能查验自己录入或本人的时长',
    'Nobody verifies their own entry',
    '请由另一位未录入该条目、且非志愿者本人的人员查验。',
    'Someone who neither entered the figures nor is the volunteer must do this.',
  ),
  'other-organisation-required': problem(
    403,
    '须由其他组织查验',
    'Another organisation must verify',
    '来源为{origin}的时长须由活动主办组织以外的查验人员查验。',
    'Hours of origin {origin} are verified by a verifier of another organisation than the one that ran the activity.',
  ),
  'invitation-required': problem(
    403,
    '须先获邀请',
    'Invitation required',
    '该志愿服务队不开放自行加入；请由队长或主办组织发出邀请。',
    'This team is not open to everybody; its leader or host has to send an invitation.',
  ),
  'wrong-confirmation-code': problem(
    403,
    '确认码不正确',
    'Wrong confirmation code',
    '请核对登记时取得的确认码；登记人不得代为确认。',
    'Check the code that came with the registration; whoever registered the person may not confirm it.',
  ),
  'reason-required': problem(
    403,
    '须说明查阅事由',
    'Reason required',
    '查阅个人信息须以 reason 参数说明事由；每次查阅均会留痕，本人可见。',
    'Reading personal data takes a `reason`; each reading is logged, and the person can see it.',
  ),
  'approval-required': problem(
    403,
    '须经批准',
    'Approval required',
    '查阅或更正未成年人个人信息须先经区级管理员批准。',
    'Reading or correcting a minor’s personal data needs a district admin’s approval first.',
  ),
  'older-by-staff': problem(
    403,
    '须由工作人员更正',
    'Staff have to correct this',
    '未成年人不能自行将出生日期改早，也不能自行去除载明出生日期的证件；如登记有误，请持证件到所在社区或街道，由经区级管理员批准的工作人员核对后更正。',
    'A minor cannot make their own birth date earlier, nor take away the ID document that proves it; if it is wrong, show your ID document to staff of your area, who correct it with a district admin’s approval.',
  ),
  'not-in-sample': problem(
    403,
    '不在抽查样本中',
    'Not in the sample',
    '审计人员只能查阅抽中的记录；本期样本不含该记录。',
    'An auditor reads sampled records only; this one is not in the sample of this year.',
  ),
  'not-found': problem(
    404,
    '未找到',
    'Not found',
    '没有这个{what}：{id}。',
    'There is no {what} {id}.',
  ),
  'already-exists': problem(
    409,
    '已存在',
    'Already exists',
    '该{what}已存在：{id}。',
    'The {what} {id} exists already.',
  ),
  'illegal-transition': problem(
    409,
    '当前状态不允许此操作',
    'Illegal transition',
    '当前{status}，不能{action}。',
    'It is {status}: {action} is not possible.',
  ),
  'merge-settled': problem(
    409,
    '合并已不能撤销',
    'The merge is settled',
    '本人已认可该合并，且可撤销的期限已于 {until} 届满。',
    'The person accepted the merge, and it could be undone until {until}.',
  ),
  'campaign-not-open': problem(
    409,
    '年度活动未启动',
    'Campaign not open',
    '{year} 年度活动尚未启动；请先启动。',
    'The campaign of {year} is not open; open it first.',
  ),
  'activity-not-open': problem(
    409,
    '活动不接受时长录入',
    'Activity takes no hours',
    '活动{status}，不能录入时长。',
    'The activity is {status}: no hours can be entered for it.',
  ),
  'volunteer-not-active': problem(
    409,
    '志愿者不在可服务状态',
    'Volunteer is not active',
    '该志愿者{status}；代为登记的须先由本人确认。',
    'The volunteer is {status}; whom somebody else registered has to confirm it first.',
  ),
  'cannot-be-invited': problem(
    409,
    '不能邀请该编号的人',
    'This person cannot be invited',
    '没有可邀请的志愿者使用该编号；请与本人核对编号，并请其先确认注册或恢复参加，也可请主办组织的工作人员查看原因。',
    'No volunteer with this id can be invited: check the id with the person, who may first have to confirm the registration or take part again; staff of the team’s host can see why.',
  ),
  'activity-has-hours': problem(
    409,
    '活动已有服务时长',
    'Activity has hours',
    '该活动已录入服务时长；请先逐条作废并注明原因，再取消活动。',
    'Time was entered for this activity; void each entry with its reason first, then cancel it.',
  ),
  'activity-not-ended': problem(
    409,
    '活动尚未结束',
    'Activity has not ended',
    '活动于 {endsOn} 结束，当天起才能办结；如提前结束，请先修订结束日期。',
    'The activity ends on {endsOn} and can be completed from that day; if it ended early, revise its end first.',
  ),
  'unknown-reference': problem(
    422,
    '引用的对象不存在',
    'Unknown reference',
    '没有这个{what}：{id}。',
    'There is no {what} {id}.',
  ),
  'theme-not-planned': problem(
    422,
    '主题不在年度方案中',
    'Theme not planned',
    '{year} 年度方案中没有主题或常态服务 {theme}。',
    'The campaign of {year} has no theme or routine service {theme}.',
  ),
  'figure-is-computed': problem(
    422,
    '该数字由系统统计',
    'The figure is computed',
    '该数字由系统根据注册、组队和服务时长统计，不必填报；请去掉此项。',
    'leifeng computes this figure from registrations, teams and hours: leave it out.',
  ),
  'outcome-over-many-days': problem(
    422,
    '活动跨期过长，不能填报成果',
    'The activity is too long for its figures',
    '活动历时 {days} 天，成果会全部计入开始的月份；请按每次服务发布活动（不超过 {max} 天）并分别填报。',
    'It lasts {days} days, and all its figures would count in the month it begins in: publish an activity for each time of service, of {max} days at most, and report on each.',
  ),
  'service-date-in-future': problem(
    422,
    '服务日期在未来',
    'Service date in the future',
    '服务日期 {serviceDate} 晚于今天 {today}。',
    'The service date {serviceDate} is later than today, {today}.',
  ),
  'service-date-outside-activity': problem(
    422,
    '服务日期不在活动期间',
    'Service date outside the activity',
    '活动期间为 {startsOn} 至 {endsOn}。',
    'The activity runs from {startsOn} to {endsOn}.',
  ),
  'guardian-required': problem(
    422,
    '须经监护人同意',
    'Guardian’s consent required',
    '不满十四周岁的须填写监护人信息，并由监护人同意。',
    'A person under 14 needs a guardian and the guardian’s consent.',
  ),
  'credential-expired': problem(
    422,
    '资质已过期',
    'Credential expired',
    '资质有效期至 {validUntil}。',
    'The credential was good until {validUntil}.',
  ),
  'credential-of-another': problem(
    422,
    '资质不属于本人',
    'Credential of another person',
    '资质上的姓名或证件号码与本人登记信息不一致，或本人尚未登记该信息。',
    'Its name or document number is not that of this volunteer’s record, or the record has none.',
  ),
  'invalid-period': problem(
    422,
    '日期区间有误',
    'Invalid period',
    '结束日期不得早于开始日期，且须在同一年度内。',
    'The end may not be before the start, and both lie in one year.',
  ),
  'invalid-value': problem(422, '取值有误', 'Invalid value', '{zh}', '{en}'),
} as const satisfies Record<string, ProblemType>;

/** Refusals before or outside a decision: by the HTTP edge, the Ledger or AWS. Keys as above. */
const otherProblems = {
  'malformed-json': problem(
    400,
    '请求体不是有效的 JSON',
    'Malformed JSON',
    '请检查请求体的 JSON 语法。',
    'Check the JSON syntax of the request body.',
  ),
  'invalid-request': problem(
    400,
    '请求内容有误',
    'Invalid request',
    '请按 errors 中逐项更正后重新提交。',
    'Correct each item under errors and send the request again.',
  ),
  'idempotency-key-required': problem(
    400,
    '需要有效的 Idempotency-Key',
    'A valid Idempotency-Key is required',
    '每个 POST 都须带 Idempotency-Key 请求头（1–128 个可见 ASCII 字符，不含逗号），重试时使用同一个值。',
    'Every POST takes an Idempotency-Key header (1–128 visible ASCII characters, no comma); use the same one to retry.',
  ),
  'invalid-cursor': problem(
    400,
    '游标无效',
    'Invalid cursor',
    '请使用上一页返回的 next，且不要更改筛选条件。',
    'Use the `next` of the previous page, with the same filters.',
  ),
  'unknown-metric': problem(
    400,
    '没有这样的指标',
    'Unknown metric',
    '没有指标 {metric}；指标名称见看板。',
    'There is no metric {metric}; the names are those under `metrics` of a dashboard.',
  ),
  unauthorized: problem(
    401,
    '未通过身份验证',
    'Unauthorized',
    '请提供有效的访问令牌。',
    'Send a valid access token.',
  ),
  'one-access-token-required': problem(
    401,
    '须提供且仅提供一个访问令牌',
    'Exactly one access token required',
    '请以 Authorization: Bearer <访问令牌> 提供一个访问令牌，该请求头只出现一次，令牌中的名称不得重复。',
    'Send one access token as `Authorization: Bearer <token>`, that header once, and no name twice in the token.',
  ),
  'opaque-subject-required': problem(
    401,
    '令牌的 sub 不可用',
    'The token’s subject cannot be used',
    '{zh}sub 会永久留在台账中，须为不透明的标识；请在身份提供方改用随机用户标识。',
    '{en} `sub` stays in the ledger for good: have the identity provider send an opaque user id.',
  ),
  conflict: problem(
    409,
    '并发冲突',
    'Conflict',
    '其他人正在修改同一内容，请稍后重试。',
    'Others are changing the same thing; try again shortly.',
  ),
  'stale-version': problem(
    412,
    '版本已过期',
    'Stale version',
    '内容已更新为版本 {version}，请重新读取后再提交。',
    'It is at version {version} now; read it again and resubmit.',
  ),
  'body-too-large': problem(
    413,
    '请求体过大',
    'Body too large',
    '请求体不得超过 {kilobytes} KB。',
    'A body may have {kilobytes} KB at most.',
  ),
  'unsupported-media-type': problem(
    415,
    '不支持的内容类型',
    'Unsupported media type',
    '请使用 Content-Type: {mediaTypes}。',
    'Send Content-Type: {mediaTypes}.',
  ),
  'unreadable-file': problem(422, '文件无法读取', 'File cannot be read', '{zh}', '{en}'),
  'idempotency-key-reused': problem(
    422,
    'Idempotency-Key 已用于其他请求',
    'Idempotency-Key reused',
    '该 Idempotency-Key 曾用于内容不同的请求；新请求请使用新的值。',
    'This Idempotency-Key was used with another body; use a new one for a new request.',
  ),
  'too-many-look-ups': problem(
    429,
    '查询次数过多',
    'Too many look-ups',
    '每小时最多查询 {most} 次；请稍后再试，多人名单请使用批量登记或领队名单。',
    '{most} people can be looked up in an hour: try again later, and use a roll or an import for many people.',
  ),
  internal: problem(
    500,
    '系统内部错误',
    'Internal error',
    '请稍后用同一 Idempotency-Key 重试；如仍失败，请提供 correlationId 联系管理员。',
    'Retry with the same Idempotency-Key; if it fails again, give the operator the correlationId.',
  ),
  'record-unreadable': problem(
    503,
    '个人信息暂时无法读写',
    'Personal data cannot be opened',
    '密钥不可用，未作任何更改；请提供 correlationId 联系管理员。',
    'Its key cannot be used, and nothing was changed; give the operator the correlationId.',
  ),
  'not-set-up': problem(
    503,
    '本区尚未设置',
    'The district is not set up',
    '本区尚无区域，未作任何更改；请先由区管理员设置区级区域，再重试。',
    'It has no area yet, and nothing was changed; a district admin has to define the district itself as its first area, then retry.',
  ),
  unavailable: problem(
    503,
    '服务繁忙',
    'Service busy',
    '请稍后用同一 Idempotency-Key 重试。',
    'Retry shortly with the same Idempotency-Key.',
  ),
} as const satisfies Record<string, ProblemType>;

/** All refusals of requests. */
export const problemTypes = { ...otherProblems, ...refusals } as const;
export type ProblemCode = keyof typeof problemTypes;
