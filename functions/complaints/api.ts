import { serve } from '../http/serve.ts';
import { complaintForm, complaintState } from './complaint-form.ts';
import { complaints } from './contract.ts';
import {
  answerComplaint,
  askState,
  closeComplaint,
  complaintFigures,
  listComplaints,
  readComplaint,
  takeComplaint,
} from './handle-complaints.ts';
import { renderForm, renderReceipt, renderState, renderStateForm } from './pages.ts';
import { sendComplaint } from './send-complaint.ts';

export const handler = serve(
  complaints,
  {
    complaintForm,
    sendComplaint,
    complaintState,
    askState,
    listComplaints,
    readComplaint,
    takeComplaint,
    answerComplaint,
    closeComplaint,
    complaintFigures,
  },
  {
    complaintForm: { 'text/html': renderForm },
    sendComplaint: { 'text/html': renderReceipt },
    complaintState: { 'text/html': renderStateForm },
    askState: { 'text/html': renderState },
  },
);
