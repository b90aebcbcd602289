/** Every size and time-out of the contract, named once. Sizes in bytes, times in milliseconds unless the name says otherwise. */
export const limits = {
  /** Longest JSON payload of one frame; a longer one ends its connection. */
  frameBytes: 1_048_576,
  /** Unsent bytes queued for one slow reader before it is disconnected. */
  queuedBytes: 4 * 1_048_576,
  /** Clients that one control socket serves at most; fewer where the process may open only few descriptors. */
  connections: 2000,
  /** Clients that are served even if the limit of descriptors would allow fewer. */
  fewestConnections: 16,

  /** Longest `msg_id`, in characters. */
  msgIdCharacters: 256,
  /** Longest name of a command or of an object that a command names, in characters. */
  nameCharacters: 100,
  /** Longest text of a reply or an error, in characters; a longer one is cut. */
  textCharacters: 2000,
  /** Faults listed in one refusal; further ones are only counted. */
  namedFaults: 8,
  /** Deepest nesting of one message. */
  messageDepth: 32,
  /** Fields and list elements of one message to a worker: about 10 ms of validation at worst. */
  messageValues: 4096,
  /** Fields and list elements of one reply; a debugger answers with a thousand OSC messages. */
  replyValues: 200_000,
  /** A frame above this size waits for its turn: one per `largeFrameMs` in a process. */
  largeFrameBytes: 65_536,
  largeFrameMs: 100,
  /** Large frames that wait at once; further ones are refused `busy`. A client waits 2 s for its reply. */
  largeFramesWaiting: 20,
  /** A frame must be complete this long after its first byte. */
  halfFrameMs: 5000,
  /** Queued bytes that a peer does not read for this long end its connection. */
  unreadMs: 30_000,
  /** Received bytes that all connections of a process hold together before the largest holder is disconnected. */
  heldBytes: 16 * 1_048_576,
  /** The same for unsent bytes. */
  unsentBytes: 8 * 1_048_576,
  /** Commands of one connection that run or wait at once; further ones are refused `busy`. */
  pendingCommands: 256,
  /** Subscriptions of one connection; the telemetry sender limits their total. */
  subscriptionsPerConnection: 16,
  /** JSON of all settings of a worker; its `get_state` must fit in a frame together with them. */
  settingsBytes: 65_536,
  /** Longest text in a setting, in characters. */
  settingCharacters: 4096,
  /** JSON of the `stats` of a heartbeat. */
  statsBytes: 65_536,
  /** Interval between two reports of the same kind of problem. */
  problemMs: 10_000,
  /** Unix socket paths longer than this are cut silently by some systems, so we refuse them. */
  socketPathBytes: 103,
  /** Largest datagram we send: one Ethernet frame, so nothing is fragmented. */
  datagramBytes: 1472,
  /** Receive buffer a telemetry receiver asks for. */
  receiveBufferBytes: 8 * 1_048_576,

  connectMs: 1000,
  /** A discovery probe is a real `get_state`; silence longer than this marks a worker unresponsive. */
  probeMs: 1000,
  replyMs: 2000,
  /** Reply time of a `set_config` or `restart` that reinitialises something. */
  slowReplyMs: 5000,
  registerMs: 500,
  rescanMs: 5000,
  statePollMs: 2000,
  heartbeatMs: 5000,
  /** No heartbeat for this long: unhealthy. */
  heartbeatLateMs: 15_000,
  /** No heartbeat for this long: restart. */
  heartbeatLostMs: 30_000,
  /** How soon a worker notices that its socket file vanished (it must listen again within 5 s). */
  socketCheckMs: 1000,
  /** SIGTERM, then this long, then SIGKILL. */
  stopMs: 5000,

  pingMs: 1000,
  /** No answer to a ping for this long: unhealthy. */
  pingLateMs: 3000,
  /** No answer to a ping for this long: killed and restarted. */
  pingLostMs: 10_000,
  /** Delay before restart n of an incident; the last value repeats. */
  restartDelaysMs: [0, 1000, 2000, 4000, 8000, 16_000, 30_000],
  /** More restarts than this within `restartWindowMs` means `failed`. */
  restartBudget: 5,
  restartWindowMs: 60_000,
  /** This long without a fault clears the budget. */
  healthyMs: 60_000,
  /** A failed worker is tried again this often. */
  retryFailedMs: 60_000,

  /** State addresses are sent again to a subscriber this often. */
  stateResendMs: 10_000,
  /** Rate of the frame clock, per second. */
  framesPerSecond: 60,

  debuggerMessages: 1000,
  debuggerLogs: 500,
} as const;

/** Version of the control protocol, carried by `register`, `heartbeat` and `get_state`. */
export const protocolVersion = 1;
