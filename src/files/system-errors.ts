import { constants } from "node:os";
import { UserError } from "../errors.js";

const AGAIN = "then run the command again";
const FULL = `Free some space or choose another folder, ${AGAIN}`;
const IN_USE = `Close the program that uses it, ${AGAIN}`;
const NOT_POSSIBLE = "Choose a path on another file system";

const SYSTEM_REMEDIES: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOSPC: ["the disk is full", FULL],
  EDQUOT: ["the disk quota is used up", FULL],
  EFBIG: [
    "the file is larger than the file system or the limit of the shell (ulimit -f) allows",
    `Raise the limit or choose another folder, ${AGAIN}`,
  ],
  EACCES: ["permission denied", "Choose a path that you have permission for"],
  EPERM: ["permission denied", "Choose a path that you have permission for"],
  EROFS: ["the file system is read-only", "Choose a path on a writable file system"],
  ENOENT: ["no such file or folder", "Check the path"],
  EISDIR: ["this is a folder, not a file", "Give the path of a file"],
  ERR_FS_EISDIR: ["this is a folder, not a file", "Give the path of a file"],
  EEXIST: ["a file of that name exists already", "Choose another path"],
  ENOTEMPTY: ["the folder is not empty", "Choose another path, or move its files away"],
  ENOTDIR: ["a part of this path is a file, not a folder", "Check the path"],
  ELOOP: ["the links in this path lead in a circle", "Give the path of the file itself"],
  ENAMETOOLONG: ["the name or the path is too long", "Choose a shorter one"],
  EINVAL: ["the system does not allow this name or operation here", NOT_POSSIBLE],
  EXDEV: ["the two paths are on different file systems", NOT_POSSIBLE],
  ENOTSUP: ["the file system cannot do this", NOT_POSSIBLE],
  EOPNOTSUPP: ["the file system cannot do this", NOT_POSSIBLE],
  ENOSYS: ["the file system cannot do this", NOT_POSSIBLE],
  EBUSY: ["another program is using it", IN_USE],
  ETXTBSY: ["another program is running it", IN_USE],
  EMFILE: ["this process has too many files open", `Raise the limit with "ulimit -n 4096", ${AGAIN}`],
  ENFILE: ["too many files are open on this machine", `End some other programs, ${AGAIN}`],
  ENOMEM: ["the system has no memory left", `End some other programs, ${AGAIN}`],
  EAGAIN: [
    "the system lacks a resource at the moment (processes, threads or memory)",
    `Wait a little or end some other programs, ${AGAIN}`,
  ],
  EIO: ["the drive reports an input/output error", `Check the drive or use a copy on another one, ${AGAIN}`],
  EREMOTEIO: ["the network drive reports an input/output error", `Check the drive, ${AGAIN}`],
  ESTALE: [
    "the network drive no longer knows this file (stale file handle)",
    "Run the command again; if that does not help, mount the drive again",
  ],
  ETIMEDOUT: ["the drive does not answer", `Check the drive or the network, ${AGAIN}`],
  ENOTCONN: ["the drive is not connected", `Connect the drive, ${AGAIN}`],
  ENODEV: ["the drive is not connected", `Connect the drive, ${AGAIN}`],
  ENXIO: ["there is no such device", "Give the path of a file"],
};

/** Names of the system's error numbers: libuv has none for some of them, such as a quota. */
const NAME_OF_NUMBER = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));

/**
 * Turns a file-system error on `path` into a {@link UserError}, which names its code where nothing better is known;
 * anything that is no error of the system is returned as it is.
 */
export function explainSystemError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const { code, errno, syscall } = error as NodeJS.ErrnoException;
  if (code === "ERR_INVALID_ARG_VALUE" && error.message.includes("null bytes")) {
    const where = path.replaceAll("\0", "\\0");
    return new UserError({
      where,
      what: "a path holds no null byte",
      remedy: "Check the path",
      cause: error,
    });
  }
  // Every error of the system names the call that failed; what names none comes from elsewhere (zlib numbers its own errors).
  const isOfSystem = typeof code === "string" && typeof syscall === "string";
  const name = (isOfSystem && NAME_OF_NUMBER.get(Math.abs(errno ?? 0))) || "";
  const known = SYSTEM_REMEDIES[code ?? ""] ?? SYSTEM_REMEDIES[name];
  if (known) return new UserError({ where: path, what: known[0], remedy: known[1], cause: error });
  if (!isOfSystem) return error;
  return new UserError({
    where: path,
    what: `the system reports ${code} (${syscall})`,
    remedy: `Try another folder or drive, ${AGAIN}`,
    cause: error,
  });
}

/**
 * Does something with the file or folder at `path`.
 * @throws UserError when the system reports an error
 */
export function inFileSystem<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw explainSystemError(error, path);
  }
}

/** Whether an error of the system has one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
