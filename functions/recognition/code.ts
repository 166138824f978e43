import { isSameCode, printedCode } from '../people/printed-code.ts';

/** 130 bits, in groups of five characters. */
const codeLength = 26;
const groups = /.{1,5}/g;

/**
 * The code that is printed beside a certificate's number.
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const codeOf = async (certificateId: string): Promise<string> =>
  (await printedCode(codeLength, 'certificate-code', certificateId)).match(groups)?.join('-') ?? '';

/** Whether a code is that of a certificate. */
export const isCodeOf = async (certificateId: string, code: string): Promise<boolean> =>
  isSameCode(await codeOf(certificateId), code);
