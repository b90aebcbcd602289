import { z } from "zod";

const ipv6 = z.ipv6();
/** fe80::/10, and multicast on the link. */
const linkLocal = /^(?:fe[89ab][\da-f]:|ff[\da-f]2:)/i;
/** A text of numbers alone is an IPv4 address, as the resolver of the system takes it, and never a name. */
const numeric = /^(?:\d+|0x[\da-f]+)(?:\.(?:\d+|0x[\da-f]+))*\.?$/i;
const fourNumbers = "an IPv4 address has four numbers from 0 to 255, such as 192.168.1.20";

/**
 * What is wrong with the host of a receiver; undefined for a name or an address. An IPv6 address may stand in brackets. Accepted is what the
 * resolver of the system accepts, but for two forms of IPv4 that are more often mistakes: fewer than four numbers, unless they lead to this
 * machine (`127.1`), and leading zeros.
 */
export function hostFault(host: string): string | undefined {
  if (host === "" || /[\p{C}\s]/u.test(host)) return "write a name or an address, without blanks";
  if (host.includes("://")) return "write the name or the address alone, without what ends in ://";
  if (/^[^:]+:\d+$/.test(host) || /^\[.*\]:\d+$/.test(host)) return "write the name or the address alone, and the port as port";
  if (/[/\\@?#]/.test(host)) return "write a name or an address, such as 192.168.1.20";
  const bare = withoutBrackets(host);
  if (bare === host && isNumeric(host)) return ipv4Fault(host);
  // The interface follows a percent sign.
  if (linkLocal.test(bare) && !bare.includes("%")) return `an address of the local link needs its interface: ${bare}%eth0`;
  if (bare !== host || host.includes(":")) return ipv6.safeParse(bare.replace(/%[^%]+$/, "")).success ? undefined : "write an IPv6 address, such as fe80::1%eth0, or a name";
  const labels = host.replace(/\.$/, "").split(".");
  if (labels.includes("")) return "a part of the name between two dots is missing";
  return labels.some((label) => label.length > 63) ? "a part of a name has at most 63 characters" : undefined;
}

/**
 * A host as it is resolved and compared: without the brackets of an IPv6 address, in small letters, an IPv4 address with four numbers whatever
 * its form, `localhost` without a dot behind it.
 */
export function plainHost(host: string): string {
  const bare = withoutBrackets(host);
  const [address = "", ...zone] = bare.split("%");
  if (zone.length > 0) return `${address.toLowerCase()}%${zone.join("%")}`;
  const mapped = /^::ffff:(?:([\d.]+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i.exec(bare);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (mapped !== null) return dotted(Number.parseInt(mapped[2] ?? "", 16) * 65_536 + Number.parseInt(mapped[3] ?? "", 16));
  const ip = isNumeric(bare) ? ipv4Number(bare) : undefined;
  if (ip !== undefined) return dotted(ip);
  const name = bare.toLowerCase();
  return name === "localhost." ? "localhost" : name;
}

/** A host in settings and arguments. */
export const hostSchema = z.string().max(255).superRefine((host, context) => {
  const message = hostFault(host);
  if (message !== undefined) context.addIssue({ code: "invalid_format", format: "host", message });
});

function withoutBrackets(host: string): string {
  return /^\[(.*)\]$/.exec(host)?.[1] ?? host;
}

function isNumeric(host: string): boolean {
  return numeric.test(host);
}

function ipv4Fault(host: string): string | undefined {
  if (host.split(".").some((part) => /^0\d/.test(part))) return `${fourNumbers}; without leading zeros, which some systems take for octal numbers`;
  const ip = ipv4Number(host);
  if (ip === undefined) return fourNumbers;
  const isFull = /^\d+\.\d+\.\d+\.\d+$/.test(host);
  return isFull || dotted(ip).startsWith("127.") ? undefined : `${fourNumbers}; ${host} stands for ${dotted(ip)}`;
}

/** The 32 bits of an IPv4 address: up to four numbers, decimal or with 0x, of which the last fills what is left (inet_aton). */
function ipv4Number(host: string): number | undefined {
  const parts = host.split(".");
  if (parts.length > 4 || !parts.every((part) => /^(?:\d+|0x[\da-f]+)$/i.test(part))) return undefined;
  const numbers = parts.map(Number);
  const last = numbers.pop() ?? 0;
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  return numbers.reduce((sum, number, index) => sum + number * 256 ** (3 - index), last);
}

function dotted(ip: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(ip / 2 ** bits) % 256).join(".");
}
