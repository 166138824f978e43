import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/** The function's only client. */
export const eventBridge = new EventBridgeClient({});
