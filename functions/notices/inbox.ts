import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Notice } from '../people/notice.ts';
import { personKey } from '../people/people.ts';
import { expiryOf } from '../people/personal-access.ts';
import { putUnderPerson } from '../people/under-person.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';

export const noticePrefix = 'notice#';

/**
 * Stores the notice in the person's inbox, for as long as the district keeps notices. An erased
 * person gets only the notice of the erasure.
 */
export const toInbox = async (notice: Notice): Promise<void> => {
  const item = {
    pk: personKey(notice.volunteerId).pk,
    sk: `${noticePrefix}${notice.at}#${notice.id}`,
    ...notice,
    expiresAt: expiryOf(Date.parse(notice.at), settings().retention.noticeDays),
  };
  if (notice.kind === 'erased')
    await dynamodb.send(new PutCommand({ TableName: peopleTable(), Item: item }));
  else await putUnderPerson(notice.volunteerId, item);
};
