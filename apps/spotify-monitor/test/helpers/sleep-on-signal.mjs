// Makes a process believe that its machine was suspended for an hour whenever it gets SIGUSR2: the clock of the wall goes on, the
// monotonic one does not.
const hourMs = 3_600_000;
const now = Date.now;
let slept = 0;
Date.now = () => now() + slept;
process.on("SIGUSR2", () => (slept += hourMs));
