import { median } from "@vj/schema";
import type { Endpoint } from "./discovery-message.ts";
import { encodePing } from "./measurement-message.ts";
import type { Pong } from "./measurement-message.ts";

/** A series of pings to one peer that finds the offset of its session. All times in microseconds of host time. */
export interface Measurement {
  readonly nodeId: string;
  readonly sessionId: string;
  readonly to: Endpoint;
  readonly samples: readonly Sample[];
  /** Host time in the last ping; a pong to an earlier one is ignored. */
  readonly sentAt: number;
  readonly previousSessionTime?: number;
  /** Pings in a row without an answer. */
  readonly unanswered: number;
}

interface Sample {
  readonly offset: number;
  readonly roundTrip: number;
}

/** What to do after a pong or a silence: send `ping`, or the series is over. */
export type MeasurementStep =
  | { readonly type: "continues"; readonly measurement: Measurement; readonly ping: Buffer }
  | { readonly type: "done"; readonly offset: number }
  | { readonly type: "failed" };

const wantedSamples = 100;
// Two thirds of the fastest: enough for a median, and none that waited in a queue.
const keptShare = 2 / 3;
const answerMicros = 100_000;
const mostUnanswered = 5;
// On a network that loses a third of all datagrams no series is ever whole; so many samples are as good.
const enoughSamples = 16;

/** The first ping of a series to a peer. */
export function startMeasurement(nodeId: string, sessionId: string, to: Endpoint, now: number): MeasurementStep {
  return sendPing({ nodeId, sessionId, to, samples: [], sentAt: now, unanswered: 0 }, now);
}

/**
 * Takes an answer. Each gives two samples of (session time − host time): one from the ping's round trip, one from the way
 * of the pong before and of this ping, which sees an asymmetry of the two ways from the other side.
 * @returns undefined for a pong that does not belong to this series
 */
export function takePong(measurement: Measurement, pong: Pong, now: number): MeasurementStep | undefined {
  const { sentAt, previousSessionTime, sessionId } = measurement;
  if (pong.hostTime !== sentAt || pong.sessionId !== sessionId) return undefined;
  const roundTrip = now - sentAt;
  const samples = [...measurement.samples, { offset: pong.sessionTime - (sentAt + now) / 2, roundTrip }];
  if (previousSessionTime !== undefined && pong.previousSessionTime === previousSessionTime) {
    samples.push({ offset: (previousSessionTime + pong.sessionTime) / 2 - sentAt, roundTrip: pong.sessionTime - previousSessionTime });
  }
  if (samples.length >= wantedSamples) return { type: "done", offset: medianOffset(samples) };
  return sendPing({ ...measurement, samples, previousSessionTime: pong.sessionTime, unanswered: 0 }, now);
}

/** Asks again after a silence. @returns undefined while the answer may still come */
export function checkSilence(measurement: Measurement, now: number): MeasurementStep | undefined {
  if (now - measurement.sentAt < answerMicros) return undefined;
  const unanswered = measurement.unanswered + 1;
  if (unanswered >= mostUnanswered) {
    const { samples } = measurement;
    return samples.length >= enoughSamples ? { type: "done", offset: medianOffset(samples) } : { type: "failed" };
  }
  // The pong before is too long ago to be half of a sample.
  const { previousSessionTime: _, ...rest } = measurement;
  return sendPing({ ...rest, unanswered }, now);
}

function sendPing(measurement: Measurement, now: number): MeasurementStep {
  const { previousSessionTime } = measurement;
  // As the peer returns it: the wire has whole microseconds.
  const sentAt = Math.round(now);
  const ping = encodePing({ hostTime: sentAt, ...(previousSessionTime === undefined ? {} : { previousSessionTime }) });
  return { type: "continues", measurement: { ...measurement, sentAt }, ping };
}

function medianOffset(samples: readonly Sample[]): number {
  const fastest = samples.toSorted((a, b) => a.roundTrip - b.roundTrip).slice(0, Math.ceil(samples.length * keptShare));
  return median(fastest.map(({ offset }) => offset));
}
