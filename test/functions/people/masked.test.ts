import { expect, test } from '@jest/globals';
import { maskedName, maskedPhone } from '../../../functions/people/masked.ts';

test.each([
  ['王明', '王*'],
  ['王小明', '王*明'],
  ['欧阳小明', '欧**明'],
  ['阿依古丽·买买提', '阿******提'],
  ['𠮷小明', '𠮷*明'],
  ['John Smith', 'J***'],
  ['J', 'J***'],
])('%s is shown as %s', (name, shown) => {
  expect(maskedName(name)).toBe(shown);
});

test('of a phone the last four digits are shown', () => {
  expect(maskedPhone('+8613800138000')).toBe('*******8000');
});
