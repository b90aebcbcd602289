// `pd-peer.mjs <our port> <its port>`: Pure Data with pd-peer.pd; prints its own port, then the address of each message that comes. Pure Data
// takes addresses apart and says not where they end: every word "text" that is sent is a value, and an address is printed without it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const [ours = "", own = ""] = process.argv.slice(2);
const pd = spawn("pd", ["-nogui", "-noaudio", "-nomidi", "-noprefs", "-stderr", "-open", `${import.meta.dirname}/pd-peer.pd`, "-send", `; own ${own}; ours ${ours}`], { stdio: ["ignore", "ignore", "pipe"] });
process.on("SIGTERM", () => {
  pd.kill();
  process.exit();
});

/** Words of the message, up to its first number. @type {string[]} */
let words = [];
let isAddress = true;
createInterface({ input: pd.stderr }).on("line", (line) => {
  const [, kind = "", value = ""] = /^(PORT|S|F|END): ?(?:symbol )?(.*)/.exec(line) ?? [];
  if (kind === "PORT") console.log(`PORT ${value}`);
  if (kind === "F") isAddress = false;
  if (kind === "S" && isAddress) words.push(value);
  if (kind !== "END") return;
  do console.log(`GOT [/${words.join("/")}`);
  while (words.length > 1 && words.pop() === "text");
  words = [];
  isAddress = true;
});
