import { xlsx } from '../http/contract.ts';
import { serve } from '../http/serve.ts';
import { openSession } from '../session/session.ts';
import { reports } from './contract.ts';
import { renderCsv } from './csv.ts';
import { renderPage } from './page.ts';
import { readBulletin, readBulletinDraft, readReport, readReportDraft } from './read-report.ts';
import { readText } from './read-text.ts';
import { renderText } from './text-page.ts';
import { renderWorkbook } from './workbook.ts';
import { writeReportText, writeTextOnPage } from './write-text.ts';

const forms = { 'text/html': renderPage, [xlsx]: renderWorkbook, 'text/csv': renderCsv } as const;

export const handler = serve(
  reports,
  {
    readReport,
    readReportDraft,
    readBulletin,
    readBulletinDraft,
    writeReportText,
    reportPage: readReportDraft,
    bulletinPage: readBulletinDraft,
    textPage: readText,
    writeTextOnPage,
  },
  {
    readReport: forms,
    readReportDraft: forms,
    readBulletin: forms,
    readBulletinDraft: forms,
    reportPage: forms,
    bulletinPage: forms,
    textPage: { 'text/html': renderText },
    // It only sends the browser back to the report.
    writeTextOnPage: { 'text/html': () => ({ text: '', headers: {} }) },
  },
  openSession,
);
