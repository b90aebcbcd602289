import { SocketAddress, isIP, isIPv4, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

/**
 * Whether a host is this machine: `localhost`, a loopback address, or the address of one of its network interfaces.
 * @param host as `plainHost` writes it
 */
export function isOwnAddress(host: string): boolean {
  if (host === "localhost") return true;
  if (isIP(host) === 0) return false;
  if (isIPv4(host) && host.startsWith("127.")) return host !== "127.255.255.255";
  const plain = isIPv6(host) ? new SocketAddress({ address: host, family: "ipv6" }).address : host;
  return plain === "::1" || Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === plain));
}
