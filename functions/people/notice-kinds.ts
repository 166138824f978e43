/** Changes to a person's record that the person is notified of (DOMAIN.md §3.7). */
export const noticeKinds = {
  'awaiting-confirmation': {
    zh: '有单位为您登记为志愿者，请凭确认码本人确认；未确认前不计任何服务。',
    en: 'Somebody registered you as a volunteer: confirm it with your code. Nothing counts before.',
  },
  registered: { zh: '您已注册为志愿者。', en: 'You are registered as a volunteer.' },
  'personal-data-corrected': {
    zh: '您的个人信息已更正；如非您所知，请提出异议。',
    en: 'Your personal data were corrected. Object if this was not meant.',
  },
  'hours-credited': {
    zh: '您的一条服务时长已查验计入，或经您提出异议后复核维持；如非您本人，请提出异议。',
    en: 'Service time was credited to you, or confirmed after you objected. Object if this was not you.',
  },
  'hours-corrected': {
    zh: '您的一条服务时长已更正，待重新查验。',
    en: 'An entry of your service time was corrected and waits to be verified again.',
  },
  'hours-rejected': {
    zh: '您的一条服务时长未通过查验。',
    en: 'An entry of your service time was not verified.',
  },
  'hours-voided': {
    zh: '您的一条服务时长已作废。',
    en: 'An entry of your service time was struck out.',
  },
  deactivated: { zh: '您的志愿者身份已停用。', en: 'Your record was deactivated.' },
  merged: {
    zh: '您的一条登记已按重复登记并入另一条，服务时长全部保留；另一条登记的本人认可后，两条记录归您一人。如有误，请向登记单位提出异议。',
    en: 'One of your registrations was merged into another; all hours are kept. Both are yours when the person of the other one accepts. If this is wrong, object to whoever registered you.',
  },
  'merge-to-accept': {
    zh: '另一条登记已按重复登记并入您的记录。如确为您本人，请认可；否则请勿认可，并向登记单位提出异议。',
    en: 'Another registration was merged into yours. Accept it if it is yours; if not, do not accept it and object to whoever registered you.',
  },
  'merge-accepted': {
    zh: '两条登记的合并已由本人认可。',
    en: 'The merge of the two registrations was accepted.',
  },
  unmerged: {
    zh: '您的登记与另一条登记的合并已撤销，两条登记各归其主；如有误，请向登记单位提出异议。',
    en: 'The merge of your registration with another one was undone; each is its own again. If this is wrong, object to whoever registered you.',
  },
  'certificate-issued': {
    zh: '您申请的志愿服务记录证明已出具，请在“我的证明”查看和打印。',
    en: 'Your certificate of service was issued: see and print it among your certificates.',
  },
  'certificate-declined': {
    zh: '您申请的志愿服务记录证明未予出具，理由见“我的证明”。',
    en: 'Your application for a certificate was declined; the reason is among your certificates.',
  },
  'certificate-ended': {
    zh: '您的一份志愿服务记录证明已被替代或撤销，请勿再使用；原因见“我的证明”。',
    en: 'A certificate of yours was superseded or revoked: do not use it any more. The reason is among your certificates.',
  },
  'star-granted': { zh: '您已被授予星级志愿者。', en: 'You were granted a star level.' },
  'star-under-review': {
    zh: '您的星级所依据的服务时长有变动，星级正在复核。',
    en: 'Service time on which your star level rests changed: it is under review.',
  },
  'star-upheld': { zh: '您的星级经复核维持。', en: 'Your star level was upheld after the review.' },
  'star-withdrawn': {
    zh: '您的星级已撤销；如有疑问，请向区级管理员提出。',
    en: 'Your star level was withdrawn. Ask the district if this is not right.',
  },
  erased: {
    zh: '您的个人信息已删除，统计数字不含可识别信息。',
    en: 'Your personal data were erased; what stays in the totals names nobody.',
  },
} as const;
export type NoticeKind = keyof typeof noticeKinds;

/** The notice of an event of a sheet, to each person whose entry it changes. */
export const ofHours = {
  HoursVerified: 'hours-credited',
  HoursCorrected: 'hours-corrected',
  HoursRejected: 'hours-rejected',
  HoursVoided: 'hours-voided',
} as const satisfies Record<string, NoticeKind>;

/** The notice of an event of a record, to its person. */
export const ofRecord = {
  VolunteerConfirmed: 'registered',
  PersonalDataCorrected: 'personal-data-corrected',
  VolunteerDeactivated: 'deactivated',
  VolunteerMerged: 'merged',
  MergeAccepted: 'merge-accepted',
  VolunteerUnmerged: 'unmerged',
  DuplicateUnmerged: 'unmerged',
  VolunteerErased: 'erased',
} as const satisfies Record<string, NoticeKind>;

/** The notice of an event of a certificate or a star, to the person that it is about. */
export const ofRecognition = {
  CertificateIssued: 'certificate-issued',
  CertificateDeclined: 'certificate-declined',
  CertificateSuperseded: 'certificate-ended',
  CertificateRevoked: 'certificate-ended',
  StarGranted: 'star-granted',
  StarReviewRaised: 'star-under-review',
  StarUpheld: 'star-upheld',
  StarWithdrawn: 'star-withdrawn',
} as const satisfies Record<string, NoticeKind>;

/** The events that lead to a notice. */
export const noticed = [
  'VolunteerRegistered',
  'DuplicateMerged',
  ...(Object.keys(ofRecord) as (keyof typeof ofRecord)[]),
  ...(Object.keys(ofHours) as (keyof typeof ofHours)[]),
  ...(Object.keys(ofRecognition) as (keyof typeof ofRecognition)[]),
] as const;
