import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import { prepareYear } from '../../../functions/periods/prepare-year.ts';
import { appendAll, january } from '../../support/closing.ts';
import { eventOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

test('whoever closes a year is told which parts of its summary nobody has written', async () => {
  expect((await prepareYear('2025', january)).unwritten).toEqual(['problems', 'next-year']);
  const { report } = catalogue.ReportTextWritten.example;
  await appendAll([
    eventOf({ type: 'ReportTextWritten', data: { report } }, { id: '2025', at: january }),
  ]);
  expect((await prepareYear('2025', january)).unwritten).toEqual(['next-year']);
});
