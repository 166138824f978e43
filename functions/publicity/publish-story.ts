import type { Fact } from '../../events/catalogue.ts';
import type { StatedFigure, Story, StoryContent } from '../../events/publicity.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { comparableName } from '../people/names.ts';
import { type Naming, namingOf, whileUnchanged } from '../people/naming.ts';
import { openPerson } from '../people/people.ts';
import { loggedLeave } from '../people/personal-access.ts';
import { Rejection, throwAll } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { lastDayWithin } from '../sheets/working-days.ts';
import type { publicity } from './contract.ts';
import { correct, type Moment, publish } from './decider.ts';
import { type KeptName, namesWrites } from './published-names.ts';
import { statedFigures } from './read-figures.ts';
import { partsOf } from './references.ts';
import { runStory } from './run-story.ts';

/** The people whom a text names. @throws Rejection `not-to-be-named` for each whose consent does not stand */
const namingsOf = async ({
  named,
}: Pick<StoryContent, 'named'>): Promise<ReadonlyMap<string, Naming>> => {
  const namings = await Promise.all(named.map(async (id) => [id, await namingOf(id)] as const));
  throwAll(
    namings.flatMap(([, { mayBeNamed }], at) =>
      mayBeNamed ? [] : [new Rejection('not-to-be-named', { n: at + 1 })],
    ),
  );
  return new Map(namings);
};

/**
 * Checks what may be different at any time: consents and figures.
 * @throws Rejection `not-to-be-named`, `figure-not-public`
 */
export const checkPublishable = async (content: StoryContent, at: number): Promise<void> => {
  await namingsOf(content);
  await statedFigures(content, at);
};

type Publishing = Pick<
  Request<typeof publicity.publishStory>,
  'actor' | 'at' | 'params' | 'correlationId' | 'idempotency' | 'ifMatch'
>;

/** The name of each of these people, from their record. Each reading is in the person's log. */
const readPeople = async (
  { actor, at }: Publishing,
  namings: ReadonlyMap<string, Naming>,
): Promise<ReadonlyMap<string, KeptName & { readonly name: string }>> => {
  const names = new Map<string, KeptName & { readonly name: string }>();
  let n = 0;
  for (const [id, { records }] of namings) {
    n += 1;
    const role = actor.roles[0] ?? 'district-admin';
    // A merged record's person is the one of the surviving record.
    const survivor = records.at(-1)?.id ?? id;
    const reading = { actor, at, role, reason: 'publication', what: 'published-name' } as const;
    const person = await openPerson(await loggedLeave(survivor, reading));
    const name = person?.fields.name;
    if (typeof name !== 'string')
      throw new Rejection('invalid-value', {
        zh: `named 的第${n}人在档案中没有姓名。`,
        en: `The record of number ${n} of \`named\` has no name.`,
      });
    names.set(id, { name, records });
  }
  return names;
};

/**
 * Refuses a text in which a name is typed that it also refers to: it would stay when the consent ends.
 * @throws Rejection `invalid-value`
 */
const checkTyped = ({ title, summary, text }: StoryContent, names: Iterable<string>): void => {
  const words = partsOf(text).map((part) => (part.kind === 'words' ? part.text : '\n'));
  const typed = comparableName([title, summary, ...words].join('\n'));
  for (const [at, name] of [...names].entries())
    if (typed.includes(comparableName(name)))
      throw new Rejection('invalid-value', {
        zh: `named 第${at + 1}人的姓名直接写在了标题、摘要或正文中；请改为 {{name|${at + 1}}}。`,
        en: `The name of number ${at + 1} of \`named\` is typed into title, summary or text: write {{name|${at + 1}}} in the text.`,
      });
};

/**
 * Publishes the newest text, with the figures and names that it may show at this moment. The consents stand when the
 * event is appended: a record that changed meanwhile refuses the transaction, and all is read again.
 */
const publishing = (
  request: Publishing,
  decide: (
    story: Story,
    figures: readonly StatedFigure[],
    moment: Moment,
  ) => Fact<'StoryPublished' | 'StoryCorrected'>,
) => {
  const { at, params } = request;
  const { timezone, exemplars } = settings();
  const today = localDateOf(at, timezone);
  const moment = {
    today,
    now: new Date(at).toISOString(),
    noticeUntil: lastDayWithin(exemplars.noticeWorkingDays, today),
  };
  let writes: readonly AlsoWrite[] = [];
  return runStory(
    request,
    async (story) => {
      // Refuses what is not approved before anybody's record is opened.
      decide(story, [], moment);
      const { content } = story;
      const namings = await namingsOf(content);
      const figures = await statedFigures(content, at);
      const names = await readPeople(request, namings);
      checkTyped(
        content,
        [...names.values()].map(({ name }) => name),
      );
      writes = [
        ...(await namesWrites(params.id, names, story.published?.content.named ?? [])),
        ...[...namings.values()].flatMap(whileUnchanged),
      ];
      return decide(story, figures, moment);
    },
    { alsoWrite: async () => writes },
  );
};

export const publishStory: UseCase<typeof publicity.publishStory> = (request) =>
  publishing(request, publish);

export const correctStory: UseCase<typeof publicity.correctStory> = (request) =>
  publishing(request, (story, figures, moment) =>
    correct(story, request.body.reason, figures, moment),
  );
