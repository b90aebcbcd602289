import { Command } from "commander";
import { newCommand, withSafeErrors } from "../new-command.ts";
import { clearLyrics } from "../lyrics/clear.ts";
import { importLyrics } from "../lyrics/import.ts";
import { listLyrics } from "../lyrics/list.ts";
import { pickLyrics } from "../lyrics/pick.ts";
import { showLyrics } from "../lyrics/show.ts";
import { tapLyrics } from "../lyrics/tap.ts";

const song = "artist and title, or 'Artist - Title'; without it the song that is shown";

export function command(): Command {
  return withSafeErrors(new Command("lyrics"))
    .description("Shows the lyrics that the rig has, picks among versions, times words by tapping along, and takes a dump of LRCLIB for places without a network")
    .exitOverride()
    .addCommand(
      newCommand("list", "Lists the songs whose lyrics are kept on this machine", ["lyrics list", "lyrics list --json"])
        .option("--json", "one JSON list")
        .action(listLyrics),
    )
    .addCommand(
      newCommand("show", "Shows the lines of a song, where they come from and how they are timed", ["lyrics show", "lyrics show 'Daft Punk' 'Around the World'"])
        .argument("[song...]", song)
        .option("--json", "one JSON object, with the times of words")
        .action(showLyrics),
    )
    .addCommand(
      newCommand("pick", "Lists the versions of a song, or picks one of them, which is remembered", ["lyrics pick", "lyrics pick 2", "lyrics pick auto --song 'Daft Punk - Around the World'"])
        .argument("[version]", "number or id from the list, or auto for the best one again; without it the list")
        .option("--song <song>", "'Artist - Title'; without it the song that is shown")
        .option("--json", "one JSON object")
        .action(pickLyrics),
    )
    .addCommand(
      newCommand("tap", "Times the words of the song that plays: tap a key as each begins, once through the song", ["lyrics tap", "lyrics tap --lines"])
        .option("--lines", "one tap a line instead of one a word")
        .option("--fresh", "begin anew, also where a part was tapped before")
        .action(tapLyrics),
    )
    .addCommand(
      newCommand("clear", "Forgets what is kept of a song, or of all, so that it is looked up again", ["lyrics clear 'Daft Punk' 'Around the World'", "lyrics clear --all"])
        .argument("[song...]", "artist and title, or 'Artist - Title'")
        .option("--all", "every song, also what you picked")
        .action(clearLyrics),
    )
    .addCommand(
      newCommand("import", "Makes a dump of LRCLIB a source of lyrics, for places without a network", ["lyrics import lrclib-db-dump.sqlite3", "lyrics import --forget"])
        .argument("[dump]", "an SQLite file, unpacked; it stays where it is and is only read")
        .option("--forget", "use the dump no longer; it stays as it is")
        .option("--json", "one JSON object in the end")
        .action(importLyrics),
    )
    .addHelpText("after", "\nExample:\n  vj lyrics show");
}
