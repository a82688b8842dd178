/** Something that is to be closed when it has served. */
interface Closable {
  close(): void;
}

/** Does some work and closes in the end, however it ends, what the work gave to `keep`: a process left open would keep the bench from ending. */
export async function closing<T>(
  work: (keep: <C extends Closable>(opened: C) => C) => Promise<T>,
): Promise<T> {
  const opened: Closable[] = [];
  try {
    return await work((one) => {
      opened.push(one);
      return one;
    });
  } finally {
    for (const one of opened) one.close();
  }
}
