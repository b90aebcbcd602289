/** Longest packet of multicast DNS, bytes (RFC 6762, 17). */
const mostBytes = 9000;
/** What is read in one second; a network of a hundred devices sends a tenth of it. */
const perSecond = { packets: 300, bytes: 262_144 };

/** Decides which packets are read, so that a flood costs little. @returns undefined, or why one is left out. @param now ms of a steady clock */
export function createPacketBudget(): (bytes: number, now: number) => string | undefined {
  let second = Number.NEGATIVE_INFINITY;
  let read = { packets: 0, bytes: 0 };
  return (bytes, now) => {
    if (bytes > mostBytes) return `packets of more than ${mostBytes} bytes are left out`;
    if (now - second >= 1000) [second, read] = [now, { packets: 0, bytes: 0 }];
    if (read.packets >= perSecond.packets || read.bytes + bytes > perSecond.bytes) return "more packets arrive than are read: some are left out";
    read = { packets: read.packets + 1, bytes: read.bytes + bytes };
    return undefined;
  };
}
