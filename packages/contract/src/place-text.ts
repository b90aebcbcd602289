/** `host:port`; an IPv6 address stands in brackets. */
export function placeText({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
