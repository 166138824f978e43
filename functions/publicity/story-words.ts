import type { ChannelKind, Story } from '../../events/publicity.ts';
import type { Word } from '../html/words.ts';

/** Channels as people call them. */
export const channelWords: Readonly<Record<ChannelKind, Word>> = {
  news: { zh: '新闻媒体', en: 'news media' },
  social: { zh: '社交媒体', en: 'social media' },
  video: { zh: '视频平台', en: 'video' },
  mobile: { zh: '移动终端', en: 'mobile' },
  led: { zh: '电子屏', en: 'LED screens' },
  banner: { zh: '横幅', en: 'banners' },
  meeting: { zh: '会议宣讲', en: 'meetings' },
  print: { zh: '印刷品', en: 'print' },
};

export const kindWords: Readonly<Record<Story['kind'], Word>> = {
  story: { zh: '宣传报道', en: 'Story' },
  'practice-note': { zh: '经验做法', en: 'Practice note' },
};
