import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { spawnProcess, tempDir, waitFor } from "@vj/test-kit";
import type { CapabilityName, TestProcess } from "@vj/test-kit";

const run = promisify(execFile);

/** The programs of `startSoundServer`. */
export const soundServerNeeds: readonly CapabilityName[] = ["pulseaudio", "pactl", "pacat"];

/** Makes ALSA, and with it PortAudio, use only this server. */
const alsaConfig = `
pcm.vjcable { type pulse hint { show on description "VJ cable" } }
pcm.!default { type pulse hint { show on } }
`;

/** A sound server of one test, with one sink that plays to no device. */
export interface SoundServer extends AsyncDisposable {
  /** Variables with which programs find only this server. */
  readonly env: Record<string, string>;
  /** The server's process; a new one after `restart`. */
  readonly pid: number;
  /** Plays raw stereo floats until it is stopped, or to the end. @param sink default "vj" */
  play(samples: Float32Array, sink?: string): TestProcess;
  control(...args: string[]): Promise<string>;
  /** Adds one more device to ALSA and PortAudio. */
  plugIn(name: string): void;
  kill(signal: NodeJS.Signals): void;
  /** Restarts it after it was killed. */
  restart(): Promise<void>;
}

/** @param pulseDevice also provide a device named "pulse", as on a desktop */
export async function startSoundServer({ pulseDevice = false } = {}): Promise<SoundServer> {
  const dir = tempDir();
  mkdirSync(dir.join("run"), { mode: 0o700 });
  mkdirSync(dir.join("home"));
  writeFileSync(dir.join("asound.conf"), pulseDevice ? `${alsaConfig}pcm.pulse { type pulse hint { show on } }\n` : alsaConfig);
  const env = {
    XDG_RUNTIME_DIR: dir.join("run"),
    HOME: dir.join("home"),
    PULSE_SERVER: `unix:${dir.join("run", "pulse", "native")}`,
    ALSA_CONFIG_PATH: dir.join("asound.conf"),
    DBUS_SESSION_BUS_ADDRESS: "disabled:",
  };
  const control = async (...args: string[]): Promise<string> =>
    (await run("pactl", args, { env: { ...process.env, ...env }, timeout: 5000 })).stdout;
  const open = async (): Promise<TestProcess> => {
    const started = spawnProcess(
      "pulseaudio",
      [
        ...["-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--use-pid-file=no"],
        ...["-L", "module-native-protocol-unix"],
        ...["-L", "module-null-sink sink_name=vj rate=44100 channels=2"],
      ],
      env,
    );
    await waitFor("the sound server", async () => (await control("info")).includes("Default Sink: vj"));
    return started;
  };
  let server = await open();
  const players = new Set<TestProcess>();

  return {
    env,
    get pid() {
      return server.pid;
    },
    control,
    play(samples, sink = "vj") {
      const file = dir.join(`play-${players.size}.raw`);
      writeFileSync(file, new Uint8Array(samples.buffer));
      const player = spawnProcess(
        "pacat",
        ["--playback", "--raw", "--format=float32le", "--rate=44100", "--channels=2", "--latency-msec=20", "-d", sink, file],
        env,
      );
      players.add(player);
      return player;
    },
    plugIn: (name) => appendFileSync(dir.join("asound.conf"), `pcm.${name} { type pulse hint { show on description "${name}" } }\n`),
    kill: (signal) => void process.kill(server.pid, signal),
    async restart() {
      await server.kill();
      server = await open();
    },
    async [Symbol.asyncDispose]() {
      for (const player of players) await player.kill();
      await server.kill();
      dir.remove();
    },
  };
}
