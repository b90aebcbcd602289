import type { FullPacket } from "multicast-dns";

/** A record of DNS. */
export type Answer = NonNullable<FullPacket["answers"]>[number];
/** The record of a service's place: host and port. */
export type Place = Extract<Answer, { type: "SRV" }>;
export type Question = NonNullable<FullPacket["questions"]>[number];

/** A packet that came. */
export interface Packet {
  readonly type: "query" | "response";
  readonly id: number;
  readonly questions: readonly Question[];
  /** All records of a response, in whichever part they stood. */
  readonly records: readonly Answer[];
}

/** A packet to send. */
export interface Outgoing {
  readonly type: "query" | "response";
  /** Of the query that it answers, for those who need it. */
  readonly id?: number;
  readonly questions?: Question[];
  readonly answers?: Answer[];
  readonly additionals?: Answer[];
}
