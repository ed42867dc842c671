/*
 * A disk that is watched and that fails on order: loaded before the C library (LD_PRELOAD), it sees each
 * call by which the files of one folder are changed.
 *
 *   WUDING_DISK_FOLDER  the folder
 *   WUDING_DISK_TRACE   where to write down what happened; nothing is when it is absent
 *   WUDING_DISK_ROOM    bytes by which its files may grow from the beginning
 *
 * A line of the trace: W name offset length (the bytes follow, and a line end), T name size, S name (synced;
 * "." is the folder), U name, R from to, L from to.
 *
 * Orders are written by the process itself into the file "orders" of the folder:
 *
 *   fail N ERRNO once|sticky   the N-th call from now on fails, alone or with all that follow
 *   room BYTES                 files may grow by so many bytes, then the disk is full
 *   heal                       all is well again
 *
 * What was made to fail is written into the file "struck".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;
static int trace = -1;
static long fail_at, calls;
static int fail_errno, is_sticky, has_room;
static long long room;

#define REAL(name, type) \
  static type real; \
  if (real == NULL) real = (type)dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
  const char *given = getenv("WUDING_DISK_FOLDER");
  const char *to = getenv("WUDING_DISK_TRACE");
  if (given == NULL || realpath(given, folder) == NULL) return;
  folder_length = strlen(folder);
  const char *bytes = getenv("WUDING_DISK_ROOM");
  has_room = bytes != NULL;
  room = has_room ? atoll(bytes) : 0;
  if (to != NULL) trace = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* The part of a path below the folder, "." for itself, NULL for any other. */
static const char *name_of_path(const char *path) {
  if (folder_length == 0 || strncmp(path, folder, folder_length) != 0) return NULL;
  if (path[folder_length] == 0) return ".";
  return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static const char *name_of(int fd, char *buffer) {
  char link[40];
  if (folder_length == 0) return NULL;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, buffer, PATH_MAX - 1);
  if (length < 0) return NULL;
  buffer[length] = 0;
  return name_of_path(buffer);
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    long done = syscall(SYS_write, trace, at, length);
    if (done <= 0) abort();
    at += done;
    length -= (size_t)done;
  }
}

static void note(const char *format, const char *name, long long one, long long two) {
  char line[PATH_MAX + 64];
  if (trace < 0) return;
  put(line, (size_t)snprintf(line, sizeof line, format, name, one, two));
}

static void struck(const char *what, const char *name) {
  char path[PATH_MAX + 16], line[PATH_MAX + 32];
  snprintf(path, sizeof path, "%s/struck", folder);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return;
  int length = snprintf(line, sizeof line, "%s %s\n", what, name);
  syscall(SYS_write, fd, line, (size_t)length);
  close(fd);
}

static int is_ours(const char *name) {
  return name != NULL && strcmp(name, "orders") != 0 && strcmp(name, "acks") != 0;
}

/* Whether this call is one that fails; errno says why. */
static int fails(const char *what, const char *name) {
  if (!is_ours(name) || fail_at == 0) return 0;
  calls += 1;
  if (calls != fail_at && !(is_sticky && calls > fail_at)) return 0;
  struck(what, name);
  errno = fail_errno;
  return 1;
}

static int is_full(int fd, const char *name, long long end) {
  struct stat found;
  if (!has_room || !is_ours(name) || fstat(fd, &found) != 0 || end <= found.st_size) return 0;
  if (end - found.st_size > room) {
    struck("room", name);
    errno = ENOSPC;
    return 1;
  }
  room -= end - found.st_size;
  return 0;
}

static void obey(const char *text, size_t length) {
  char order[128], kind[16] = "", why[16] = "", how[16] = "";
  long long number = 0;
  if (length >= sizeof order) return;
  memcpy(order, text, length);
  order[length] = 0;
  sscanf(order, "%15s %lld %15s %15s", kind, &number, why, how);
  fail_at = 0;
  has_room = 0;
  if (strcmp(kind, "fail") == 0) {
    fail_at = (long)number;
    calls = 0;
    fail_errno = strcmp(why, "ENOSPC") == 0 ? ENOSPC : EIO;
    is_sticky = strcmp(how, "sticky") == 0;
  } else if (strcmp(kind, "room") == 0) {
    has_room = 1;
    room = number;
  }
}

