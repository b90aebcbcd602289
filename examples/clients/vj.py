#!/usr/bin/env python3
"""A client of the bus: python3 vj.py WORKER COMMAND [NAME=VALUE ...]; values are JSON where they can be."""
import json, os, socket, struct, sys


class Worker:
    def __init__(self, name, timeout=5.0):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(timeout)
        self.socket.connect(os.path.join(os.environ.get("VJ_BUS_DIR", "/tmp/vj-bus"), name + ".sock"))
        self.file = self.socket.makefile("rb")
        self.count = 0

    def request(self, cmd, **arguments):
        self.count += 1
        msg_id = str(self.count)
        body = json.dumps({"type": "command", "cmd": cmd, "msg_id": msg_id, **arguments}).encode()
        self.socket.sendall(struct.pack(">I", len(body)) + body)
        while True:  # heartbeats come between the replies
            reply = self.receive()
            if reply.get("msg_id") == msg_id:
                return reply

    def receive(self):
        head = self.file.read(4)
        if len(head) < 4:
            raise ConnectionError("the worker has closed the connection")
        return json.loads(self.file.read(struct.unpack(">I", head)[0]))


def value(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    name, cmd, *words = sys.argv[1:]
    try:
        reply = Worker(name).request(cmd, **{key: value(text) for key, _, text in (word.partition("=") for word in words)})
    except OSError as error:
        sys.exit(f"{name}: {error}")
    done = reply.get("success", reply["type"] == "response")
    # The data of a refusal is its code; the message is for people.
    shown = reply.get("data") or reply.get("message") if done else reply.get("message") or reply.get("error")
    try:
        print(json.dumps(shown, indent=2, ensure_ascii=False), flush=True)
    except BrokenPipeError:  # the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0 if done else 1)
