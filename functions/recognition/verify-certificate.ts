import type { Certificate } from '../../events/recognition.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { spendOfSource } from '../people/source-budget.ts';
import { orRejection, Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import type { Verification, VerifyPage } from './answers.ts';
import { certificateWith } from './assigned.ts';
import { isCodeOf } from './code.ts';
import type { recognition } from './contract.ts';
import { readNumber } from './number.ts';
import { hoursOf, nameOfUnit } from './read-certificate.ts';

type Asked = Pick<Request<typeof recognition.verifyCertificate>, 'source' | 'at'>;

/** Questions that one place may ask in an hour. An office has one address for many people. */
const mostAnHour = 120;
const hourSeconds = 3600;

/** @throws Problem `too-many-questions` */
const countQuestion = async ({ source, at }: Asked): Promise<void> => {
  const instant = new Date(at).toISOString();
  const day = instant.slice(0, 'yyyy-mm-dd'.length);
  const hasRoom = await spendOfSource(source, {
    ...{ purpose: 'certificates', within: instant.slice(0, 'yyyy-mm-ddThh'.length) },
    ...{ day, saltHours: 26, most: mostAnHour },
    countedUntil: Math.floor(at / 1000) + 2 * hourSeconds,
  });
  if (!hasRoom) throw new Problem('too-many-questions', { most: mostAnHour });
};

const statusOf = ({ status, endedBy }: Certificate): Verification['status'] => {
  if (endedBy === 'erased') return 'unavailable';
  return status === 'superseded' || status === 'revoked' ? status : 'issued';
};

/**
 * What anybody is told of a certificate. A mistyped number reads nothing. A number that is well formed costs one write
 * that counts the question, and four reads at most; a wrong code costs what the right one does.
 * @param code undefined when none is given
 * @throws Rejection `certificate-number-mistyped`, `certificate-unknown`, `certificate-code-wrong`; Problem
 *   `too-many-questions`
 */
const verified = async (
  typed: string,
  code: string | undefined,
  asked: Asked,
): Promise<Verification> => {
  const number = readNumber(typed);
  if (number === undefined) throw new Rejection('certificate-number-mistyped');
  await countQuestion(asked);
  const id = await certificateWith(number);
  const certificate = id === undefined ? undefined : await aggregate('certificate').stateNow(id);
  if (id === undefined || !certificate || certificate.issuedOn === null)
    throw new Rejection('certificate-unknown');
  const isRight = code !== undefined && (await isCodeOf(id, code));
  if (code !== undefined && !isRight) throw new Rejection('certificate-code-wrong');
  const { volunteerId, issuerId, issuedOn, from, until, minutes } = certificate;
  const status = statusOf(certificate);
  // The certificates of somebody who was erased end a moment later, on the status list too. Until then nothing is told.
  const isShown =
    isRight &&
    status !== 'unavailable' &&
    (await aggregate('volunteer').stateNow(volunteerId, false))?.status !== 'erased';
  return {
    number,
    status,
    issuer: await nameOfUnit(issuerId),
    issuedOn,
    from: isShown ? from : null,
    until: isShown ? until : null,
    minutes: isShown ? minutes : null,
    hours: isShown ? hoursOf(minutes) : null,
  };
};

export const verifyCertificate: UseCase<typeof recognition.verifyCertificate> = async (
  request,
) => ({
  body: await verified(request.params.number, request.query.code, request),
});

const findings: Readonly<Record<string, NonNullable<VerifyPage['finding']>>> = {
  'certificate-number-mistyped': 'mistyped',
  'certificate-unknown': 'unknown',
  'certificate-code-wrong': 'wrong-code',
};

/** The page with the form, and what was found for what was typed into it. */
export const verifyPage: UseCase<typeof recognition.verifyPage> = async (request) => {
  const number = request.query.number?.trim() || null;
  const code = request.query.code?.trim() || null;
  if (number === null) return { body: { number, code, finding: null, found: null } };
  const found = await orRejection(() => verified(number, code ?? undefined, request));
  if (!(found instanceof Rejection)) return { body: { number, code, finding: null, found } };
  const finding = findings[found.code];
  if (!finding) throw found;
  return { body: { number, code, finding, found: null } };
};
