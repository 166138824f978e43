import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { isOpen, overlap } from './decider.ts';
import type { Register, Registered } from './register.ts';

/**
 * Checks that a unit has certified none of these days for the person, and that nobody has applied for it.
 * @param except the certificate whose place is taken
 * @throws Rejection `certificate-overlaps`
 */
export const checkFree = async (
  { certificates }: Pick<Register, 'certificates'>,
  wanted: Pick<Registered, 'issuerId' | 'from' | 'until'>,
  except?: string,
): Promise<void> => {
  const near = certificates.filter(
    (each) => each.id !== except && each.issuerId === wanted.issuerId && overlap(each, wanted),
  );
  await inParallel(10, near, async ({ id }) => {
    const other = await aggregate('certificate').stateNow(id);
    if (other && isOpen(other))
      throw new Rejection('certificate-overlaps', {
        appliedOn: other.appliedOn,
        number: other.number ?? '—',
      });
  });
};
