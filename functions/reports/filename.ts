import type { ReportAnswer } from './answer.ts';

/** `report-2025.xlsx`, `bulletin-2025-03.csv`; a draft says so. */
export const filename = ({ period, status }: ReportAnswer, ending: string): string =>
  `${period.length === 4 ? 'report' : 'bulletin'}-${period}${status === 'draft' ? '-draft' : ''}.${ending}`;
