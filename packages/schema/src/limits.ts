/** Every size and time-out of the contract, named once. Sizes in bytes, times in milliseconds unless the name says otherwise. */
export const limits = {
  /** Longest JSON payload of one frame; a longer one ends its connection. */
  frameBytes: 1_048_576,
  /** Unsent bytes queued for one slow reader before it is disconnected. */
  queuedBytes: 4 * 1_048_576,
  /** Clients that one control socket serves; more are turned away, so that there are descriptors left to work with. */
  connections: 2000,
  /** Problems of the same kind are told this often. */
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
  /** For a `set_config` or `restart` that reinitialises something. */
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
