import { expect, test } from '@jest/globals';
import { unitsOf } from '../../../functions/reports/read-material.ts';

test.each([
  ['党员带头；物业、志愿者', ['党员'], ['物业', '志愿者']],
  ['街道；党员', ['街道'], ['党员']],
  ['律师、心理咨询师', ['律师', '心理咨询师'], []],
  ['', [], []],
])('%s', (lead, leading, joining) => {
  const units = unitsOf(lead);
  const named = (role: string) => units.flatMap((unit) => (unit.role === role ? [unit.name] : []));
  expect([named('lead'), named('participating')]).toEqual([leading, joining]);
});
