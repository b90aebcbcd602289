// Layout, in reading order:
//   request      one request, for text or for bytes, bounded in time and size
//   http-error   the fault of a request
//   retry-after  how long a service asks callers to wait
export * from "./request.ts";
export * from "./http-error.ts";
export * from "./retry-after.ts";
