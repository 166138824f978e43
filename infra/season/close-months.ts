import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';
import type { Step } from './play-season.ts';

/** The day of the following month on which a month is closed: whatever was held in it is settled by then. */
const closingDay = '10';
const pollMs = 100;
/** A close takes a second or so here, and some minutes when its function fails and is called again. */
const polls = 6000;

const two = (value: number): string => String(value).padStart(2, '0');

/** The closes of January to November of a year, each in the month after, with what is still open in it. */
export const closesOf = (
  year: number,
  { client, admin }: { readonly client: Client; readonly admin: string },
): readonly Step[] =>
  Array.from({ length: 11 }, (_, at): Step => {
    const month = `${year}-${two(at + 1)}`;
    const run = async () => {
      // The same body however often the season is played, also where nothing is open.
      await client.post(`/months/${month}/close`, admin, `season-${month}-close`, {
        acceptOpen: true,
      });
      // A close reads the Ledger as it is, so the season goes on after it.
      for (let poll = 0; poll < polls; poll += 1) {
        const { status } = await client.get<{ status: string }>(`/months/${month}`);
        if (status === 'closed' || status === 'restated') return;
        await sleep(pollMs);
      }
      throw new Error(`the close of ${month} has not ended`);
    };
    return { day: `${year}-${two(at + 2)}-${closingDay}`, run };
  });
