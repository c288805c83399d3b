// LD_PRELOAD shim: every fsync and fdatasync takes 1 ms longer, as on an ordinary disk. The virtual disks that
// this was written on return in about 40 microseconds, which makes a grouped commit look less worth than it is.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
#include <unistd.h>

static void one_millisecond(void) {
    struct timespec wait = {0, 1000000};
    while (nanosleep(&wait, &wait) != 0) {}
}

int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    one_millisecond();
    return real(fd);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    one_millisecond();
    return real(fd);
}
