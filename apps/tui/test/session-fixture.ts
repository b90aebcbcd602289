import type { Commands } from "../src/rig/commands.ts";
import type { RigState, Wish } from "../src/rig/rig-state.ts";
import { checkedTargets } from "../src/rig/targets/target-change.ts";
import { createScreens } from "../src/screens/index.ts";
import { createSession } from "../src/session.ts";
import type { Session, SessionOptions } from "../src/session.ts";
import type { TelemetrySnapshot } from "../src/telemetry/snapshot.ts";
import { createKeyTable } from "../src/ui/key-table.ts";
import { noon, show } from "./rig-fixture.ts";

export interface TestSession {
  readonly session: Session;
  /** Commands and wishes in the order they were made: `restart hello`, `quit`. */
  readonly asked: string[];
  /** Texts that went into the clipboard. */
  readonly copied: readonly string[];
  /** What was sent to workers, as it was sent. */
  readonly wishes: readonly Wish[];
  /** What is known from now on. */
  know(rig: RigState, telemetry?: TelemetrySnapshot): void;
  /** The picture as rows without styles. */
  rows(): string[];
  text(): string;
  press(...keys: string[]): void;
}

/** A session in front of the show, 80×24 with colours by default. */
export function testSession(options: Partial<SessionOptions> & { columns?: number; rows?: number } = {}): TestSession {
  const { columns = 80, rows: height = 24 } = options;
  const screens = createScreens();
  const asked: string[] = [];
  const copied: string[] = [];
  const wishes: Wish[] = [];
  let rig: RigState = show.rig;
  let telemetry: TelemetrySnapshot = show.telemetry;
  const ask = (what: string): Promise<void> => {
    asked.push(what);
    return Promise.resolve();
  };
  const commands: Commands = {
    act: (verb, worker) => ask(`${verb} ${worker}`),
    startAll: () => ask("start all"),
    stopAll: () => ask("stop all"),
    restartAll: () => ask("restart all"),
    send: (wish) => {
      wishes.push(wish);
      return ask(`send ${wish.worker} ${wish.cmd} ${JSON.stringify(wish.args)}`);
    },
    look: (worker) => ask(`look ${worker}`),
    clearOsc: () => ask("clear osc"),
    targets: {
      change: (change, done) => {
        const { list } = rig.targets;
        const checked = list === undefined ? undefined : checkedTargets(list.targets, change);
        return ask(`targets ${done}: ${JSON.stringify(checked?.ok === true ? checked.targets : (checked?.message ?? "unknown"))}`);
      },
      test: (name) => ask(`test ${name}`),
      resend: (name) => ask(`resend ${name}`),
      sendOnce: ({ host, port }, bytes, what) => ask(`send ${what} to ${host}:${port}, ${bytes.byteLength} bytes`),
      stop: () => {},
      close: () => {},
    },
  };
  const session = createSession({
    screens,
    keys: createKeyTable(screens, "quit (workers run on)"),
    palette: { colour: true, ascii: false },
    keyboard: true,
    commands,
    rig: () => rig,
    telemetry: () => telemetry,
    size: () => ({ columns, rows: height }),
    now: () => noon,
    quit: () => void ask("quit"),
    redraw: () => void ask("redraw"),
    suspend: () => void ask("suspend"),
    pressedUs: () => 5_000_000,
    copy: (text) => void copied.push(text),
    say: (text) => void ask(`say ${text}`),
    ...options,
  });
  const rows = (): string[] => session.draw().rows.map(withoutStyles);
  return {
    session,
    asked,
    copied,
    wishes,
    know: (nextRig, nextTelemetry = telemetry) => {
      rig = nextRig;
      telemetry = nextTelemetry;
    },
    rows,
    text: () => rows().join("\n"),
    press: (...keys) => {
      for (const key of keys) session.press(key);
    },
  };
}

/** A row without the styles that this program paints. */
export function withoutStyles(row: string): string {
  return row.replace(/\u001b\[[\d;]*m/g, "");
}
