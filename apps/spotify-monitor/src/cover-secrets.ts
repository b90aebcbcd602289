import { secretShown } from "@vj/worker";

/** A foreign text with the secrets covered: a service may answer with what it was sent. @param secrets empty ones are left out */
export function coverSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== "").reduce((covered, secret) => covered.replaceAll(secret, secretShown), text);
}
