import { nowhere } from '../html/page.ts';
import type { View } from '../html/view.ts';
import type { Representation } from '../http/answer.ts';
import { savedAs } from '../http/endings.ts';
import { serve } from '../http/serve.ts';
import { publicAddress } from '../people/did.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { openSession } from '../session/session.ts';
import type { CertificateDocument } from './answers.ts';
import { applyForCertificate } from './apply-certificate.ts';
import {
  declineCertificate,
  issueCertificate,
  reissueCertificate,
  revokeCertificate,
  withdrawCertificate,
} from './change-certificate.ts';
import { recognition } from './contract.ts';
import { signed, signedCertificate } from './credential.ts';
import { listCertificates, listRegister } from './list-certificates.ts';
import { applyOnPage, ownCertificates, withdrawOnPage } from './own-certificates.ts';
import { renderOwnCertificates } from './own-page.ts';
import { renderCertificate } from './page.ts';
import { readCertificate } from './read-certificate.ts';
import { keepSealedFile, readSealedFile } from './sealed-file.ts';
import { readStatusList } from './status-list.ts';
import { verifyCertificate, verifyPage } from './verify-certificate.ts';
import { renderVerification, renderVerifyPage } from './verify-page.ts';

const renderCredential = async (
  shown: CertificateDocument,
  _: Locale,
  { year }: View,
): Promise<Representation> => ({
  text: await signedCertificate(shown, year),
  headers: savedAs(`${shown.number}.jwt`),
});

export const handler = serve(
  recognition,
  {
    applyForCertificate,
    listCertificates,
    listRegister,
    issueCertificate,
    reissueCertificate,
    declineCertificate,
    withdrawCertificate,
    revokeCertificate,
    readCertificate,
    certificatePage: readCertificate,
    ownCertificates,
    applyOnPage,
    withdrawOnPage,
    keepSealedFile,
    readSealedFile,
    verifyCertificate,
    verifyPage,
    readStatusList,
  },
  {
    readCertificate: { 'text/html': renderCertificate, 'application/vc+jwt': renderCredential },
    certificatePage: { 'text/html': renderCertificate, 'application/vc+jwt': renderCredential },
    ownCertificates: { 'text/html': renderOwnCertificates },
    applyOnPage: { 'text/html': nowhere },
    withdrawOnPage: { 'text/html': nowhere },
    readSealedFile: {
      'application/pdf': ({ number, bytes }) => ({ bytes, headers: savedAs(`${number}.pdf`) }),
    },
    verifyCertificate: { 'text/html': renderVerification },
    verifyPage: { 'text/html': renderVerifyPage },
    readStatusList: {
      'application/vc+jwt': async ({ credential }, _, { year }) => ({
        text: await signed(credential, {}, publicAddress(), year),
        headers: {},
      }),
    },
  },
  openSession,
);
