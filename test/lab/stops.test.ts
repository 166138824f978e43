import { describe, expect, test } from '@jest/globals';
import { derivedId } from '../../functions/runtime/ids.ts';
import type { LabCommand } from './commands.ts';
import { areas, atOf, organisations } from './histories.ts';
import { createRandom } from './random.ts';
import { type Plan, simulate } from './simulation.ts';

const lei = derivedId('volunteer', 'k0');
const teamId = derivedId('team', 'k2');
const person = { name: '李雷', phone: '13800138001' };
const register = (volunteerId: string) => ({
  name: 'registerVolunteer' as const,
  volunteerId,
  body: {
    ...{ areaId: areas[0], tags: [], serviceCategories: [], consentVersion: '2025-03', person },
  },
});
const team = {
  ...{ name: '义诊队', specialty: 'medical', areaId: areas[0], leaderId: lei },
  ...{ organisationId: organisations[0], joining: 'open' },
};

/** Two people who share a telephone, a team and a list. One of them is erased. */
const commands: readonly LabCommand[] = [
  register(lei),
  register(derivedId('volunteer', 'k1')),
  { name: 'formTeam' as const, body: team },
  { name: 'joinTeam' as const, id: teamId, volunteerId: lei, body: {} },
  {
    name: 'handInList' as const,
    body: { chunks: [[{ volunteerId: derivedId('listed', '1'), ...person }]] },
  },
  { name: 'eraseVolunteer' as const, id: lei, body: {}, pause: 2000 },
].map((asked, at) => ({
  // One after another, each after the effects of the one before.
  ...{ key: `k${at}`, at: atOf(createRandom(at, 'at'), asked.name, at), again: false },
  pause: 100 * at,
  ...asked,
}));

const plan: Plan = {
  ...{ seed: 1, commands, operations: [], followed: true, closedBefore: null, stops: [] },
  faults: { kinds: [], without: [] },
};

describe('a function is stopped before a write of a name', () => {
  test.each([
    ['the relay', 'PutEvents'],
    ['who registers', 'TransactWrite ledger volunteer + people person/person'],
    ['the projector', 'Put views memberships/*'],
    ['the memberships', 'Put ledger membership'],
    ['the memberships, at a team', 'Put ledger team'],
    ['the notifier', 'Put people person/notice'],
    ['the people subscriber', 'Put ledger volunteer'],
    ['the people subscriber, at a person', 'BatchWrite people person/notice'],
    ['the registrar', 'TransactWrite ledger import-chunk + people import/chunk'],
  ])('%s: %s', async (_, write) => {
    // Three is as often as Lambda invokes a follower: then the event is redriven.
    for (const times of [1, 3]) {
      const { violations, counts } = await simulate({ ...plan, stops: [{ write, times }] });
      expect([violations, counts.stopped]).toEqual([[], times]);
    }
  });
});