typedef ssize_t (*write_type)(int, const void *, size_t);
typedef ssize_t (*pwrite_type)(int, const void *, size_t, off64_t);
typedef int (*sync_type)(int);
typedef int (*truncate_type)(int, off64_t);
typedef int (*path_type)(const char *);
typedef int (*paths_type)(const char *, const char *);

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL("write", write_type);
  char buffer[PATH_MAX];
  const char *name = name_of(fd, buffer);
  if (name == NULL) return real(fd, bytes, length);
  pthread_mutex_lock(&turn);
  ssize_t done = -1;
  long long at = lseek(fd, 0, SEEK_CUR);
  if (strcmp(name, "orders") == 0) {
    obey(bytes, length);
    done = (ssize_t)length;
  } else if (!fails("write", name) && !is_full(fd, name, at + (long long)length)) {
    done = real(fd, bytes, length);
    if (done >= 0) {
      note("W %s %lld %lld\n", name, at, done);
      if (trace >= 0) put(bytes, (size_t)done), put("\n", 1);
    }
  }
  int kept = errno;
  pthread_mutex_unlock(&turn);
  errno = kept;
  return done;
}

static ssize_t written_at(pwrite_type real, int fd, const void *bytes, size_t length, off64_t at) {
  char buffer[PATH_MAX];
  const char *name = name_of(fd, buffer);
  if (name == NULL) return real(fd, bytes, length, at);
  pthread_mutex_lock(&turn);
  ssize_t done = -1;
  if (!fails("write", name) && !is_full(fd, name, (long long)at + (long long)length)) {
    done = real(fd, bytes, length, at);
    if (done >= 0) {
      note("W %s %lld %lld\n", name, at, done);
      if (trace >= 0) put(bytes, (size_t)done), put("\n", 1);
    }
  }
  int kept = errno;
  pthread_mutex_unlock(&turn);
  errno = kept;
  return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
  REAL("pwrite64", pwrite_type);
  return written_at(real, fd, bytes, length, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  REAL("pwrite64", pwrite_type);
  return written_at(real, fd, bytes, length, at);
}

static int synced(sync_type real, int fd) {
  char buffer[PATH_MAX];
  const char *name = name_of(fd, buffer);
  if (name == NULL) return real(fd);
  pthread_mutex_lock(&turn);
  int done = -1;
  if (!fails("sync", name)) {
    done = real(fd);
    if (done == 0) note("S %s\n", name, 0, 0);
  }
  int kept = errno;
  pthread_mutex_unlock(&turn);
  errno = kept;
  return done;
}

int fsync(int fd) {
  REAL("fsync", sync_type);
  return synced(real, fd);
}

int fdatasync(int fd) {
  REAL("fdatasync", sync_type);
  return synced(real, fd);
}

static int truncated(truncate_type real, int fd, off64_t size) {
  char buffer[PATH_MAX];
  const char *name = name_of(fd, buffer);
  if (name == NULL) return real(fd, size);
  pthread_mutex_lock(&turn);
  int done = -1;
  struct stat found = {0};
  fstat(fd, &found);
  if (!fails("truncate", name)) {
    done = real(fd, size);
    if (done == 0 && found.st_size > size) room += found.st_size - size;
    if (done == 0) note("T %s %lld\n", name, size, 0);
  }
  int kept = errno;
  pthread_mutex_unlock(&turn);
  errno = kept;
  return done;
}

int ftruncate(int fd, off_t size) {
  REAL("ftruncate64", truncate_type);
  return truncated(real, fd, size);
}

int ftruncate64(int fd, off64_t size) {
  REAL("ftruncate64", truncate_type);
  return truncated(real, fd, size);
}

int unlink(const char *path) {
  REAL("unlink", path_type);
  const char *name = name_of_path(path);
  pthread_mutex_lock(&turn);
  struct stat found = {0};
  if (name != NULL) stat(path, &found);
  int done = real(path);
  if (done == 0 && name != NULL) {
    room += found.st_size;
    note("U %s\n", name, 0, 0);
  }
  int kept = errno;
  pthread_mutex_unlock(&turn);
  errno = kept;
  return done;
}

static int renamed(paths_type real, const char *kind, const char *from, const char *to) {
  const char *old = name_of_path(from), *name = name_of_path(to);
  pthread_mutex_lock(&turn);
  int done = real(from, to);
  if (done == 0 && old != NULL && name != NULL && trace >= 0) {
    char line[2 * PATH_MAX + 8];
    put(line, (size_t)snprintf(line, sizeof line, "%s %s %s\n", kind, old, name));
  }
  int kept = errno;
  pthread_mutex_unlock(&turn);
  errno = kept;
  return done;
}

int rename(const char *from, const char *to) {
  REAL("rename", paths_type);
  return renamed(real, "R", from, to);
}

int link(const char *from, const char *to) {
  REAL("link", paths_type);
  return renamed(real, "L", from, to);
}
