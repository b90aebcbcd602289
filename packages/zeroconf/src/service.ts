/** A kind of service, as DNS-SD writes it: `_osc._udp`. */
export type ServiceType = `_${string}._tcp` | `_${string}._udp`;

/** A service of this machine. */
export interface Service {
  /** For people. Dots become hyphens; at most 56 bytes of UTF-8. Where another program has it on this network, " (2)" is appended. */
  readonly name: string;
  readonly type: ServiceType;
  /** 1 to 65535. */
  readonly port: number;
  /** Each key with its value at most 255 bytes; 1000 bytes in all. */
  readonly txt?: Readonly<Record<string, string>>;
}

/** A service that was found on a network. */
export interface FoundService {
  readonly name: string;
  readonly type: ServiceType;
  /** Name of its machine, such as `stage.local`. */
  readonly host: string;
  readonly port: number;
  /** IPv4 addresses of its machine; where it names none, the one from which it was announced. */
  readonly addresses: readonly string[];
  readonly txt: Readonly<Record<string, string>>;
}

/** How far announcements and questions travel: to other programs of this machine only, or to the networks that it is part of. */
export type Reach = "machine" | "network";

/** Why a service cannot be announced; undefined when it can. */
export function faultOf({ name, type, port, txt = {} }: Service): string | undefined {
  const size = Buffer.byteLength(name);
  const entries = Object.entries(txt).map(([key, value]) => Buffer.byteLength(`${key}=${value}`) + 1);
  if (size === 0 || size > 56) return `the name of a service has 1 to 56 bytes, not ${size}: choose a shorter one`;
  if (!isServiceType(type)) return `"${String(type)}" is not a type of service: write it like _osc._udp`;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return `${port} is not a port: choose one from 1 to 65535`;
  if (entries.some((bytes) => bytes > 256) || entries.reduce((sum, bytes) => sum + bytes, 0) > 1000) return "the TXT values of a service are too long: 255 bytes each, 1000 in all";
  return undefined;
}

/** Whether a text is a type of service (RFC 6763: at most 15 letters, digits and hyphens). */
export function isServiceType(text: string): text is ServiceType {
  return /^_[a-z0-9-]{1,15}\._(?:tcp|udp)$/i.test(text);
}
