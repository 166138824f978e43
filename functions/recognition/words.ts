import type { Certificate } from '../../events/recognition.ts';
import type { Word } from '../html/words.ts';
import { inLanguage } from '../html/words.ts';
import type { documentTypes } from '../people/person.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { Verification } from './answers.ts';

export const sexWords = {
  female: { zh: '女', en: 'Female' },
  male: { zh: '男', en: 'Male' },
} as const satisfies Record<string, Word>;

export const documentWords: Readonly<Record<(typeof documentTypes)[number], Word>> = {
  'resident-id': { zh: '居民身份证', en: 'Resident identity card' },
  passport: { zh: '护照', en: 'Passport' },
  'hk-macau-permit': {
    zh: '港澳居民来往内地通行证',
    en: 'Permit for residents of Hong Kong and Macau',
  },
  'taiwan-permit': { zh: '台湾居民来往大陆通行证', en: 'Permit for residents of Taiwan' },
  'foreign-permanent-resident-id': {
    zh: '外国人永久居留身份证',
    en: 'Foreign permanent resident identity card',
  },
};

export const verifiedWords: Readonly<Record<Verification['status'], Word>> = {
  issued: { zh: '有效', en: 'Good' },
  superseded: {
    zh: '已被替代：所载内容已有变化或已换发新证明，请勿再据此认定。',
    en: 'Superseded: what it says is no longer so, or another one took its place. Do not rely on it.',
  },
  revoked: { zh: '已撤销，不得据此认定。', en: 'Revoked: do not rely on it.' },
  unavailable: { zh: '不再提供', en: 'No longer available' },
};

/** Where a certificate stands, for its person. */
export const statusWords: Readonly<Record<Certificate['status'], Word>> = {
  applied: { zh: '已申请', en: 'applied for' },
  'in-notice': { zh: '公示中', en: 'in public notice' },
  issued: { zh: '有效', en: 'good' },
  superseded: { zh: '已被替代', en: 'superseded' },
  revoked: { zh: '已撤销', en: 'revoked' },
  declined: { zh: '未予出具', en: 'declined' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
};

/** What a signature is, and what it is not. */
const signed: Word = {
  zh: '本证明由系统签名，可在线查验；加盖印章以记录单位为准。',
  en: 'This certificate is signed by the system and can be verified online; whether it bears a seal is for the recording unit.',
};

const free: Word = { zh: '本证明免费出具。', en: 'This certificate is free of charge.' };

const withoutAddress: Word = {
  zh: '本区尚未设置对外网址，故无二维码和电子凭证；可在本区网站按编号查验。',
  en: 'The district has no public address yet, so there is no QR code and no credential; verify it by its number on the site of the district.',
};

const ends: Readonly<Record<NonNullable<Certificate['endedBy']>, Word>> = {
  unit: { zh: '本证明已由记录单位撤销。', en: 'The recording unit revoked this certificate.' },
  reissued: {
    zh: '本证明已换发，请用新证明。',
    en: 'Another certificate took the place of this one.',
  },
  entries: {
    zh: '所载记录已更正、作废或未通过，本证明不再有效；可申请换发。',
    en: 'Entries in it were corrected, struck out or rejected, so it is good no more: it can be reissued.',
  },
  merged: {
    zh: '登记已合并或合并已撤销，本证明不再有效；可重新申请。',
    en: 'Records were merged or a merge was undone, so it is good no more: apply for another.',
  },
  person: {
    zh: '所载姓名、性别或证件已更正，本证明不再有效；可申请换发。',
    en: 'The name, sex or document in it was corrected, so it is good no more: it can be reissued.',
  },
  erased: { zh: '不再提供。', en: 'No longer available.' },
};

/** What is to be said beside a certificate. */
export const notesOn = (
  { endedBy, number }: Pick<Certificate, 'endedBy' | 'number'>,
  hasAddress: boolean,
  locale: Locale,
): string[] => {
  if (endedBy !== null) return [inLanguage(locale, ends[endedBy])];
  if (number === null) return [];
  return [signed, free, ...(hasAddress ? [] : [withoutAddress])].map((each) =>
    inLanguage(locale, each),
  );
};
