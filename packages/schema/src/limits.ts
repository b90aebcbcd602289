export { limits, protocolVersion } from "@vj/contract";
