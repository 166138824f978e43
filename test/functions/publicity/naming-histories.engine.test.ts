// Whatever happens in whatever order: nobody is named whose consent does not stand.
import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { handler as withdrawNames } from '../../../functions/publicity/withdraw-names.ts';
import { scanItems } from '../../../functions/runtime/dynamodb.ts';
import { handler as clearPeople } from '../../../functions/volunteers/people-subscriber.ts';
import { follow } from '../../support/projecting.ts';
import {
  agree,
  begin,
  disagree,
  erase,
  person,
  readIt,
  revise,
  type StoryTown,
  tries,
} from '../../support/stories.ts';
import { freshTables } from '../../support/tables.ts';
import { foundTown, ledger, may } from '../../support/town.ts';

let town: StoryTown;
beforeAll(async () => {
  await freshTables();
  town = await foundTown();
});

interface Somebody {
  readonly sub: string;
  readonly id: string;
  readonly name: string;
  readonly isMinor: boolean;
  /** Who consented, as the test knows it. */
  agreed: 'self' | 'guardian' | null;
  isErased: boolean;
}

const mayBeNamed = ({ agreed, isErased, isMinor }: Somebody): boolean =>
  !isErased && (isMinor ? agreed === 'guardian' : agreed !== null);

type Step =
  | { readonly does: 'agree'; readonly who: number; readonly by: 'self' | 'guardian' }
  | { readonly does: 'disagree' | 'erase'; readonly who: number }
  | {
      readonly does: 'submit' | 'approve' | 'publish' | 'correct' | 'revise';
      readonly story: number;
    }
  | { readonly does: 'deliver'; readonly some: number; readonly clear: boolean };

const who = fc.nat(2);
const story = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('agree' as const),
      who,
      by: fc.constantFrom('self' as const, 'guardian' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('disagree' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('erase' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'submit' as const,
        'approve' as const,
        'publish' as const,
        'correct' as const,
        'revise' as const,
      ),
      story,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('deliver' as const),
      some: fc.nat(1000),
      clear: fc.boolean(),
    }),
  },
);

let people = 0;
let revisions = 0;
const numerals = [...'甲乙丙丁戊己庚辛壬癸'];
const somebody = async (isMinor: boolean): Promise<Somebody> => {
  people += 1;
  const sub = `history-${people}`;
  const name = `欧阳${numerals[Math.floor(people / 10) % 10]}${numerals[people % 10]}`;
  const id = await person(sub, name, {
    agrees: false,
    ...(isMinor ? { birthDate: '2010-05-01' } : {}),
  });
  return { sub, id, name, isMinor, agreed: null, isErased: false };
};

/** The events of these people, some of them twice, in an order of their own. */
const someEvents = async (all: readonly Somebody[], seed: number) => {
  const own = (await ledger()).filter(({ aggregate }) => all.some(({ id }) => id === aggregate.id));
  const drawn = own.flatMap((event, at) => ((seed >> (at % 10)) & 1 ? [event, event] : [event]));
  return seed % 2 ? drawn.reverse() : drawn;
};

const run = async (step: Step, all: readonly Somebody[], stories: readonly string[]) => {
  if (step.does === 'deliver') {
    const events = await someEvents(all, step.some);
    expect(await follow(step.clear ? clearPeople : withdrawNames, events)).toEqual([]);
    return;
  }
  if ('story' in step) {
    const id = stories[step.story] ?? '';
    if (step.does === 'revise')
      await revise(town, id, { summary: `摘要${numerals[revisions++ % 10]}` });
    else await tries(town, id, step.does, step.does === 'correct' ? { reason: '更正' } : {});
    return;
  }
  const one = all[step.who];
  if (!one || one.isErased) return;
  if (step.does === 'agree') {
    await agree(one.sub, one.id, step.by);
    one.agreed = step.by;
  } else if (step.does === 'disagree') {
    await disagree(one.sub, one.id);
    one.agreed = null;
  } else {
    await erase(one.sub, one.id);
    one.isErased = true;
  }
};

const check = async (all: readonly Somebody[], stories: readonly string[]): Promise<number> => {
  let shown = 0;
  for (const id of stories) {
    const { status, body } = await readIt(id);
    for (const one of status === 200 ? all : []) {
      const isShown = JSON.stringify(body).includes(one.name);
      if (isShown) shown += 1;
      expect([one.name, isShown && !mayBeNamed(one)]).toEqual([one.name, false]);
    }
  }
  return shown;
};

/** The ids under which a name is kept for a story. */
const keptFor = async (storyId: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  await scanItems({ TableName: process.env.PEOPLE_TABLE }, ({ pk, fields }) => {
    if (pk === `story#${storyId}`) ids.push(...Object.keys(fields as object));
  });
  return ids;
};

test('no published text shows a name without a consent that stands', async () => {
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      const all = [await somebody(false), await somebody(false), await somebody(true)];
      const named = all.map(({ id }) => id);
      const text = '{{name|1}}、{{name|2}}。';
      const stories = [
        await begin(town, { text, named: named.slice(0, 2) }),
        await begin(town, { text, named: named.slice(1), standsWithoutNames: false }),
      ];
      // Most histories get to a published text.
      const opening: readonly Step[] = [
        ...all.map(
          ({ isMinor }, at) =>
            ({ does: 'agree', who: at, by: isMinor ? 'guardian' : 'self' }) as const,
        ),
        ...(['submit', 'approve', 'publish'] as const).flatMap((does) =>
          [0, 1].map((each) => ({ does, story: each })),
        ),
      ];
      for (const each of [...opening, ...steps]) {
        await run(each, all, stories);
        shown += await check(all, stories);
      }
      // Once all is delivered, nothing is kept of whoever may not be named, whatever came before.
      const events = await someEvents(all, 1023);
      expect(await follow(withdrawNames, events)).toEqual([]);
      const gone = all.filter((one) => !mayBeNamed(one)).map(({ id }) => id);
      for (const each of stories)
        expect((await keptFor(each)).filter((id) => gone.includes(id))).toEqual([]);
      expect((await may('publicity', { route: 'GET /feeds/stories.atom' })).status).toBe(200);
    }),
    { numRuns: 8 },
  );
  // The property says something only if names are shown at all.
  expect(shown).toBeGreaterThan(20);
});
