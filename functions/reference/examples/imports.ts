import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { ids, page } from './samples.ts';

const columns = [
  { letter: 'A', heading: '姓名', column: 'name', hidden: false },
  { letter: 'B', heading: '手机号', column: 'phone', hidden: false },
];

export const imports = {
  bodies: {},
  answers: {
    importVolunteers: {
      id: ids.import,
      rows: 120,
      accepted: 118,
      refused: 1,
      flagged: 1,
      compared: 118,
      sheet: '志愿者名单',
      otherSheets: [],
      headingRows: [1],
      columns,
      laterHeadings: [{ rows: [61], columns }],
      passedOver: [{ row: 122, reason: 'footer', detail: { zh: '表尾', en: 'a footer' } }],
      report: [
        {
          row: 7,
          errors: [
            {
              column: 'phone',
              letter: 'B',
              heading: '手机号',
              code: 'invalid-value',
              detail: { zh: '手机号有误', en: 'is no phone number' },
            },
          ],
          flags: [
            {
              code: 'shared-phone',
              row: 3,
              detail: { zh: '与第3行的手机号相同', en: 'The phone is that of row 3.' },
            },
          ],
        },
      ],
      reportComplete: true,
    },
    readImport: {
      id: ids.import,
      rows: 120,
      accepted: 118,
      refused: 2,
      registered: 50,
      alreadyRegistered: 3,
      numberOfAnother: 0,
      done: false,
    },
    listImportRows: page({
      row: 2,
      volunteerId: ids.volunteer,
      outcome: 'registered',
      differs: [],
      flags: ['possible-duplicate'],
      confirmationCode: 'ABCDE-FGHJK',
    }),
  },
} satisfies ExamplesOf<(typeof contracts)['imports']>;
