import { z } from "zod";

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const ipv6 = z.ipv6();
/** fe80::/10, and multicast on the link. */
const linkLocal = /^(?:fe[89ab][\da-f]:|ff[\da-f]2:)/i;

/** What is wrong with the host of a receiver; undefined for a name or an address. An IPv6 address may stand in brackets. */
export function hostFault(host: string): string | undefined {
  if (host.includes("://")) return "write the name or the address alone, without what ends in ://";
  if (/^[^:]+:\d+$/.test(host) || /^\[.*\]:\d+$/.test(host)) return "write the name or the address alone, and the port as port";
  if (/[/\\@?#]/.test(host)) return "write a name or an address, such as 192.168.1.20";
  if (/^[\d.]+$/.test(host)) return ipv4.test(host) ? undefined : "an IPv4 address has four numbers from 0 to 255, such as 192.168.1.20";
  const bare = plainHost(host);
  // The interface follows a percent sign.
  if (linkLocal.test(bare) && !bare.includes("%")) return `an address of the local link needs its interface: ${bare}%eth0`;
  if (bare !== host || host.includes(":")) return ipv6.safeParse(bare.replace(/%[^%]+$/, "")).success ? undefined : "write an IPv6 address, such as fe80::1%eth0, or a name";
  return undefined;
}

/** A host without the brackets that an IPv6 address may have. */
export function plainHost(host: string): string {
  return /^\[(.*)\]$/.exec(host)?.[1] ?? host;
}

/** `host:port`; an IPv6 address stands in brackets. */
export function placeText({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
