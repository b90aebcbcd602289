/** One end of a connection as `address:port`; an IPv4 address looks the same to a program that listens on all addresses of IPv6. */
export function placeOf(address = "", port = 0): string {
  return `${address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address}:${port}`;
}
