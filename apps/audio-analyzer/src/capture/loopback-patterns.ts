/** Names of devices that carry the machine's output. */
export interface LoopbackPattern {
  readonly platform: NodeJS.Platform;
  readonly name: RegExp;
  /**
   * The name alone does not mean a loopback: the sound server behind it must be set to record its default output
   * (`PULSE_SOURCE=@DEFAULT_MONITOR@`).
   */
  readonly monitor?: boolean;
}

const mac = [
  /^BlackHole 2ch/i,
  /^BlackHole 16ch/i,
  /^BlackHole 64ch/i,
  /BlackHole/i,
  /^Loopback Audio/i,
  /^VB-Cable/i,
  /^Soundflower \(2ch\)/i,
  /^Background Music/i,
  /^iShowU Audio Capture/i,
];

const linux = [/^Monitor of /i, /\.monitor$/i];

// Programs reach both servers through these two ALSA names; the server's own variable then selects the monitor.
const linuxServers = [/^pulse$/i, /^pipewire$/i];

const linuxCards = [/^Loopback: .*\(hw:\d+,1\)/i, /^hw:Loopback,1/i];

const windows = [
  /\[Loopback\]$/i,
  /^CABLE Output/i,
  /^VoiceMeeter Output/i,
  /^Voicemeeter Out B1/i,
  /^Stereo ?Mix/i,
  /^Mixagem est[ée]reo/i,
  /^Miks stereo/i,
  /^Mezcla est[ée]reo/i,
  /^Mixage st[ée]r[ée]o/i,
  /^Missaggio stereo/i,
];

/** Best first, per platform. Compared with the name only, because device numbers change from run to run. */
export const loopbackPatterns: readonly LoopbackPattern[] = [
  ...mac.map((name): LoopbackPattern => ({ platform: "darwin", name })),
  ...linux.map((name): LoopbackPattern => ({ platform: "linux", name })),
  ...linuxServers.map((name): LoopbackPattern => ({ platform: "linux", name, monitor: true })),
  ...linuxCards.map((name): LoopbackPattern => ({ platform: "linux", name })),
  ...windows.map((name): LoopbackPattern => ({ platform: "win32", name })),
];
