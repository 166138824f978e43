import { testSeasonUnderChaos } from '../support/season-under-chaos.ts';

testSeasonUnderChaos(12);
