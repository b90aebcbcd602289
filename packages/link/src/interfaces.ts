import { networkInterfaces } from "node:os";

/** An IPv4 address of this machine. */
export interface LocalAddress {
  readonly name: string;
  readonly address: string;
  readonly netmask: string;
}

/**
 * IPv4 addresses of this machine, loopback too.
 * @param chosen names or addresses of interfaces; empty for all
 */
export function localAddresses(chosen: readonly string[] = []): LocalAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, address }) => family === "IPv4" && (chosen.length === 0 || chosen.includes(name) || chosen.includes(address)))
      .map(({ address, netmask }) => ({ name, address, netmask })),
  );
}

/** The own address whose network contains `remote`: the interface that it is reached on. */
export function addressToward(remote: string, own: readonly LocalAddress[]): LocalAddress | undefined {
  return own.find(({ address, netmask }) => (bits(address) & bits(netmask)) === (bits(remote) & bits(netmask)));
}

function bits(address: string): number {
  return address.split(".").reduce((sum, part) => (sum << 8) | Number(part), 0);
}
