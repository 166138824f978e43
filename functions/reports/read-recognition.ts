import { countCertificates } from '../people/status-lists.ts';
import type { Counted } from './material.ts';

const pieces = { unit: 'certificates', unitZh: '份' } as const;

/**
 * The certificates of service that were issued in a year, and those of them that are good no more. Null when there are
 * none. The figures are those of now, also of a closed year: a certificate may end at any time.
 */
export const readRecognition = async (year: string): Promise<readonly Counted[] | null> => {
  const { issued, ended } = await countCertificates(year);
  if (issued === 0) return null;
  return [
    {
      metric: 'certificatesIssued',
      words: { zh: '出具志愿服务记录证明', en: 'certificates of service issued', ...pieces },
      value: issued,
    },
    {
      metric: 'certificatesEnded',
      words: { zh: '其中已被替代或撤销', en: 'of these superseded or revoked', ...pieces },
      value: ended,
    },
  ];
};
