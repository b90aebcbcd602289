import { login, missingScopes, readSettings, readToken, removeToken, tokenFile, writeToken } from "@vj/spotify-monitor";
import type { SpotifyConfig } from "@vj/spotify-monitor";
import { messageOf } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import { readEnvironment } from "@vj/worker";
import { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { newCommand, withSafeErrors } from "../new-command.ts";
import { openBrowser } from "../open-browser.ts";
import { printLine } from "../output.ts";

export function command(): Command {
  return withSafeErrors(new Command("spotify"))
    .description("Signs in to Spotify, so that the rig can read what plays there, and signs out")
    .exitOverride()
    .addCommand(
      newCommand("login", "Signs in with your own app: opens a browser, and ends once Spotify has answered", ["spotify login", "spotify login --no-browser"])
        .option("--no-browser", "only print the address to open")
        .action(signIn),
    )
    .addCommand(newCommand("logout", "Deletes the sign-in of this machine", ["spotify logout"]).action(signOut))
    .addHelpText("after", "\nExamples:\n  vj spotify login\n  vj config set spotify_monitor client_id=0123abcd   (before the first login: the id of your own app)");
}

async function signIn({ browser }: { browser: boolean }): Promise<void> {
  const { configDir } = readEnvironment();
  const config = readSettings(configDir);
  requireApp(config);
  const signal = interrupted();
  try {
    const token = await login({ config, signal, onAddress: (address) => show(address, browser) });
    await writeToken(configDir, token);
    printLine(`signed in; saved in ${tokenFile(configDir)}`);
    const missing = missingScopes(token);
    if (missing.length > 0) printLine(`Spotify did not allow: ${missing.join(", ")}. Sign in again and agree to everything to use the features that need them.`);
  } catch (error) {
    throw new CliError(`not signed in: ${messageOf(error)}`, { cause: error });
  }
}

function requireApp({ client_id, redirect_port }: SpotifyConfig): void {
  if (client_id !== "") return;
  const port = redirect_port === 0 ? "" : `:${redirect_port}`;
  throw new CliError("there is no client_id to sign in with: Spotify wants everybody to use an app of their own", {
    hint: `make one at https://developer.spotify.com/dashboard with the redirect URI http://127.0.0.1${port}/callback, then: vj config set spotify_monitor client_id=…`,
  });
}

function show(address: string, browser: boolean): void {
  printLine(`open this address and agree${browser ? ", if no browser opens" : ""}:`);
  // Complete and alone on its line, so that it can be copied.
  process.stdout.write(`${address}\n`);
  if (browser) openBrowser(address);
}

function signOut(): void {
  const { configDir } = readEnvironment();
  const signedIn = isSignedIn(configDir);
  removeToken(configDir);
  printLine(signedIn ? "signed out; to take back the permission too: https://www.spotify.com/account/apps" : "nobody was signed in");
}

/** A file that cannot be read does exist. */
function isSignedIn(configDir: string): boolean {
  try {
    return readToken(configDir) !== undefined;
  } catch {
    return true;
  }
}
