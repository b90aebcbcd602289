// A request and its answer in other libraries for control between processes, over a Unix socket each.
import { connect, createServer } from "node:net";
import { rivalModule } from "../rivals.mjs";

/** `serve` answers each request with `data`; `open` resolves with a call that resolves with the answer. @typedef {{ serve(path: string): Promise<void>, open(path: string): Promise<{ call(): Promise<unknown>, close(): void }> }} Echo */

/** About as many bytes as ours, once it is in a frame. */
const request = { cmd: "get_state", enable_bpm: true, enable_spectrum: false, note: "x".repeat(90) };
/** @param {unknown} cmd */
const answer = (cmd) => ({ status: "running", pid: process.pid, cmd, config: { enable_bpm: true, enable_spectrum: false, smoothing: 0.3 } });

/** @typedef {{ listen(): void, onRequest(name: string, run: (arg: { cmd: string }) => unknown): void, sendRequest(name: string, arg: unknown): Promise<unknown>, dispose(): void }} JsonRpc */
/** @typedef {{ createMessageConnection(reader: unknown, writer: unknown): JsonRpc, StreamMessageReader: new (stream: unknown) => unknown, StreamMessageWriter: new (stream: unknown) => unknown }} JsonRpcModule */

/** @param {unknown} module @returns {Echo} */
function jsonRpc(module) {
  const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = /** @type {JsonRpcModule} */ (module);
  const over = (/** @type {import("node:net").Socket} */ socket) => createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
  return {
    serve: (path) =>
      listening(createServer((socket) => {
        const connection = over(socket);
        connection.onRequest("get_state", ({ cmd }) => answer(cmd));
        connection.listen();
      }), path),
    async open(path) {
      const socket = connect(path);
      const connection = over(socket);
      connection.listen();
      return { call: () => connection.sendRequest("get_state", request), close: () => socket.destroy() };
    },
  };
}

/** @typedef {{ on(event: string, run: (data: { cmd: string }, socket: unknown) => void): void, emit(...args: unknown[]): void }} IpcPeer */
/** @typedef {{ IPC: new () => { config: Record<string, unknown>, server: IpcPeer & { start(): void }, of: Record<string, IpcPeer>, serve(path: string, run: () => void): void, connectTo(id: string, path: string, run: () => void): void, disconnect(id: string): void } }} IpcModule */

/** @param {unknown} module @returns {Echo} */
function nodeIpc(module) {
  const create = () => {
    const ipc = new (/** @type {IpcModule} */ (module).IPC)();
    Object.assign(ipc.config, { silent: true, id: "bench" });
    return ipc;
  };
  return {
    serve: (path) =>
      new Promise((resolve) => {
        const ipc = create();
        ipc.serve(path, () => {
          ipc.server.on("get_state", ({ cmd }, socket) => ipc.server.emit(socket, "answer", answer(cmd)));
          resolve();
        });
        ipc.server.start();
      }),
    open: (path) =>
      new Promise((resolve) => {
        const ipc = create();
        ipc.connectTo("bench", path, () => {
          const peer = ipc.of["bench"];
          /** @type {(value: unknown) => void} */
          let answered = () => {};
          peer?.on("answer", (data) => answered(data));
          resolve({
            call: () => new Promise((done) => {
              answered = done;
              peer?.emit("get_state", request);
            }),
            close: () => ipc.disconnect("bench"),
          });
        });
      }),
  };
}

/** @typedef {{ bind(path: string): Promise<void>, connect(path: string): void, send(text: string): Promise<void>, receive(): Promise<[Buffer]>, close(): void }} ZeroSocket */
/** @typedef {{ Reply: new () => ZeroSocket, Request: new () => ZeroSocket }} ZeroModule */

/** @param {unknown} module @returns {Echo} */
function zeroMq(module) {
  const { Reply, Request } = /** @type {ZeroModule} */ (module);
  return {
    async serve(path) {
      const socket = new Reply();
      await socket.bind(`ipc://${path}`);
      void (async () => {
        for (;;) {
          const [bytes] = await socket.receive();
          await socket.send(JSON.stringify(answer(/** @type {{ cmd: string }} */ (JSON.parse(bytes.toString())).cmd)));
        }
      })();
    },
    async open(path) {
      const socket = new Request();
      socket.connect(`ipc://${path}`);
      return {
        async call() {
          await socket.send(JSON.stringify(request));
          const [bytes] = await socket.receive();
          /** @type {unknown} */
          const data = JSON.parse(bytes.toString());
          return data;
        },
        close: () => socket.close(),
      };
    },
  };
}

const makers = /** @type {const} */ ({ "vscode-jsonrpc": jsonRpc, "node-ipc": nodeIpc, zeromq: zeroMq });
/** Rivals by name. @type {readonly (keyof typeof makers)[]} */
export const echoNames = ["vscode-jsonrpc", "node-ipc", "zeromq"];

/** Undefined where it is not installed. @param {keyof typeof makers} name @returns {Echo | undefined} */
export function echoOf(name) {
  const module = rivalModule(name);
  return module === undefined ? undefined : makers[name](module);
}

/** @param {import("node:net").Server} server @param {string} path @returns {Promise<void>} */
function listening(server, path) {
  return new Promise((resolve) => server.listen(path, resolve));
}
