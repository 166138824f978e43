import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { IsSigned } from '../http/signed-message.ts';

/** Whether a secret signed a message, as Standard Webhooks 1.0 says (`v1`), at most five minutes ago. */
export const isSigned: IsSigned = (secret, bytes, headers) => {
  try {
    new Webhook(secret).verify(bytes, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
};
