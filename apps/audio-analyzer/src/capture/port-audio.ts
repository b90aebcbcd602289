import type * as Naudiodon from "naudiodon";
import type { DeviceInfo } from "./device-info.ts";
import { gatherPortAudioFacts } from "./port-audio-facts.ts";
import { explainPortAudio } from "./port-audio-problem.ts";
import type { PortAudioProblem } from "./port-audio-problem.ts";

/** An input with its number in PortAudio, which changes between runs. */
export interface PortAudioDevice extends DeviceInfo {
  readonly id: number;
}

/** Frames per chunk: 5.8 ms at 44.1 kHz, the lowest latency without gaps in measurements. */
const chunkFrames = 256;

/** The native module; loaded only in the capture process, because it can crash its process. */
export interface PortAudio {
  /** The current inputs, without outputs. */
  inputs(): PortAudioDevice[];
  /**
   * Opens an input for 32-bit floats.
   * @throws Error when the device cannot be opened
   */
  open(device: PortAudioDevice, format: { channels: number; sampleRate: number }): Naudiodon.IoStreamRead;
}

/** The optional module is not installed, not built, or does not support this machine. */
export class PortAudioUnavailableError extends Error {
  override readonly name = "PortAudioUnavailableError";
  readonly problem: PortAudioProblem;

  constructor(problem: PortAudioProblem, cause: unknown) {
    super(problem.reason, { cause });
    this.problem = problem;
  }
}

/** @throws PortAudioUnavailableError with the reason and the next step */
export async function loadPortAudio(): Promise<PortAudio> {
  const { AudioIO, SampleFormatFloat32, getDevices, getHostAPIs } = await import("naudiodon").catch((error: unknown) => {
    throw new PortAudioUnavailableError(explainPortAudio(gatherPortAudioFacts(error)), error);
  });
  return {
    inputs() {
      const { HostAPIs, defaultHostAPI } = getHostAPIs();
      const defaultInput = HostAPIs[defaultHostAPI]?.defaultInput;
      return getDevices()
        .filter((device) => device.maxInputChannels > 0)
        .map((device) => ({
          id: device.id,
          name: device.name,
          hostApi: device.hostAPIName,
          channels: device.maxInputChannels,
          sampleRate: device.defaultSampleRate,
          isDefault: device.id === defaultInput,
        }));
    },
    open(device, { channels, sampleRate }) {
      return AudioIO({
        inOptions: {
          deviceId: device.id,
          channelCount: channels,
          sampleRate,
          sampleFormat: SampleFormatFloat32,
          framesPerBuffer: chunkFrames,
          // A read waits for exactly this many bytes: with the default, chunks arrive only 21 times a second.
          highwaterMark: chunkFrames * channels * Float32Array.BYTES_PER_ELEMENT,
          // Adds no latency, and a full queue would block PortAudio's own thread.
          maxQueue: 64,
          // One overflow must not end the stream.
          closeOnError: false,
        },
      });
    },
  };
}
