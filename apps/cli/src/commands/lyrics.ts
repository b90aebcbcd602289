import { Command } from "commander";
import { newCommand, withSafeErrors } from "../new-command.ts";
import { clearLyrics } from "../lyrics/clear.ts";
import { importLyrics } from "../lyrics/import.ts";
import { listLyrics } from "../lyrics/list.ts";
import { nudgeLyrics, offsetLyrics, resetLyrics } from "../lyrics/offset.ts";
import { pickLyrics } from "../lyrics/pick.ts";
import { showLyrics } from "../lyrics/show.ts";
import { tapLyrics } from "../lyrics/tap.ts";

const song = "artist and title, or 'Artist - Title'; default: the song that is shown";
const allSongs = "every song that has no offset of its own, instead of the song that plays";

export function command(): Command {
  return withSafeErrors(new Command("lyrics"))
    .description("Shows lyrics, picks among versions, moves them in time, times words by tapping along, and imports a dump of LRCLIB for places without a network")
    .exitOverride()
    .addCommand(
      newCommand("list", "Lists the songs whose lyrics are on this machine: your own files, and what was found", ["lyrics list", "lyrics list --json"])
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
        .argument("[version]", "number or id from the list, or auto for the best one again; default: shows the list")
        .option("--song <song>", "'Artist - Title'; default: the song that is shown")
        .option("--json", "one JSON object")
        .action(pickLyrics),
    )
    .addCommand(
      newCommand("nudge", "Moves the lyrics of the current song earlier (positive) or later, and remembers it", ["lyrics nudge 200", "lyrics nudge -50", "lyrics nudge 200 --all"])
        .argument("<ms>", "milliseconds")
        .option("--all", allSongs)
        .option("--json", "one JSON object")
        .action(nudgeLyrics),
    )
    .addCommand(
      newCommand("offset", "Shows or sets by how much the lyrics come earlier", ["lyrics offset", "lyrics offset -120", "lyrics offset 0 --all"])
        .argument("[ms]", "milliseconds, positive is earlier")
        .option("--all", allSongs)
        .option("--json", "one JSON object")
        .action(offsetLyrics),
    )
    .addCommand(
      newCommand("reset", "Removes the offset of the current song", ["lyrics reset", "lyrics reset --all"])
        .option("--all", "sets the offset of all songs to 0")
        .option("--json", "one JSON object")
        .action(resetLyrics),
    )
    .addCommand(
      newCommand("tap", "Times the words of the song that plays: tap a key as each begins, once through the song", ["lyrics tap", "lyrics tap --lines"])
        .option("--lines", "one tap a line instead of one a word")
        .option("--fresh", "begin anew, also where a part was tapped before")
        .action(tapLyrics),
    )
    .addCommand(
      newCommand("clear", "Deletes the stored lyrics and mood of a song, or of all songs; both are fetched again when it plays. Your own files stay", ["lyrics clear 'Daft Punk' 'Around the World'", "lyrics clear --all"])
        .argument("[song...]", "artist and title, or 'Artist - Title'")
        .option("--all", "every song, also what you picked")
        .action(clearLyrics),
    )
    .addCommand(
      newCommand("import", "Makes a dump of LRCLIB a source of lyrics, for places without a network", ["lyrics import lrclib-db-dump.sqlite3", "lyrics import --forget"])
        .argument("[dump]", "an SQLite file, unpacked; it stays where it is and is only read")
        .option("--forget", "stop using the dump; the file itself stays as it is")
        .option("--json", "one JSON object at the end")
        .action(importLyrics),
    )
    .addHelpText("after", "\nExample:\n  vj lyrics show");
}
