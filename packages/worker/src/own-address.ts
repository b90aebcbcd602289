import { isIP, isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

/** Whether a host is this machine: `localhost`, a loopback address, or the address of one of its network interfaces. */
export function isOwnAddress(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  if (isIP(host) === 0) return false;
  if (isIPv4(host) && host.startsWith("127.")) return host !== "127.255.255.255";
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host));
}
