import type * as z from 'zod';

/** Leaves out of a schema, in place, what zod says beyond what a reader needs. */
export const simplify = (schema: z.core.JSONSchema.BaseSchema): void => {
  // Every whole number that JSON can hold.
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  // The format says it already, in fewer than two hundred characters.
  if (schema.format === 'date' || schema.format === 'date-time') delete schema.pattern;
};

/** Lets an object have more fields: a later version may say more, and readers ignore what they do not know. */
export const leaveOpen = (schema: z.core.JSONSchema.BaseSchema): void => {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
};
