/** All that reads plans. It is imported when a plan is to be read, so that pages of plans start without it. */
export { readDraft } from './plan-reader.ts';
export { withoutPersonal } from './plan-text/personal.ts';
export { proposeCampaign } from './propose-campaign.ts';
export { readPlanFile } from './read-plan-file.ts';
