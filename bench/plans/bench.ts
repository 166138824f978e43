// How well the importer reads a folder of plan texts, and how fast.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlanText } from '../../functions/campaigns/plan-text/read-plan-text.ts';
import { table } from '../table.ts';
import { baselineOf } from './baseline.ts';
import { type Answer, type Score, scoreOf } from './score.ts';

export const options = {
  /** A folder with NN.txt, whose text follows a line `---`, and answers.open.json. */
  corpus: '',
  repeats: '20',
};

const textOf = (file: string): string => {
  const content = readFileSync(file, 'utf8');
  const head = /^---\r?\n/m.exec(content);
  return head ? content.slice(head.index + head[0].length) : content;
};

const shown = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
const meanOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};

export const run = async (given: Readonly<Record<string, string>>): Promise<unknown> => {
  const folder = given.corpus ?? '';
  const answersFile = join(folder, 'answers.open.json');
  if (folder === '' || !existsSync(answersFile)) {
    console.log('no texts: give --corpus DIR, a folder with NN.txt and answers.open.json');
    return [];
  }
  const answers = JSON.parse(readFileSync(answersFile, 'utf8')) as Record<string, Answer>;
  const repeats = Math.max(1, Number(given.repeats));
  const rows = Object.entries(answers).map(([name, answer]) => {
    const text = textOf(join(folder, `${name}.txt`));
    const draft = readPlanText(text);
    const began = performance.now();
    for (let left = repeats; left > 0; left -= 1) readPlanText(text);
    const ms = (performance.now() - began) / repeats;
    return {
      name,
      ...scoreOf(text, draft, answer),
      baseline: scoreOf(text, baselineOf(text), answer).score,
      msPer10000: (ms / Math.max(1, text.length)) * 10_000,
    };
  });
  const columns = [
    'year',
    'themes',
    'when',
    'units',
    'warnings',
    'score',
    'baseline',
    'msPer10000',
  ] as const;
  const mean = Object.fromEntries(
    columns.map((column) => [column, meanOf(rows.map((row) => row[column]))]),
  );
  const line = (name: string, values: Readonly<Record<string, number | null>>, fails: string) => [
    name,
    ...columns.map((column) => shown(values[column] ?? null)),
    fails,
  ];
  const failsOf = ({ hardFails, invented }: Pick<Score, 'hardFails' | 'invented'>): string =>
    [...hardFails, ...(invented > 0 ? [`${invented} invented`] : [])].join('; ') || 'none';
  console.log(
    table(
      [
        'text',
        'year',
        'themes F1',
        'when',
        'units F1',
        'warnings',
        'score',
        'baseline',
        'ms/10,000',
        'hard fails',
      ],
      [
        ...rows.map((row) =>
          line(
            row.name,
            Object.fromEntries(columns.map((column) => [column, row[column]])),
            failsOf(row),
          ),
        ),
        line('mean', mean, String(rows.filter(({ hardFails }) => hardFails.length > 0).length)),
      ],
    ),
  );
  const score = mean.score ?? 0;
  const baseline = mean.baseline ?? 0;
  const verdict = (met: boolean): string => (met ? 'met' : 'missed');
  const invented = rows.filter((row) => row.invented > 0 || row.year < 0).length;
  console.log(`\ngoal score ≥ 0.85: ${verdict(score >= 0.85)}`);
  console.log(`goal ≥ 2 × the baseline: ${verdict(score >= 2 * baseline)}`);
  console.log(
    `goal no invented year or month, no hard fail: ${verdict(invented === 0 && rows.every(({ hardFails }) => hardFails.length === 0))}`,
  );
  return rows;
};
