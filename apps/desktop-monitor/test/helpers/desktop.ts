import { rmSync } from "node:fs";
import { Socket } from "node:net";
import dbus from "@particle/dbus-next";
import type { Message } from "@particle/dbus-next";
import { spawnProcess, tempDir, writeWav } from "@vj/test-kit";
import type { TestProcess } from "@vj/test-kit";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { guardReading } from "../../src/guard-reading.ts";

/** A separate session bus, which may end and come back under the same address. */
export class Desktop {
  readonly address: string;
  readonly #dir = tempDir();
  #daemon: TestProcess | undefined;

  private constructor() {
    this.address = `unix:path=${this.#dir.join("bus")}`;
  }

  /** Not running yet. */
  static prepare(): Desktop {
    const desktop = new Desktop();
    onTestFinished(async () => {
      await desktop.stop();
      desktop.#dir.remove();
    });
    return desktop;
  }

  static async start(): Promise<Desktop> {
    const desktop = Desktop.prepare();
    await desktop.start();
    return desktop;
  }

  async start(): Promise<void> {
    this.#daemon = spawnProcess("dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address", `--address=${this.address}`]);
    await this.#daemon.printed(/unix:path=\S+/);
  }

  /** kill -9: its socket is left behind. */
  async stop(): Promise<void> {
    await this.#daemon?.kill();
    rmSync(this.#dir.join("bus"), { force: true });
  }
}

/** The real mpv, playing a minute of silence with this title. */
export function startMpv(address: string, title: string): void {
  const dir = tempDir();
  const file = dir.join("silence.wav");
  writeWav(file, new Float32Array(60 * 8000), { sampleRate: 8000 });
  const args = ["--no-config", "--load-scripts=no", "--script=/etc/mpv/scripts/mpris.so", "--no-video", "--no-terminal", "--ao=null", `--force-media-title=${title}`, file];
  const mpv = spawnProcess("mpv", args, { DBUS_SESSION_BUS_ADDRESS: address });
  onTestFinished(async () => {
    await mpv[Symbol.asyncDispose]();
    dir.remove();
  });
}

/** A player controlled by the test, which may misbehave. */
export class OddPlayer {
  /** What `GetAll` gives, also as it is at that time; undefined: it does not answer. */
  properties: Record<string, unknown> | (() => Record<string, unknown>) | undefined = {};
  /** How often it was asked. */
  asked = 0;
  readonly #bus: dbus.MessageBus;

  constructor(bus: dbus.MessageBus) {
    this.#bus = bus;
    bus.addMethodHandler((message: Message) => {
      if (message.member !== "GetAll") return false;
      this.asked += 1;
      const properties = typeof this.properties === "function" ? this.properties() : this.properties;
      if (properties !== undefined) bus.send(dbus.Message.newMethodReturn(message, "a{sv}", [properties]));
      return true;
    });
  }

  static async start(address: string, name: string): Promise<OddPlayer> {
    const bus = dbus.sessionBus({ busAddress: address });
    // Its bus may end first.
    bus.on("error", () => {});
    // A question may be on its way when it quits.
    guardReading(bus, () => {});
    const player = new OddPlayer(bus);
    await bus.requestName(`org.mpris.MediaPlayer2.${name}`);
    onTestFinished(() => player.quit());
    return player;
  }

  changed(): void {
    this.#signal("org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", ["org.mpris.MediaPlayer2.Player", {}, []]);
  }

  seeked(seconds: number): void {
    this.#signal("org.mpris.MediaPlayer2.Player", "Seeked", "x", [BigInt(Math.round(seconds * 1_000_000))]);
  }

  /** A signal with a file descriptor that does not come with it. */
  unreadable(): void {
    const { stream } = z.object({ stream: z.instanceof(Socket) }).parse(Reflect.get(this.#bus, "_connection"));
    const write = stream.write.bind(stream);
    const signature = Buffer.from([8, 1, 0x67, 0, 1, 0x75, 0]);
    const broken = (bytes: Buffer): boolean => {
      Reflect.deleteProperty(stream, "write");
      bytes.write("h", bytes.indexOf(signature) + 5);
      return write(bytes);
    };
    Object.defineProperty(stream, "write", { value: broken, configurable: true });
    this.#signal("org.freedesktop.DBus.Properties", "PropertiesChanged", "u", [0]);
  }

  quit(): void {
    this.#bus.disconnect();
  }

  #signal(interfaceName: string, member: string, signature: string, body: unknown[]): void {
    this.#bus.send(dbus.Message.newSignal("/org/mpris/MediaPlayer2", interfaceName, member, signature, body));
  }
}

const variant = (signature: string, value: unknown): dbus.Variant => new dbus.Variant(signature, value);

/** Properties of a player that plays a track. */
export function playing(title: string, { status = "Playing", seconds = 0, length = 200, artist = ["Artist"], album = "", id = "/track/1" } = {}): Record<string, unknown> {
  return {
    PlaybackStatus: variant("s", status),
    Rate: variant("d", 1),
    Position: variant("x", BigInt(Math.round(seconds * 1_000_000))),
    Metadata: variant("a{sv}", {
      "mpris:trackid": variant("o", id),
      "mpris:length": variant("x", BigInt(length * 1_000_000)),
      "xesam:title": variant("s", title),
      "xesam:artist": variant("as", artist),
      "xesam:album": variant("s", album),
    }),
  };
}
