import { decode } from "@vj/telemetry";
import type { OscMessage, OscValue } from "@vj/telemetry";
import { readAddress } from "./address.ts";
import type { RemoteAddress } from "./address.ts";
import type { RemoteValue } from "./convert.ts";
import { replyAddress } from "./reply.ts";

/** Longest datagram that is read; a command has a few hundred bytes. */
const longestDatagram = 2048;
/** Messages of one bundle that are read. */
const bundledMessages = 16;
/** Types of values that commands take: numbers, texts, flags. */
const takenTags = /^[ifdhsSTF]*$/;

/** One message of a datagram: a command, or why it cannot be read as one. */
export interface Request {
  /** As it was sent. */
  readonly sentTo: string;
  readonly command: { readonly address: RemoteAddress; readonly values: readonly RemoteValue[] } | { readonly fault: string };
}

/**
 * The commands in a datagram; undefined when it is not OSC, or too long. Answers (`/vj/reply`) are left out: otherwise two remotes would
 * answer each other for ever. `left` is the number of messages beyond those that are read. Never throws.
 */
export function readRequests(datagram: Uint8Array): { readonly requests: readonly Request[]; readonly left: number } | undefined {
  const decoded = datagram.byteLength > longestDatagram ? undefined : decode(datagram);
  if (decoded === undefined || !decoded.ok) return undefined;
  const messages = decoded.messages.filter(({ address }) => address !== replyAddress);
  return { requests: messages.slice(0, bundledMessages).map(readRequest), left: Math.max(0, messages.length - bundledMessages) };
}

function readRequest(message: OscMessage): Request {
  const address = readAddress(message.address);
  const values = valuesOf(message);
  const sentTo = message.address;
  if (address === undefined) return { sentTo, command: { fault: "the address is not understood; use /vj/<worker>/<command>" } };
  if (values === undefined) return { sentTo, command: { fault: "takes numbers, texts and flags only" } };
  return { sentTo, command: { address, values } };
}

function valuesOf({ tags, args }: OscMessage): readonly RemoteValue[] | undefined {
  if (!takenTags.test(tags)) return undefined;
  const values = args.filter(isRemoteValue);
  return values.length === args.length ? values : undefined;
}

function isRemoteValue(value: OscValue): value is RemoteValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}
