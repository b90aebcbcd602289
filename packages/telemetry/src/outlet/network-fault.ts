import { networkInterfaces } from "node:os";
import { messageOf } from "@vj/contract";

/** Groups of IPv4 and IPv6, and the broadcast address of every network. */
const group = /^(?:2(?:2[4-9]|3\d)\.|255\.255\.255\.255$|ff)/i;

/**
 * A fault of the resolver or of a socket in words, with what helps; other errors as they are. The code of the system stands behind it.
 * @param host the receiver as it was given
 */
export function networkFault(error: unknown, host: string): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words = wordsOf(code, host);
  return words === undefined ? messageOf(error) : `${words} (${code})`;
}

function wordsOf(code: string, host: string): string | undefined {
  const zone = host.split("%")[1];
  const known = Object.keys(networkInterfaces());
  switch (code) {
    case "EINVAL":
    case "ENODEV":
    case "ENXIO":
      return zone === undefined || known.includes(zone) ? undefined : `this machine has no interface ${zone}; it has ${known.join(", ")}`;
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "EADDRNOTAVAIL":
    case "ENETDOWN":
      if (group.test(host)) return "this machine is in no network that takes what goes to a group or to all: connect it, or add a default route";
      return "this machine has no way to it: connect both to one network, or correct the address";
    case "ENOTFOUND":
    case "ENODATA":
      return "its name is not known: correct it, or write its address";
    case "EAI_AGAIN":
    case "EAI_FAIL":
      return "its name cannot be resolved now: check the network, or write its address";
    case "EACCES":
    case "EPERM":
      return "the system does not permit it: see its firewall";
    case "EMSGSIZE":
      return "a datagram is too long for this network";
    default:
      return undefined;
  }
}
