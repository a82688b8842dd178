/**
 * What a piece of work gives, and the milliseconds of processor time that it takes: unlike the time on the wall, they do not grow
 * with what else the machine does. A limit on them is at least ten times what a quiet machine takes, for the slower ones.
 */
export async function withProcessorTime<Result>(
  work: () => Result | Promise<Result>,
): Promise<{ readonly result: Result; readonly milliseconds: number }> {
  const begun = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(begun);
  return { result, milliseconds: (user + system) / 1000 };
}
