/** A dimension that sends more than this is in use (as in the verdict of a training). */
export const USED_NATS = 0.01;
