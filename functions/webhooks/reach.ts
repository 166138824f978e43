import type { Reach } from './addresses.ts';

/** Which addresses this district may call. Without the setting, public ones only. */
export const reach = (): Reach => ({ loopback: process.env.WEBHOOKS_LOOPBACK === 'true' });
