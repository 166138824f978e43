import * as z from 'zod';

/** The message of a stream mapping that gave up. It has positions and times, but not the records. */
const message = z.object({
  requestContext: z.object({ condition: z.string(), functionArn: z.string().default('') }),
  DDBStreamBatchInfo: z.object({
    approximateArrivalOfFirstRecord: z.iso.datetime(),
    approximateArrivalOfLastRecord: z.iso.datetime(),
    batchSize: z.int(),
  }),
});

export interface Position {
  /** When the stream received the first and the last record. */
  readonly from: Date;
  readonly to: Date;
  readonly events: number;
  readonly reason: string;
  /** The function that has not handled them. */
  readonly functionArn: string;
}

export const positionOf = (body: unknown): Position | undefined => {
  const { success, data } = message.safeParse(body);
  if (!success) return undefined;
  const info = data.DDBStreamBatchInfo;
  return {
    from: new Date(info.approximateArrivalOfFirstRecord),
    to: new Date(info.approximateArrivalOfLastRecord),
    events: info.batchSize,
    reason: data.requestContext.condition,
    functionArn: data.requestContext.functionArn,
  };
};
