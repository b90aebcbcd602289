/* A client of the bus: cc -o vj-client vj.c && ./vj-client WORKER COMMAND ['"name": value, ...'] */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { limit = 1048576 };

static int open_worker(const char *name) {
  const char *dir = getenv("VJ_BUS_DIR");
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/%s.sock", dir && *dir ? dir : "/tmp/vj-bus", name);
  if (length < 0 || (size_t)length >= sizeof address.sun_path) return -1;
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

static int write_all(int fd, const void *bytes, size_t length) {
  for (const char *at = bytes; length > 0;) {
    ssize_t written = write(fd, at, length);
    if (written <= 0) return -1;
    at += written;
    length -= (size_t)written;
  }
  return 0;
}

static int read_all(int fd, void *bytes, size_t length) {
  for (char *at = bytes; length > 0;) {
    ssize_t got = read(fd, at, length);
    if (got <= 0) return -1;
    at += got;
    length -= (size_t)got;
  }
  return 0;
}

/* Each message is its length, 4 bytes, big-endian, and then JSON in UTF-8. */
static int send_frame(int fd, const char *json) {
  uint32_t head = htonl((uint32_t)strlen(json));
  return write_all(fd, &head, sizeof head) || write_all(fd, json, strlen(json)) ? -1 : 0;
}

static char *receive_frame(int fd) {
  uint32_t head;
  if (read_all(fd, &head, sizeof head)) return NULL;
  size_t length = ntohl(head);
  char *json = length > limit ? NULL : malloc(length + 1);
  if (json == NULL || read_all(fd, json, length)) return free(json), NULL;
  json[length] = 0;
  return json;
}

int main(int count, char **words) {
  if (count < 3) return fprintf(stderr, "usage: %s WORKER COMMAND ['\"name\": value, ...']\n", words[0]), 64;
  int fd = open_worker(words[1]);
  if (fd < 0) return fprintf(stderr, "%s: not running\n", words[1]), 1;
  char body[65536];
  const char *more = count > 3 ? words[3] : "";
  int length = snprintf(body, sizeof body, "{\"type\":\"command\",\"cmd\":\"%s\",\"msg_id\":\"1\"%s%s}", words[2], *more ? "," : "", more);
  if (length < 0 || (size_t)length >= sizeof body || send_frame(fd, body)) return fprintf(stderr, "cannot send\n"), 1;
  for (char *json; (json = receive_frame(fd)) != NULL; free(json)) {
    if (strstr(json, "\"msg_id\":\"1\"") == NULL) continue; /* a heartbeat */
    puts(json);
    return strstr(json, "\"success\":false") != NULL || strstr(json, "\"type\":\"error\"") != NULL;
  }
  return fprintf(stderr, "%s: the connection is closed\n", words[1]), 1;
}
