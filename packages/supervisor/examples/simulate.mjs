// A worker that exits 100 ms after each start, for three minutes of virtual time: prints when it is tried.
import { initialState, phaseOf, transition } from "@vj/supervisor";

let state = initialState(true);
const agenda = [{ at: 0, event: { type: "start" } }];

for (let next = agenda.shift(); next !== undefined && next.at < 180_000; next = agenda.shift()) {
  const { at, event } = next;
  const step = transition(state, event, at);
  state = step.state;
  for (const effect of step.effects) {
    if (effect.type === "wake-at") agenda.push({ at: effect.at, event: { type: "tick" } });
    if (effect.type === "log") console.log(`${(at / 1000).toFixed(1).padStart(6)} s  ${phaseOf(state).padEnd(8)} ${effect.message}`);
    if (effect.type !== "spawn") continue;
    agenda.push({ at: at + 100, event: { type: "exited", incarnation: effect.incarnation, code: 1, signal: null } });
  }
  agenda.sort((a, b) => a.at - b.at);
}
