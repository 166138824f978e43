import type { Story } from '../../events/publicity.ts';
import { ofKnownOrganisation, withinNamedAreas, worksIn } from '../access/working-area.ts';
import { metricsOf } from '../figures/metrics.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { checkLimits } from '../people/personal-places.ts';
import { Rejection } from '../refusals/decision.ts';
import { monthOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { mayReview, mayWrite } from './policy.ts';
import { rawFigures } from './raw-figures.ts';

/** A story as those see it who work on it, with what the check of its text found, and cannot know. */
export const workOf = (id: string, story: Story, version: number) => ({
  id,
  ...story,
  version,
  rawFigures: [
    ...rawFigures(story.content.text, metricsOf(settings().outputs), {
      period: monthOf(story.createdOn),
      areaId: story.areaId,
      theme: story.theme,
    }),
  ].map(({ references, ...rest }) => ({ ...rest, references: [...references] })),
  checkLimits,
});

/** Who may begin a story of an organisation about an area. Areas are public, so an unknown one is said to be. */
export const mayBegin = async (actor: Actor, organisationId: string, areaId: string) => {
  const inArea = actor.roles.includes('organiser') && (await worksIn(actor, areaId));
  const role = mayWrite(actor, organisationId, { inArea });
  if (!role) await aggregate('area').referenceEventually(areaId, '#/areaId');
  return role;
};

/** Its organisation's stories are written by those who write for it, unless their token names other areas. */
const mayWriteThis =
  (actor: Actor) =>
  async ({ organisationId, areaId }: Story) =>
    mayWrite(actor, organisationId, { inArea: await withinNamedAreas(actor, areaId) });

/** Only a verifier of an organisation that exists is known to be of another one. */
export const mayReviewThis = (actor: Actor) => async (story: Story) =>
  mayReview(await ofKnownOrganisation(actor), story);

/** @throws Rejection `theme-not-planned` when the year has a plan without the theme */
export const checkTheme = async (theme: string | null, day: string): Promise<void> => {
  if (theme === null) return;
  const year = yearOf(day);
  const campaign = await aggregate('campaign').stateNow(year, false);
  const planned = campaign ? [...campaign.themes, ...campaign.routines] : [];
  if (campaign && !planned.some(({ key }) => key === theme))
    throw new Rejection('theme-not-planned', { year, theme }, '#/theme');
};

type CommandOnStory = Execution<'story'>['request'] & {
  readonly actor: Actor;
  readonly params: { readonly id: string };
};

/** Runs a command on the story that a path names. By default the actor must be allowed to write it. */
export const runStory = async (
  request: CommandOnStory,
  decide: Execution<'story'>['decide'],
  more: Partial<Pick<Execution<'story'>, 'authorise' | 'authoriseAbsent' | 'alsoWrite'>> = {},
) => {
  const { id } = request.params;
  const { state, version } = await aggregate('story').execute(id, {
    request,
    authorise: mayWriteThis(request.actor),
    decide,
    ...more,
  });
  return { body: workOf(id, state, version), version };
};
