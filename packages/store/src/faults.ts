/**
 * @module faults — what SQLite and the file system report, as refusals people can act on.
 *
 * Only expected troubles of a file become refusals; a value that a table does not take, or a syntax error,
 * is a bug and stays what it is.
 */
import type { Label } from "@wuding/engine";
import { EngineError } from "@wuding/engine";

const whys = {
  locked: {
    zh: "另一程序正在写入，等待超时",
    en: "another program is writing to it and did not finish in time",
  },
  full: { zh: "磁盘空间已满", en: "the disk is full" },
  readOnly: { zh: "文件或所在目录为只读", en: "the file or its folder is read-only" },
  noAccess: {
    zh: "无法打开，请检查文件及所在目录的权限",
    en: "it cannot be opened; check the permissions of the file and its folder",
  },
  notWritable: {
    zh: "目录不可写：为只读，或者属于其他用户",
    en: "the folder cannot be written to: it is read-only, or another's",
  },
  noDirectory: { zh: "这是文件，不是目录", en: "it is a file and no folder" },
  noFolder: { zh: "所在目录不存在", en: "its folder does not exist" },
  noName: {
    zh: "文件名过长，或含有系统不接受的字符",
    en: "its name is too long, or has a character that no file's name can have",
  },
  aFolder: { zh: "这是目录", en: "it is a folder" },
  links: { zh: "链接循环", en: "its links lead in a circle" },
  handles: { zh: "打开的文件过多", en: "too many files are open" },
  disk: {
    zh: "磁盘读写出错，已停止使用该文件",
    en: "the disk reported an error, and the file is no longer used",
  },
  outcomeUnknown: {
    zh: "提交时磁盘出错，命令是否已记录尚不确定",
    en: "the disk reported an error at the commit, and whether the command was recorded is unknown",
  },
  stopped: {
    zh: "此前磁盘出错或文件已损坏，须重新打开并核验",
    en: "the disk failed or the file was damaged before; open it again and verify it",
  },
  closed: { zh: "已经关闭", en: "it has been closed" },
  inUse: {
    zh: "另一程序正在使用该文件，请先将其结束",
    en: "another program has it open; end that one first",
  },
  replaced: {
    zh: "文件打开后被移走或替换",
    en: "the file was moved away or replaced after it was opened",
  },
  noWal: {
    zh: "所在位置（如网络盘）不支持预写日志，请改放本地磁盘",
    en: "its place does not support a write-ahead log, as on network drives; keep it on a local disk",
  },
  walUnreadable: {
    zh: "最近的记录在 -wal 文件中，只读目录下无法读取，请将两个文件一并复制到可写目录",
    en: "its newest records lie in a -wal file that cannot be read in a read-only folder; copy both files to a writable one",
  },
  tooLarge: {
    zh: "文件在只读目录中且过大，请复制到可写目录",
    en: "it is too large to be read in a read-only folder; copy it to a writable one",
  },
  memory: { zh: "内存不足", en: "there is not enough memory" },
} as const satisfies Record<string, Label>;

export type Why = keyof typeof whys;

export const unavailable = (
  file: string,
  why: Why | Label,
  cause?: unknown,
): EngineError<"STORE_UNAVAILABLE"> =>
  new EngineError(
    "STORE_UNAVAILABLE",
    {
      file,
      why: typeof why === "string" ? whys[why] : why,
      ...(why === "outcomeUnknown" && { outcomeUnknown: true }),
      ...((why === "stopped" || codeOf(cause).startsWith("SQLITE_IOERR")) && { verifyFirst: true }),
    },
    { cause },
  );

export const altered = (
  fault: "ALTERED" | "REWRITTEN" | "TRUNCATED",
  what: Label,
  position: number | null = null,
  cause?: unknown,
): EngineError<"INTEGRITY"> =>
  new EngineError("INTEGRITY", { fault, position, case: null, what }, { cause });

/** The code of an error of SQLite (`SQLITE_BUSY`) or of the file system (`EACCES`), else `""`. */
export const codeOf = (error: unknown): string => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
};

/** Whether nothing may be believed about the file until it has been opened again and verified. */
export const endsTrust = (error: unknown): boolean =>
  /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(codeOf(error)) || isTaken(error);

/**
 * Whether a place is taken that was free when the same transaction looked: two parts of the file contradict
 * each other, as after the loss of a page.
 */
const isTaken = (error: unknown): boolean =>
  /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE|ROWID)$/.test(codeOf(error));

// The first entry that begins the code wins.
const whyByCode: readonly (readonly [start: string, why: Why])[] = [
  ["SQLITE_BUSY", "locked"],
  ["SQLITE_LOCKED", "locked"],
  ["SQLITE_PROTOCOL", "locked"],
  ["SQLITE_FULL", "full"],
  ["SQLITE_READONLY", "readOnly"],
  ["SQLITE_CANTOPEN", "noAccess"],
  ["SQLITE_PERM", "noAccess"],
  ["SQLITE_AUTH", "noAccess"],
  // the index of the write-ahead log could not grow: as SQLite says, for want of room
  ["SQLITE_IOERR_SHMSIZE", "full"],
  ["SQLITE_IOERR", "disk"],
  ["SQLITE_NOMEM", "memory"],
  ["ENOENT", "noFolder"],
  ["ENOTDIR", "noFolder"],
  ["ENAMETOOLONG", "noName"],
  ["ERR_INVALID_ARG_VALUE", "noName"],
  ["EISDIR", "aFolder"],
  ["ELOOP", "links"],
  ["EMFILE", "handles"],
  ["ENFILE", "handles"],
  ["EACCES", "noAccess"],
  ["EPERM", "noAccess"],
  ["EROFS", "readOnly"],
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["EIO", "disk"],
];

export const alteredSchema: Label = {
  zh: "数据表或防改触发器已被改动",
  en: "the tables or the triggers that protect them have been altered",
};

/** The refusal that an error of SQLite or the file system stands for, or the error itself. */
export const refusalOf = (error: unknown, file: string): unknown => {
  const code = codeOf(error);
  // our statements name nothing that our schema does not have
  if (
    code === "SQLITE_ERROR" &&
    /^(?:no such|unknown function|foreign key mismatch)/.test((error as Error).message)
  ) {
    return altered("ALTERED", alteredSchema, null, error);
  }
  // a damaged header, which SQLite reports as if a statement were wrong
  const isFormat =
    code === "SQLITE_ERROR" && (error as Error).message === "unsupported file format";
  if (isFormat || /^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    const what = {
      zh: "文件已损坏，SQLite 无法读取",
      en: "the file is damaged; SQLite cannot read it",
    };
    return altered("ALTERED", what, null, error);
  }
  if (isTaken(error)) {
    const what = {
      zh: "文件已损坏，其内容自相矛盾",
      en: "the file is damaged; its parts contradict each other",
    };
    return altered("ALTERED", what, null, error);
  }
  const found = whyByCode.find(([start]) => code.startsWith(start));
  return found === undefined ? error : unavailable(file, found[1], error);
};
