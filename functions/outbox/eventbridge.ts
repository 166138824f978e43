import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/** The one client of a function. */
export const eventBridge = new EventBridgeClient({});
