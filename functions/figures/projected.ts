import type { DomainEvent } from '../../events/catalogue.ts';
import type { Figures, Projection } from '../views/projection.ts';

/** An event, and the projection of its aggregate after it. */
export interface Projected {
  readonly event: DomainEvent;
  readonly projection: Projection;
}

/** An event that could not be taken in, and why. It is delivered again. */
export interface Failure {
  readonly projected: Projected;
  readonly error: Error;
}

/** An event with the figures of its kind of aggregate. */
export interface Given<Kind extends Figures['of']> {
  readonly projected: Projected;
  readonly event: DomainEvent;
  readonly figures: Extract<Figures, { readonly of: Kind }>;
}

/** The events of one kind of aggregate. */
export const givenOf = <Kind extends Figures['of']>(
  all: readonly Projected[],
  kind: Kind,
): readonly Given<Kind>[] =>
  all.flatMap((projected) => {
    const { event, projection } = projected;
    return projection.figures?.of === kind
      ? [{ projected, event, figures: projection.figures as Given<Kind>['figures'] }]
      : [];
  });

/** The events of each aggregate, newest first. */
export const byAggregate = <Event extends { readonly event: DomainEvent }>(
  all: readonly Event[],
): readonly (readonly [newest: Event, ...earlier: Event[]])[] => {
  const groups = Map.groupBy(
    all,
    ({
      event: {
        aggregate: { type, id },
      },
    }) => `${type}#${id}`,
  );
  return [...groups.values()].map(
    (group) =>
      group.sort((a, b) => b.event.aggregate.version - a.event.aggregate.version) as [Event],
  );
};

/** Collects the events that could not be taken in. */
export const collectFailures = () => {
  const failed = new Map<Projected, Error>();
  const fail = (of: readonly Projected[], error: unknown): void => {
    for (const projected of of)
      failed.set(projected, error instanceof Error ? error : new Error(String(error)));
  };
  return {
    fail,
    /** Does a step for some events. When it throws, they failed. */
    attempt: async (of: readonly Projected[], step: () => Promise<void>): Promise<void> => {
      try {
        await step();
      } catch (error) {
        fail(of, error);
      }
    },
    has: (projected: Projected): boolean => failed.has(projected),
    all: (): readonly Failure[] => [...failed].map(([projected, error]) => ({ projected, error })),
  };
};
export type Failures = ReturnType<typeof collectFailures>;
