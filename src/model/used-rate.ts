/** A dimension that sends less than this, beyond what it must, is not in use (rule R7). */
export const USED_RATE_NATS = 0.01;
