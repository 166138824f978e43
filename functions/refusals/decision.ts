import type { refusals } from './problem-types.ts';

/** A place in a request body, as a JSON Pointer fragment: `#/serviceDate`. */
export type Pointer = `#/${string}`;

/** A refusal by a decider. The code is the last part of the problem's `type`. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  readonly code: RejectionCode;
  readonly pointer: Pointer | undefined;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(
    code: RejectionCode,
    params: Readonly<Record<string, string | number>> = {},
    pointer?: Pointer,
  ) {
    super(code);
    this.code = code;
    this.params = params;
    this.pointer = pointer;
  }
}

/** Several refusals at once, for example for the entries of a batch. */
export class Rejections extends Error {
  override readonly name = 'Rejections';
  readonly all: readonly [Rejection, ...Rejection[]];

  constructor(all: readonly [Rejection, ...Rejection[]]) {
    super(all[0].code);
    this.all = all;
  }
}

/** What an act gives, or the rejection that it throws. */
export const orRejection = async <T>(act: () => T | Promise<T>): Promise<T | Rejection> => {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
};

/** Throws these rejections together, if there are any. @throws Rejections */
export const throwAll = (all: readonly Rejection[]): void => {
  const [first, ...others] = all;
  if (first) throw new Rejections([first, ...others]);
};

/**
 * Checks that something stands where an action leads on from.
 * @throws Rejection `illegal-transition`
 */
export const checkStatus = <Status extends string>(
  { status }: { readonly status: Status },
  action: string,
  ...from: readonly NoInfer<Status>[]
): void => {
  if (!from.includes(status)) throw new Rejection('illegal-transition', { status, action });
};

export type RejectionCode = keyof typeof refusals;
