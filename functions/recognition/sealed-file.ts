import { createHash } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Role } from '../../events/envelope.ts';
import type { Certificate } from '../../events/recognition.ts';
import type { UseCase } from '../http/serve.ts';
import { type Leave, personSeal } from '../people/people.ts';
import { loggedLeave } from '../people/personal-access.ts';
import { putUnderPerson } from '../people/under-person.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { deleteItems, dynamodb, queryItems } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';
import { certifiable, changeCertificate } from './change-certificate.ts';
import type { recognition } from './contract.ts';
import { sealFile } from './decider.ts';
import { openCertificate } from './open-certificate.ts';
import { pdfFault } from './pdf.ts';
import { mayDecide } from './policy.ts';

/** Bytes of a file in one item. Sealed they are written in base64, and an item takes 400 KB. */
const chunkBytes = 256 * 1024;

const partitionOf = (volunteerId: string): string => `sealed-file#${volunteerId}`;
const placeOf = (volunteerId: string, id: string, sha256: string, at: number) => ({
  pk: partitionOf(volunteerId),
  sk: `${id}#${sha256}#${String(at).padStart(3, '0')}`,
});

/** @param leave to use the key of the person's record, which the log of its readings tells the person of */
const store = async (leave: Leave, id: string, sha256: string, file: Uint8Array): Promise<void> => {
  const { volunteerId } = leave;
  const key = await personSeal(leave);
  if (!key) throw new Rejection('certificate-names-nobody');
  for (let at = 0; at * chunkBytes < file.length; at += 1) {
    const place = placeOf(volunteerId, id, sha256, at);
    const chunk = Buffer.from(file.subarray(at * chunkBytes, (at + 1) * chunkBytes));
    const sealed = key.seal(place, 'chunk', chunk.toString('base64'));
    await putUnderPerson(volunteerId, { ...place, sealed });
  }
};

/** Deletes the files of a person: all of them, or one of a certificate. */
export const deleteFiles = async (
  volunteerId: string,
  one?: { readonly of: string; readonly sha256: string },
): Promise<void> => {
  const items = await queryItems({
    TableName: peopleTable(),
    KeyConditionExpression: one ? 'pk = :pk AND begins_with(sk, :one)' : 'pk = :pk',
    ExpressionAttributeValues: {
      ':pk': partitionOf(volunteerId),
      ...(one ? { ':one': `${one.of}#${one.sha256}#` } : {}),
    },
    ProjectionExpression: 'pk, sk',
    ConsistentRead: true,
  });
  await deleteItems(peopleTable(), items);
};

/**
 * Keeps the file of a certificate that has an electronic seal, in the place of one that was handed in before. It is
 * sealed under the key of the person's record, so that it cannot be read any more once the person is erased.
 */
export const keepSealedFile: UseCase<typeof recognition.keepSealedFile> = async (request) => {
  const { actor, at, params, body: file } = request;
  const fault = pdfFault(file);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const on = localDateOf(at, settings().timezone);
  let before: string | undefined;
  let role: Role | undefined;
  const done = await changeCertificate(
    request,
    (unit, standing) => {
      role = mayDecide(actor, unit, standing);
      return role;
    },
    async (state) => {
      before = state.sealedFile?.sha256;
      if (fault) throw new Problem('unreadable-file', fault);
      await certifiable(state);
      const fact = sealFile(state, { sha256, bytes: file.length, on });
      if (!fact || !role) return null;
      const reading = { actor, at, role, reason: 'certificate', what: 'record' } as const;
      await store(await loggedLeave(state.volunteerId, reading), params.id, sha256, file);
      return fact;
    },
  );
  const { volunteerId } = done.body;
  if (before !== undefined && before !== sha256)
    await deleteFiles(volunteerId, { of: params.id, sha256: before });
  return done;
};

const read = async (
  { volunteerId, sealedFile }: Certificate,
  id: string,
  leave: Leave,
): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const key = sealedFile && (await personSeal(leave));
  if (!key) return undefined;
  const chunks: Buffer[] = [];
  for (let at = 0; at * chunkBytes < sealedFile.bytes; at += 1) {
    const place = placeOf(volunteerId, id, sealedFile.sha256, at);
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName: peopleTable(), Key: place, ConsistentRead: true }),
    );
    if (!Item) return undefined;
    chunks.push(Buffer.from(String(key.open(place, 'chunk', Item.sealed)), 'base64'));
  }
  return new Uint8Array(Buffer.concat(chunks));
};

/**
 * The file of a certificate with its electronic seal, as it was handed in. It cannot say itself that the certificate is
 * good no more, so then nobody gets it.
 * @throws Rejection `certificate-not-good`
 */
export const readSealedFile: UseCase<typeof recognition.readSealedFile> = async (request) => {
  const { id } = request.params;
  const { state, leave } = await openCertificate(request);
  const bytes = leave && (await read(state, id, leave));
  if (!bytes || state.number === null)
    throw new Rejection('not-found', { what: 'sealed-file', id });
  if (state.status !== 'issued')
    throw new Rejection('certificate-not-good', { status: state.status });
  return { body: { number: state.number, bytes } };
};
