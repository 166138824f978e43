/** What a program is given. */
export interface Given {
  /** The address of the API. */
  readonly url: string;
  /** A year without a campaign, and a day of its October. */
  readonly year: number;
  readonly day: string;
  /** The organisation that runs the activity. */
  readonly organisationId: string;
  readonly tokens: Readonly<Record<'admin' | 'organiser' | 'verifier' | 'volunteer', string>>;
}

/** A program that a generated client makes possible. */
export interface Program {
  /**
   * Plans and opens the year, publishes an activity, registers a volunteer, enters 90 minutes, has the
   * organiser try to verify them, and the verifier do it.
   * @returns the type of the refusal, and the statuses on the sheet
   */
  play(
    given: Given,
  ): Promise<{ readonly refused: string | undefined; readonly statuses: readonly string[] }>;
  /** The credited minutes of a month in the area `hongqi-01`. */
  minutesIn(given: Pick<Given, 'url'>, month: string): Promise<number | null>;
}
