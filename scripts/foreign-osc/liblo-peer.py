# `liblo-peer.py <our port>`: prints its own port, then each message that comes as JSON, and sends one of each type to our port.
import json, sys
import liblo

server = liblo.Server()
def got(path, args, types):
    print(json.dumps([path, types, args]), flush=True)
server.add_method(None, None, got)
print(json.dumps(server.port), flush=True)
liblo.send(liblo.Address("127.0.0.1", int(sys.argv[1])), "/from/peer", ("i", -7), ("f", 0.5), ("s", "text"))
while True:
    server.recv(100)
