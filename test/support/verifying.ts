import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DomainEvent } from '../../events/catalogue.ts';
import { leafOf, textOf } from '../../functions/closed/leaves.ts';
import type { Random } from '../lab/random.ts';
import { askPeriods, closeEvents } from './closing.ts';

const page = readFileSync('docs/verify.md', 'utf8');
const programOf = (language: 'js' | 'python'): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
/** The programs of docs/verify.md, as they stand there. */
export const programs = { js: programOf('js'), python: programOf('python') };

type Interpreter = readonly [command: string, language: keyof typeof programs];
export const javascript: Interpreter = [process.execPath, 'js'];
/**
 * Node is always there. A machine without Python checks the page's JavaScript only; CI has both
 * (`python3` comes with its image), so the Python there is run before every release.
 */
const hasPython = spawnSync('python3', ['--version']).status === 0;
export const interpreters: readonly Interpreter[] = [
  javascript,
  ...(hasPython ? [['python3', 'python'] as const] : []),
];

/** What a program of the page says of a file, and how it ended. */
export const verify = ([command, language]: Interpreter, data: object, root: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'leifeng-verify-'));
  try {
    const [program, file] = [
      join(folder, `verify.${language === 'js' ? 'mjs' : 'py'}`),
      join(folder, 'data.json'),
    ];
    writeFileSync(program, programs[language]);
    writeFileSync(file, JSON.stringify(data));
    const { status, stdout, stderr } = spawnSync(command, [program, file, root], {
      encoding: 'utf8',
    });
    return { status, said: `${stdout}${stderr}`.trim() };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** A closed period as an auditor exports it. */
export interface Export {
  readonly root: string;
  readonly leaves: readonly string[];
  readonly figures: readonly object[];
}

/** All leaves of a closed month or year by the API, with the figures that the event has. */
export const exportOf = async (period: string): Promise<Export> => {
  const of = period.length === 4 ? 'year' : 'month';
  const leaves: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const { body } = await askPeriods({
      route: `GET /${of}s/{${of}}/leaves`,
      params: { [of]: period },
      ...(cursor ? { query: { cursor } } : {}),
      token: { sub: 'auditor-1', role: 'auditor' },
    });
    leaves.push(...body.leaves);
    if (body.next === null) {
      const closed = (await closeEvents(period)).at(-1) as DomainEvent<'MonthClosed'>;
      // Leaves of a year name the roots of its months: figures are those of these.
      const figures = of === 'year' ? [] : (closed.data.period.closed?.figures ?? []);
      return { root: body.root, leaves, figures };
    }
    cursor = body.next;
  }
};

/** The leaves with one that says something else, without one, and with one more; each at a random place. */
export const tamperings = (
  random: Random,
  leaves: readonly string[],
): readonly (readonly string[])[] => {
  const at = random.below(leaves.length);
  const text = leaves[at] ?? '';
  const entry = leaves.findIndex((each) => leafOf(each).kind === 'entry');
  const minute = leaves.map((each, place) => {
    const leaf = leafOf(each);
    return place === entry && leaf.kind === 'entry'
      ? textOf({ ...leaf, credited: leaf.credited + 1 })
      : each;
  });
  return [
    ...(entry < 0 ? [] : [minute]),
    leaves.with(
      at,
      text.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10)),
    ),
    leaves.toSpliced(at, 1),
    leaves.toSpliced(at, 0, text),
    [...leaves, text],
  ];
};
