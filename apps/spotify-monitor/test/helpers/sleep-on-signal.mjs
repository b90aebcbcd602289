// Makes a process believe that its machine was suspended for an hour whenever it gets SIGUSR2: the time of day and that since the machine was
// started go on, the clock of the process does not.
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

const hourMs = 3_600_000;
const { now } = Date;
const { uptime } = os;
let slept = 0;
Date.now = () => now() + slept;
os.uptime = () => uptime() + slept / 1000;
syncBuiltinESMExports();
process.on("SIGUSR2", () => (slept += hourMs));
