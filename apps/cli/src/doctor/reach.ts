import { lookup } from "node:dns/promises";
import { isIP, isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

/** Who gets what is sent to a host. */
export type Reach =
  /** A program of this machine, which listens on this address or on all. */
  | { readonly kind: "here"; readonly address: string }
  /** Every machine of a network, or every one that has joined a group. */
  | { readonly kind: "broadcast" | "multicast" }
  | { readonly kind: "elsewhere" };

type Interfaces = ReturnType<typeof networkInterfaces>;

/** Who gets what is sent to a host. A name that cannot be resolved is elsewhere. Never throws. */
export async function reachOf(host: string, interfaces: Interfaces = networkInterfaces()): Promise<Reach> {
  const address = await addressOf(host);
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  if (address === undefined) return { kind: "elsewhere" };
  if (isMulticast(address)) return { kind: "multicast" };
  if (address === "255.255.255.255" || addresses.some((one) => one.family === "IPv4" && broadcastOf(one.address, one.netmask) === address)) return { kind: "broadcast" };
  const plain = address.replace(/%.*$/, "");
  // Sent to "any address", a datagram stays on this machine.
  if (isAny(plain) || isLoopback(plain) || addresses.some((one) => one.address === plain)) return { kind: "here", address: isAny(plain) ? loopbackLike(plain) : address };
  return { kind: "elsewhere" };
}

async function addressOf(host: string): Promise<string | undefined> {
  if (isIP(host) !== 0) return host;
  try {
    return (await lookup(host, { verbatim: false })).address;
  } catch {
    // The workers report a name that cannot be resolved.
    return undefined;
  }
}

const isAny = (address: string): boolean => address === "0.0.0.0" || address === "::";
const loopbackLike = (address: string): string => (isIPv4(address) ? "127.0.0.1" : "::1");
const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

function isMulticast(address: string): boolean {
  if (!isIPv4(address)) return /^ff/i.test(address);
  const first = Number(address.split(".")[0]);
  return first >= 224 && first < 240;
}

/** The address of all machines of a network; undefined where the network has one machine or two. */
function broadcastOf(address: string, netmask: string): string | undefined {
  const mask = netmask.split(".").map(Number);
  if ((mask[3] ?? 255) >= 254) return undefined;
  return address.split(".").map((part, index) => (Number(part) & (mask[index] ?? 255)) | (~(mask[index] ?? 255) & 255)).join(".");
}
