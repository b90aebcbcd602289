"""A client of the bus written from its description alone: socket, struct, json. Prints what each worker answers."""
import json, socket, struct, sys


class Client:
    def __init__(self, path):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(path)
        self.file = self.sock.makefile("rb")

    def raw(self, payload, length=None):
        self.sock.sendall(struct.pack(">I", len(payload) if length is None else length) + payload)

    def receive(self):
        header = self.file.read(4)
        return json.loads(self.file.read(struct.unpack(">I", header)[0])) if len(header) == 4 else None

    def ask(self, cmd, msg_id, **args):
        self.raw(json.dumps({"type": "command", "cmd": cmd, "msg_id": msg_id, **args}).encode())
        return self.receive()


def converse(path):
    one, two = Client(path), Client(path)
    said = {
        "get_state": one.ask("get_state", "1"),
        "describe": one.ask("describe", "2"),
        "set_unknown": one.ask("set_config", "3", no_such_setting=1),
        "unknown": one.ask("fly_to_the_moon", "4"),
    }
    one.raw(b"{broken")
    said["broken"] = one.receive()
    one.raw(json.dumps({"type": "command", "msg_id": "5"}).encode())
    said["invalid"] = one.receive()
    # Both have asked; each must get its own answer, and nothing else.
    two.raw(json.dumps({"type": "command", "cmd": "get_state", "msg_id": "two"}).encode())
    said["after_broken"] = one.ask("get_state", "6")
    said["other"] = two.receive()
    big = Client(path)
    big.raw(b"x" * (2 << 20))
    said["oversize"] = big.receive()
    said["oversize_end"] = big.file.read()
    said["oversize_end"] = len(said["oversize_end"])
    said["still_there"] = two.ask("get_state", "7")
    return said


print(json.dumps({path: converse(path) for path in sys.argv[1:]}))
