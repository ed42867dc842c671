/** @module without-privileges — file modes bind everybody but root, who may be the one who runs the tests. */

/** Runs as somebody whom file modes bind, which they do not bind root. */
export const withoutPrivileges = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const nobody = 65534;
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
};
