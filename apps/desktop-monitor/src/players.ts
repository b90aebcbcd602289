import { setTimeout as delay } from "node:timers/promises";
import type { Candidate } from "@vj/playback";
import { mprisPath, mprisPrefix, playerInterface, propertiesInterface, placeIn, readPlayer, secondsOf } from "./mpris.ts";
import { isPlaying, seek } from "./player-state.ts";
import type { PlayerState } from "./player-state.ts";
import type { SessionBus, Signal } from "./session-bus.ts";
import { nothingShown, settle, settleMs } from "./settle.ts";
import type { Showing } from "./settle.ts";

const getAll = { path: mprisPath, interface: propertiesInterface, member: "GetAll", signature: "s", body: [playerInterface] };
/** A player that has not answered for this long no longer counts, ms: on a busy machine one answer may be late. */
const silentMs = 6000;
/** More players than this are a flood, not a desktop. */
const mostPlayers = 256;
/** Changes that come together are taken together, ms. */
const burstMs = 20;
/** A player that reports changes all the time is not asked more often than this, ms. */
const pauseMs = 50;
/** A player that does not answer is asked at growing intervals, up to this, ms: the bus keeps each unanswered question for ever. */
const longestWaitMs = 30_000;

interface Player {
  readonly name: string;
  /** Its connection, which its signals come from. */
  readonly owner: string;
  showing: Showing;
  /** When it answered last, ms of the monotonic clock. */
  answeredAt: number;
  /** An answer is awaited: a player that hangs is not asked again until then. */
  asking: boolean;
  /** It changed while an answer was awaited. */
  again: boolean;
  /** Questions in a row that it did not answer, and when it is asked again, ms of the monotonic clock. */
  silent: number;
  askAt: number;
}

/** The media players of the desktop, and what each of them plays. */
export class Players {
  readonly #bus: SessionBus;
  readonly #onChange: () => void;
  readonly #players = new Map<string, Player>();
  #burst: NodeJS.Timeout | undefined;

  constructor(bus: SessionBus, onChange: () => void) {
    this.#bus = bus;
    this.#onChange = onChange;
  }

  /** Listens to players that come, go and change. @throws BusError */
  async follow(): Promise<void> {
    await this.#bus.match(`type='signal',interface='${propertiesInterface}',member='PropertiesChanged',path='${mprisPath}'`);
    await this.#bus.match(`type='signal',interface='${playerInterface}',member='Seeked',path='${mprisPath}'`);
    await this.#bus.match("type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0namespace='org.mpris.MediaPlayer2'");
    await this.look();
  }

  /** Lists the players, and asks each without waiting for its answer. @throws BusError when the bus does not answer. */
  async look(): Promise<void> {
    const names = (await this.#bus.names()).filter((name) => name.startsWith(mprisPrefix)).slice(0, mostPlayers);
    for (const name of this.#players.keys()) if (!names.includes(name)) this.#players.delete(name);
    this.#change();
    const now = performance.now();
    for (const name of names) if (now >= (this.#players.get(name)?.askAt ?? 0)) void this.#refresh(name);
  }

  receive({ sender, path, interface: interfaceName, member, body }: Signal): void {
    if (member === "NameOwnerChanged") {
      const [name, , owner] = body;
      if (typeof name !== "string" || !name.startsWith(mprisPrefix)) return;
      this.#players.delete(name);
      if (owner === "") this.#change();
      else void this.#refresh(name);
      return;
    }
    const player = path === mprisPath ? [...this.#players.values()].find(({ owner }) => owner === sender) : undefined;
    if (player === undefined) return;
    const seconds = secondsOf(body[0]);
    if (interfaceName === playerInterface && member === "Seeked" && seconds !== undefined && (player.showing.next ?? player.showing.shown) !== undefined) {
      player.showing = sought(player.showing, seconds);
      this.#change();
    } else void this.#refresh(player.name);
  }

  /** The players as candidates of a decision, by their names on the bus. @param ignore short names that never count */
  candidates(ignore: readonly string[]): Candidate[] {
    const now = performance.now();
    return [...this.#players.values()]
      .filter(({ name }) => placeIn(ignore, name) < 0)
      .map(({ name, showing: { shown: state }, answeredAt }) => ({
        source: name,
        present: now - answeredAt < silentMs && state?.facts.track !== undefined && state.facts.status !== "stopped",
        playing: state !== undefined && isPlaying(state.facts),
        since: state?.since ?? 0,
      }));
  }

  state(name: string | undefined): PlayerState | undefined {
    return name === undefined ? undefined : this.#players.get(name)?.showing.shown;
  }

  get names(): string[] {
    return [...this.#players.keys()].sort();
  }

  #change(): void {
    if (this.#burst !== undefined) return;
    this.#burst = setTimeout(() => {
      this.#burst = undefined;
      this.#onChange();
    }, burstMs);
  }

  async #refresh(name: string): Promise<void> {
    await this.#ask(name);
    this.#change();
  }

  async #ask(name: string): Promise<void> {
    const known = this.#players.get(name);
    if (known?.asking === true) {
      known.again = true;
      return;
    }
    try {
      const player = known ?? { name, owner: await this.#bus.owner(name), showing: nothingShown, answeredAt: 0, asking: false, again: false, silent: 0, askAt: 0 };
      if (known === undefined) this.#players.set(name, player);
      await this.#askPlayer(player);
    } catch {
      // It is just ending.
    }
  }

  async #askPlayer(player: Player): Promise<void> {
    player.asking = true;
    try {
      for (;;) {
        player.again = false;
        const askedAt = performance.now();
        const [properties] = await this.#bus.call({ ...getAll, destination: player.name });
        player.answeredAt = performance.now();
        player.showing = settle(player.showing, readPlayer(properties), (askedAt + player.answeredAt) / 2);
        [player.silent, player.askAt] = [0, 0];
        if (!player.again) return this.#askOnceSettled(player);
        await delay(pauseMs);
      }
    } catch {
      // It is just ending, or hangs: `answeredAt` says for how long.
      player.silent += 1;
      player.askAt = performance.now() + Math.min(longestWaitMs, 500 * 2 ** Math.min(player.silent, 10));
    } finally {
      player.asking = false;
    }
  }

  #askOnceSettled(player: Player): void {
    if (player.showing.next === undefined) return;
    setTimeout(() => {
      if (this.#players.get(player.name) === player) void this.#refresh(player.name);
    }, settleMs);
  }
}

/** A jump is one in the track that the player has just begun, if it has. */
function sought({ shown, next, nextAt }: Showing, seconds: number): Showing {
  const now = performance.now();
  const moved = (state: PlayerState | undefined): PlayerState | undefined => (state === undefined ? undefined : seek(state, seconds, now));
  return next === undefined ? { shown: moved(shown), next, nextAt } : { shown, next: moved(next), nextAt };
}
