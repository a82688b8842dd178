import fc from "fast-check";

/**
 * Properties are tried on the same examples in every run, so that a red test is red again; FAST_CHECK_SEED=<n> tries others.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
