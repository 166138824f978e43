import { xlsx } from '../http/contract.ts';
import { serve } from '../http/serve.ts';
import { reports } from './contract.ts';
import { renderCsv } from './csv.ts';
import { renderPage } from './page.ts';
import { readBulletin, readBulletinDraft, readReport, readReportDraft } from './read-report.ts';
import { renderWorkbook } from './workbook.ts';
import { writeReportText } from './write-text.ts';

const forms = { 'text/html': renderPage, [xlsx]: renderWorkbook, 'text/csv': renderCsv } as const;

export const handler = serve(
  reports,
  { readReport, readReportDraft, readBulletin, readBulletinDraft, writeReportText },
  {
    readReport: forms,
    readReportDraft: forms,
    readBulletin: forms,
    readBulletinDraft: forms,
  },
);
