// Layout, in reading order:
//   request      one question, bounded in time and size
//   http-error   what went wrong on the way
//   retry-after  how long a service wants to be left alone
export * from "./request.ts";
export * from "./http-error.ts";
export * from "./retry-after.ts";
