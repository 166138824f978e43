import { aggregates } from '../../events/aggregates.ts';

/**
 * The Chinese for the codes in refusals: kinds of things, states, actions, and origins of hours. In
 * English the codes themselves are words.
 */
export const chineseWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sheets: { elsewhere: '在其他单位' },
  sheetId: { 'same-request': '本次录入的前面一行' },
  what: {
    ...Object.fromEntries(Object.values(aggregates).map(({ type, zh }) => [type, zh])),
    commendation: '表彰记录',
    contact: '联系人',
    credential: '资质',
    entry: '签到记录',
    evaluation: '评价',
    output: '成果指标',
    route: '接口',
    theme: '主题',
    training: '培训记录',
  },
  status: {
    active: '在册',
    cancelled: '已取消',
    closed: '已关闭',
    completed: '已办结',
    'consent-withdrawn': '已撤回同意',
    deactivated: '已停用',
    declined: '已谢绝',
    dissolved: '已解散',
    erased: '已删除',
    invited: '已受邀',
    joined: '已入队',
    left: '已离队',
    merged: '已合并',
    objected: '已提出异议',
    open: '已启动',
    pending: '待确认',
    planned: '已制定',
    published: '已发布',
    recorded: '已记录',
    rejected: '未通过',
    removed: '已移出',
    verified: '已查验',
    voided: '已作废',
  },
  action: {
    'accept-merge': '认可合并',
    cancel: '取消',
    complete: '办结',
    confirm: '确认',
    consent: '给予同意',
    correct: '更正',
    credential: '登记资质',
    deactivate: '停用',
    dissolve: '解散',
    erase: '删除',
    join: '加入',
    merge: '合并',
    object: '提出异议',
    open: '启动',
    reactivate: '恢复',
    reject: '驳回',
    revise: '修订',
    unmerge: '撤销合并',
    verify: '查验',
    void: '作废',
    withdraw: '撤回同意',
  },
  kind: {
    district: '区',
    subdistrict: '街道',
    community: '社区',
  },
  origin: {
    scan: '扫码签到',
    'leader-roll': '领队名单',
    'self-declared': '本人申报',
    'back-entry': '补录',
    import: '导入',
  },
};

/** The Chinese for a code, for texts that name it; the code itself where there is none. */
export const chineseFor = (name: keyof typeof chineseWords, code: string): string =>
  chineseWords[name]?.[code] ?? code;
