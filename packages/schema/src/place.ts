import { z } from "zod";
import { hostFault, plainHost } from "./host.ts";

/** A receiver: a name or an address as it is resolved, and a port from 1 to 65535. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** A place that could be read, or what is wrong with it: the end of a sentence about it. */
export type ReadPlace = { readonly ok: true; readonly place: HostAndPort } | { readonly ok: false; readonly fault: string };

/** Reads `host:port`, the form in all settings, arguments and fields. An IPv6 host stands in brackets. */
export function readPlace(text: string): ReadPlace {
  const { host, port } = /^(?<host>\[[^\]]*\]|[^:]*):(?<port>[^:]*)$/.exec(text)?.groups ?? {};
  if (host === undefined || port === undefined) {
    const bare = withoutPort(text);
    return { ok: false, fault: bare === undefined ? "write host:port, for example 127.0.0.1:9000" : `an IPv6 address stands in brackets, before its port: ${bare}` };
  }
  const fault = hostFault(host);
  if (fault !== undefined) return { ok: false, fault: host === "" ? "write host:port, for example 127.0.0.1:9000" : fault };
  const number = /^\d+$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535) return { ok: false, fault: `the port is a number from 1 to 65535, not "${port}"` };
  return { ok: true, place: { host: plainHost(host), port: number } };
}

/** What an IPv6 address without brackets most likely means, with a port; undefined when it is not one. */
function withoutPort(text: string): string | undefined {
  const [, host = "", port = ""] = /^(.*:.*):(\d+)$/.exec(text) ?? [];
  if (host.includes(":") && hostFault(host) === undefined) return `[${host}]:${port}`;
  return text.split(":").length > 2 && hostFault(text) === undefined ? `[${text}]:9000` : undefined;
}

/** `host:port` in settings. */
export const placeSchema = z.string().max(300).superRefine((text, context) => {
  const read = readPlace(text);
  if (!read.ok) context.addIssue({ code: "invalid_format", format: "place", message: read.fault });
});
