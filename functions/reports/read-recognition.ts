import type { Commendation } from '../../events/records.ts';
import type { Star } from '../../events/stars.ts';
import { starWords } from '../html/star-words.ts';
import { countCertificates } from '../people/status-lists.ts';
import { listOfCommendations, listOfStars } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import type { Counted } from './material.ts';

const pieces = { unit: 'certificates', unitZh: '份' } as const;

/** Stars, and commendations, of a year that are counted, of some 700 bytes each. Anybody may ask for a closed year. */
const mostCounted = 5_000;

/** What is said of others is left out when it is none of them. */
const atLeastOne = (counted: Counted): readonly Counted[] => (counted.value === 0 ? [] : [counted]);

/** None when no certificate was issued. */
const readCertificates = async (year: string): Promise<readonly Counted[]> => {
  const { issued, ended } = await countCertificates(year);
  if (issued === 0) return [];
  return [
    {
      metric: 'certificatesIssued',
      words: { zh: '出具志愿服务记录证明', en: 'certificates of service issued', ...pieces },
      value: issued,
    },
    ...atLeastOne({
      metric: 'certificatesEnded',
      words: { zh: '其中已被替代或撤销', en: 'of these superseded or revoked', ...pieces },
      value: ended,
    }),
  ];
};

const people = { unit: 'people', unitZh: '人' } as const;
const stars = { unit: 'stars', unitZh: '人次' } as const;

type Row = Pick<Star, 'level' | 'status' | 'grantedOn' | 'review'>;

/** What was granted, level by level, and what of it does not stand, or waits for somebody to look at it. */
const readStars = async (year: string): Promise<readonly Counted[]> => {
  const { items, next } = await listRows<Row>({
    index: 'lists',
    partition: listOfStars(year),
    limit: mostCounted,
  });
  const granted = items.filter(({ grantedOn }) => grantedOn !== null);
  if (granted.length === 0) return [];
  const countOf = (is: (star: Row) => boolean): number | null =>
    next === null ? granted.filter(is).length : null;
  const levels = [...new Set(granted.map(({ level }) => level))].sort();
  return [
    ...levels.map((level): Counted => {
      const { zh, en } = starWords(level);
      return {
        metric: `starsGranted${level}`,
        words: { zh: `授予${zh}级志愿者`, en: `volunteers who were granted ${en}`, ...people },
        value: countOf((star) => star.level === level),
      };
    }),
    ...atLeastOne({
      metric: 'starsUnderReview',
      words: { zh: '星级复核中', en: 'of these under review', ...stars },
      value: countOf(({ review }) => review !== null),
    }),
    ...atLeastOne({
      metric: 'starsWithdrawn',
      words: { zh: '星级已撤销', en: 'of these withdrawn', ...stars },
      value: countOf(({ status }) => status === 'withdrawn'),
    }),
  ];
};

/** What is on the records and was not struck out; none when there is nothing. */
const readCommendations = async (year: string): Promise<readonly Counted[]> => {
  const { items, next } = await listRows<Pick<Commendation, 'status'>>({
    index: 'lists',
    partition: listOfCommendations(year),
    limit: mostCounted,
  });
  const count = items.filter(({ status }) => status === 'recorded').length;
  if (count === 0) return [];
  return [
    {
      metric: 'commendationsRecorded',
      words: { zh: '登记表彰奖励', en: 'commendations', unit: 'commendations', unitZh: '项' },
      value: next === null ? count : null,
    },
  ];
};

/**
 * The certificates of service that were issued in a year, the stars that were granted in it, those of both that are
 * good no more or under review, and the commendations of the year. Null when there are none. The figures are those of now, also of a closed year: a
 * certificate or a star may end at any time.
 */
export const readRecognition = async (year: string): Promise<readonly Counted[] | null> => {
  const [certificates, granted, commended] = await Promise.all([
    readCertificates(year),
    readStars(year),
    readCommendations(year),
  ]);
  const all = [...certificates, ...granted, ...commended];
  return all.length === 0 ? null : all;
};
