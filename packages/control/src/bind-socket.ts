import { chmodSync, lstatSync, renameSync, unlinkSync } from "node:fs";
import { connect } from "node:net";
import type { Server } from "node:net";
import path from "node:path";
import { AlreadyRunningError, ControlError, connectError, systemErrorCode } from "./errors.ts";

/** A listening socket file that is ours, recognised by its inode. */
export interface BoundSocket {
  /** `ours`, `missing`, or `foreign` when another process put its own file there. */
  state(): "ours" | "missing" | "foreign";
  /** Deletes the file if it is still ours. */
  remove(): void;
}

let bindCount = 0;

/**
 * How a socket file is looked at. Node 20 keeps the last figures that are not big integers, and where those are of a socket, a later import
 * through a link, as pnpm makes them, does not follow it: the packages behind it are then not found.
 */
const asBigInts = { bigint: true } as const;

/**
 * Listens at `file` (mode 0600), replacing a stale socket. The caller holds the claim on the name.
 *
 * The server is bound under a temporary name and moved into place once it listens: nobody sees a socket that does not
 * accept yet, and closing the server, which deletes the temporary name, never deletes a file of another process.
 * @throws AlreadyRunningError when something accepts connections there; ControlError `path` when it is not a socket.
 */
export async function bindSocket(server: Server, file: string): Promise<BoundSocket> {
  await refuseLive(file);
  bindCount += 1;
  const temporary = path.join(path.dirname(file), `.${process.pid}.${bindCount}`);
  unlinkIfThere(temporary);
  await listen(server, temporary);
  chmodSync(temporary, 0o600);
  const { ino, dev } = lstatSync(temporary, asBigInts);
  renameSync(temporary, file);

  const state = (): "ours" | "missing" | "foreign" => {
    try {
      const now = lstatSync(file, asBigInts);
      return now.ino === ino && now.dev === dev ? "ours" : "foreign";
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return "missing";
      throw error;
    }
  };
  return {
    state,
    remove: () => {
      if (state() === "ours") unlinkIfThere(file);
    },
  };
}

/** A refused connection proves that the owner is dead; an owner that accepts is alive, even if it never answers. */
async function refuseLive(file: string): Promise<void> {
  const fault = await tryConnect(file);
  if (fault === undefined || systemErrorCode(fault) === "EAGAIN") {
    throw new AlreadyRunningError(path.basename(file, ".sock"), undefined);
  }
  const code = systemErrorCode(fault);
  if (code === "ENOENT" || code === "ECONNREFUSED") {
    // Connecting to a plain file is refused as well, but we must not replace such a file.
    if (code === "ECONNREFUSED" && !lstatSync(file, asBigInts).isSocket()) {
      throw new ControlError("path", `${file} is in the way and is not a socket: remove it`);
    }
    return;
  }
  throw connectError(file, fault);
}

function tryConnect(file: string): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const socket = connect(file);
    socket.once("connect", () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once("error", resolve);
  });
}

function listen(server: Server, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(file, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
  }
}
