// The standard third party (seed 002, source 10), answering at once: it shares its core with the load generator, so it
// must cost next to nothing. GET /standard/userinfo?... : 200 with an empty body. GET /count : how often it was asked.
// Anything else: 404. One thread, epoll, keep-alive, pipelining.   usage: third-party PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 4096, REQUEST_BYTES = 8192, EVENTS = 256 };
static char text[CONNECTIONS][REQUEST_BYTES];
static size_t filled[CONNECTIONS];
static unsigned long asked;

static int answer(int fd, const char *request) {
    static const char yes[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    static const char no[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    if (strncmp(request, "GET /standard/userinfo?", 23) == 0) {
        asked++;
        return send(fd, yes, sizeof yes - 1, MSG_NOSIGNAL) > 0;
    }
    if (strncmp(request, "GET /count ", 11) == 0) {
        char body[32], reply[128];
        int length = snprintf(body, sizeof body, "%lu", asked);
        int size = snprintf(reply, sizeof reply, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", length, body);
        return send(fd, reply, size, MSG_NOSIGNAL) > 0;
    }
    return send(fd, no, sizeof no - 1, MSG_NOSIGNAL) > 0;
}

// Reads what is there and answers each whole request. 0: the connection is over.
static int serve(int fd) {
    char *buffer = text[fd];
    ssize_t got = recv(fd, buffer + filled[fd], REQUEST_BYTES - 1 - filled[fd], 0);
    if (got <= 0) return 0;
    filled[fd] += (size_t)got;
    buffer[filled[fd]] = 0;
    char *start = buffer, *end;
    while ((end = strstr(start, "\r\n\r\n")) != NULL) {
        if (!answer(fd, start)) return 0;
        start = end + 4;
    }
    filled[fd] -= (size_t)(start - buffer);
    memmove(buffer, start, filled[fd]);
    return filled[fd] < REQUEST_BYTES - 1;
}

int main(int argc, char **argv) {
    if (argc != 2) { fprintf(stderr, "usage: third-party PORT\n"); return 2; }
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) { perror("third-party"); return 1; }
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[EVENTS];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd != listener) { if (!serve(fd)) close(fd); continue; }
            int peer = accept(listener, NULL, NULL);
            if (peer < 0) continue;
            if (peer >= CONNECTIONS) { close(peer); continue; }
            setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            filled[peer] = 0;
            event.data.fd = peer;
            epoll_ctl(poll, EPOLL_CTL_ADD, peer, &event);
        }
    }
}
